"""A pupil looks at the portfolio, writes, chooses, shows it by a link, and takes the link back."""

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import NICKNAMES
from tests.journeys.site import DemoSite, join, look, press, visitor

pytestmark = pytest.mark.browser

WORDS = {
    "ko": {
        "mine": "내 포트폴리오",
        "write": "돌아보기 쓰기",
        "show": "링크로 보여 주기",
        "mayshow": "링크를 받은 사람까지",
    },
    "en": {
        "mine": "My portfolio",
        "write": "Write a reflection",
        "show": "Show it by link",
        "mayshow": "Anyone I give",
    },
}
THOUGHT = "습도를 **함께** 봤더니 더 잘 나뉘었다."


@pytest.mark.parametrize(("size", "language", "pupil"), [("phone", "ko", 6), ("desktop", "en", 7)])
def test_a_pupil_shows_the_portfolio(browser: Browser, site: DemoSite, size: str, language: str, pupil: int) -> None:
    words = WORDS[language]
    with visitor(browser, site, size=size, language=language) as page:
        join(page, NICKNAMES[pupil])
        page.get_by_role("link", name=words["mine"]).click()
        look(page, f"portfolio-own-{size}-{language}")
        reflect(page, words, f"{size}-{language}")
        show_the_first(page, f"{size}-{language}")
        address = make_link(page, words, f"{size}-{language}")
        with visitor(browser, site, size=size, language=language) as stranger:
            stranger.goto(address)
            expect(stranger.locator("main strong", has_text="함께")).to_be_visible()
            look(stranger, f"portfolio-shared-{size}-{language}")
        page.goto("/portfolio/links/")
        press(page, "main button.danger")
        answer = page.request.get(address)
        assert answer.status == 404


def reflect(page: Page, words: dict[str, str], name: str = "") -> None:
    """Write; where scripts run (`name`), the page is held to account on the way."""
    page.get_by_role("link", name=words["write"]).first.click()
    page.select_option("select[name=prompt]", "changed")
    page.fill("textarea[name=text]", THOUGHT)
    page.get_by_label(words["mayshow"]).check()
    if name:
        look(page, f"portfolio-writing-{name}")
    press(page, "main form button.main")
    expect(page.locator("main strong", has_text="함께")).to_be_visible()


def show_the_first(page: Page, name: str) -> None:
    """Choose who sees the first thing that is no reflection."""
    page.locator("main a[href^='/portfolio/entry/']").first.click()
    page.locator("input[name=audience][value=link]").check()
    page.fill("textarea[name=remark]", "처음으로 끝까지 해 본 것")
    look(page, f"portfolio-choice-{name}")
    press(page, "main form button.main")
    expect(page.get_by_text("처음으로 끝까지 해 본 것")).to_be_visible()


def make_link(page: Page, words: dict[str, str], name: str) -> str:
    page.get_by_role("link", name=words["show"]).click()
    look(page, f"portfolio-age-{name}")
    press(page, "main form[action$='/of-age/'] button")
    page.fill("input[name=label]", "동아리 선생님")
    look(page, f"portfolio-new-link-{name}")
    press(page, "main form.form button.main")
    look(page, f"portfolio-links-{name}")
    return page.locator("#new-link").inner_text().strip()


@pytest.mark.parametrize("size", ["phone"])
def test_everything_works_without_scripts(browser: Browser, site: DemoSite, size: str) -> None:
    with visitor(browser, site, size=size, javascript=False) as page:
        join(page, NICKNAMES[8])
        page.goto("/portfolio/")
        reflect(page, WORDS["ko"])
        page.locator("main button[value=down]").first.click()
        page.goto("/portfolio/preview/")
        expect(page.locator("main strong", has_text="함께")).to_be_visible()
