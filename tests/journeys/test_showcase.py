"""A team writes its page, all allow it, the teacher lets it out, a visitor finds it, one takes it back, it is gone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, NICKNAMES, PASSWORD
from tests.journeys.site import DemoSite, join, look, press, sign_in, visitor

pytestmark = pytest.mark.browser

WRITER, MATE = NICKNAMES[13], NICKNAMES[14]
NAME, TITLE = "파란 의자", "급식실 줄이 짧은 시각"
WORDS = {
    "title": TITLE,
    "problem": "급식실 줄이 길어서 먹을 시각이 모자란다.",
    "whose": "4교시가 늦게 끝나는 학생",
    "method": "두 주 동안 5분마다 줄을 세고, 요일로 맞혔다.",
    "found": "화요일과 목요일은 10분 늦게 가는 것이 나았다.",
    "limits": "시험 기간에는 맞지 않는다.",
    "ai_use": "쓰지 않았다.",
    "reflection": "세는 방법을 먼저 정하는 것이 중요했다.",
}


def test_a_work_is_shown_found_and_taken_back(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site, size="phone") as writer, visitor(browser, site, size="phone", javascript=False) as mate:
        found(writer, mate)
        write(writer)
        look(writer, "showcase-standing-phone-ko")
        press(writer, "main button[value=ask]")
        allow(writer)
        look(writer, "showcase-voice-phone-ko")
        showcase = writer.url.removesuffix("voice/")
        mate.goto(showcase)
        allow(mate)
        let_out(browser, site, showcase)
        with visitor(browser, site, size="phone", language="en") as stranger:
            address = find(stranger)
            mate.goto(showcase + "voice/")
            press(mate, "main button[value=withdraw]")
            # Asked beside the page: Chromium complains aloud of every answer above 400.
            answer = stranger.request.get(address)
            assert answer.status == 410
            assert TITLE not in answer.text()
            stranger.goto("/showcase/?q=급식실")
            expect(stranger.locator("main")).not_to_contain_text(TITLE)


def found(writer: Page, mate: Page) -> None:
    """Two form a team by its code."""
    for page, nickname in ((writer, WRITER), (mate, MATE)):
        join(page, nickname)
        page.goto("/")
        page.goto(page.locator("a[href*='/projects/']").first.get_attribute("href") + "team/")
    writer.fill("input[name=name]", NAME)
    press(writer, "main form[action$='/team/new/'] button")
    mate.fill("input[name=code]", writer.locator("main .big-num").inner_text())
    press(mate, "main form[action$='/team/join/'] button")


def write(page: Page) -> None:
    """A phone number is pointed out first; without it the page is kept."""
    page.goto(page.url + "showcase/write/")
    for name, words in WORDS.items():
        page.fill(f"main [name={name}]", words)
    page.select_option("main [name=area]", "school")
    page.check("main [name=methods][value=predict]")
    page.fill("main [name=whose]", "연락은 010-1234-5678")
    press(page, "main form.form button.main")
    expect(page.locator("main .note", has_text="010-1234-5678")).to_be_visible()
    look(page, "showcase-write-phone-ko")
    page.fill("main [name=whose]", WORDS["whose"])
    press(page, "main form.form button.main")
    expect(page.locator("main article h2").first).to_have_text(TITLE)


def allow(page: Page) -> None:
    page.goto(page.url.removesuffix("voice/") + "voice/")
    page.check("main [name=answer][value=yes]")
    page.check("main [name=is_of_age]")
    press(page, "main form.form button.main")


def let_out(browser: Browser, site: DemoSite, showcase: str) -> None:
    with visitor(browser, site, size="desktop") as teacher:
        sign_in(teacher, f"teacher@{MAIL}", PASSWORD)
        teacher.goto(showcase)
        look(teacher, "showcase-approval-desktop-ko")
        press(teacher, "main button[value=approve]")
        expect(teacher.locator("main p.note.good a")).to_be_visible()


def find(stranger: Page) -> str:
    """Without an account, from the top bar."""
    stranger.goto("/")
    stranger.locator("header nav a[href='/showcase/']").click()
    stranger.fill("main [name=q]", "급식실")
    press(stranger, "main form[role=search] button.main")
    look(stranger, "showcase-gallery-phone-en")
    stranger.get_by_role("link", name=TITLE).click()
    expect(stranger.locator("main h1")).to_have_text(TITLE)
    look(stranger, "showcase-work-phone-en")
    for nickname in (WRITER, MATE):
        assert not re.search(rf"\b{nickname}\b", stranger.locator("main").inner_text())
    return stranger.url
