"""A learner asks a guardian by mail whether the portfolio may be shown; the guardian says no, then yes, then not any more."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, NICKNAMES, PASSWORD
from tests.journeys.site import DemoSite, join, look, press, sign_in, visitor

pytestmark = pytest.mark.browser
LEARNER = NICKNAMES[14]
LINK = r"https?://[^/\s]+(/p/guardian/\S+)"


def test_the_guardian_decides(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site, size="phone") as learner, visitor(browser, site, size="phone") as guardian:
        join(learner, LEARNER)
        first = ask(learner, site, "mother@home.example", pictures=True)
        say_no(guardian, first)
        told(learner, "보이지 않기로 답했어요")
        second = ask(learner, site, "father@home.example", pictures=False)
        assert second != first
        guardian.goto(first)
        expect(guardian.locator("button[name=answer]")).to_have_count(0)
        say_yes(guardian, second)
        shown = make_link(learner)
        guardian.goto(shown)
        expect(guardian.locator("main h1")).to_be_visible()
        take_back(guardian, second)
        assert guardian.request.get(shown).status == 404
        told(learner, "동의가 거두어졌어요")
        look(learner, "portfolio-consent-withdrawn-phone-ko")
    with visitor(browser, site) as page:
        sign_in(page, f"teacher@{MAIL}", PASSWORD)
        record_on_paper(page)


def ask(page: Page, site: DemoSite, address: str, *, pictures: bool) -> str:
    """Ask as the learner does; returns the path in the letter that this address got."""
    page.goto("/portfolio/")
    page.get_by_role("link", name="링크로 보여 주기").click()
    page.get_by_role("link", name=re.compile("보호자에게 .*물어보기")).click()
    page.fill("input[name=name]", "한보호")
    page.fill("input[name=relation]", "어머니")
    if pictures:
        page.fill("input[name=contact]", "집 전화")
        press(page, "main form button.main")
        expect(page.locator(".error-summary")).to_contain_text("name@example.kr")
        look(page, "portfolio-guardian-wrong-phone-ko")
    page.fill("input[name=contact]", address)
    press(page, "main form button.main")
    expect(page.get_by_text(f"{address} 주소로 물어봤어요")).to_be_visible()
    if pictures:
        look(page, "portfolio-guardian-asked-phone-ko")
    letter = letter_to(page, site, address)
    assert LEARNER in letter
    return re.findall(LINK, letter)[0]


def letter_to(page: Page, site: DemoSite, address: str) -> str:
    """What the site has mailed to this address: the demonstration prints its letters, a job sends them."""
    for _try in range(200):
        letter = (site.home / "log").read_text(encoding="utf-8", errors="replace").rpartition(f"To: {address}")[2]
        if re.search(LINK, letter):
            return letter
        page.wait_for_timeout(100)
    raise AssertionError(f"no letter to {address}")


def say_no(page: Page, question: str) -> None:
    page.goto(question)
    expect(page.get_by_text("누가 보나요?")).to_be_visible()
    look(page, "portfolio-guardian-question-phone-ko")
    press(page, "button[value=decline]")
    expect(page.get_by_text("보이지 않기로 답해 주셨어요")).to_be_visible()
    look(page, "portfolio-guardian-no-phone-ko")


def say_yes(page: Page, question: str) -> None:
    page.goto(question)
    press(page, "button[value=agree]")
    expect(page.get_by_text("동의하셨어요. 고맙습니다.")).to_be_visible()
    look(page, "portfolio-guardian-yes-phone-ko")


def take_back(page: Page, question: str) -> None:
    page.goto(question)
    expect(page.get_by_role("heading", name="열려 있는 링크")).to_be_visible()
    press(page, "button[value=withdraw]")
    expect(page.get_by_text("동의를 거두어들였어요")).to_be_visible()


def told(page: Page, words: str) -> None:
    """What the guardian did is said where links are made, and nothing can be shown any more, or yet."""
    page.goto("/portfolio/links/")
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.locator("input[name=label]")).to_have_count(0)


def make_link(page: Page) -> str:
    page.goto("/portfolio/links/")
    page.fill("input[name=label]", "할머니")
    press(page, "main form.form button.main")
    return page.locator("#new-link").inner_text().strip()


def record_on_paper(page: Page) -> None:
    """The other way: the teacher has the guardian's signature and records it."""
    page.get_by_role("link", name="2학년 3반").first.click()
    page.get_by_role("link", name=LEARNER).first.click()
    page.get_by_role("link", name="포트폴리오").click()
    page.get_by_role("link", name="동의 기록하기").click()
    press(page, "main form button.main")
    expect(page.locator(".error-summary")).to_be_visible()
    look(page, "portfolio-consent-wrong-desktop-ko")
    page.fill("input[name=guardian_name]", "한보호")
    page.locator("input[name=way]").first.check()
    page.fill("input[name=given_on]", "2026-11-02")
    press(page, "main form button.main")
    expect(page.get_by_text("보호자 동의를 기록했어요")).to_be_visible()
    look(page, "portfolio-consent-recorded-desktop-ko")
