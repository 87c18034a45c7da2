"""Three pupils form a team by its code, hand in for Find, get it back, mend it and pass; the board shows it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, NICKNAMES, PASSWORD
from tests.journeys.site import DemoSite, join, look, press, sign_in, visitor

pytestmark = pytest.mark.browser

NAME = "맑은 창"
FORMING, JOINING, LAST = NICKNAMES[20], NICKNAMES[21], NICKNAMES[22]
RETURNED = "언제 그랬는지도 써 주세요."


def test_a_team_goes_from_its_code_to_a_passed_gate(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site, size="phone") as first:
        join(first, FORMING)
        to_teams(first)
        look(first, "team-entrance-phone-ko")
        first.fill("input[name=name]", NAME)
        press(first, "main form[action$='/team/new/'] button")
        code = first.locator("main .big-num").inner_text()
        come_in(browser, site, JOINING, code, size="tablet", language="en")
        come_in(browser, site, LAST, code, size="phone", language="ko", javascript=False)
        write(first, "observations", "복도 창이 흐려 어두웠다.")
        write(first, "interview", "청소하는 분의 이야기")
        first.get_by_role("link", name="단계로 돌아가기").click()
        look(first, "team-stage-phone-ko")
        press(first, "main form[action$='/hand-in/'] button.main")
        decide(browser, site, "returned", RETURNED)
        first.reload()
        expect(first.locator("main .note", has_text=RETURNED)).to_be_visible()
        write(first, "interview", "어제 아침, 청소하는 분의 이야기")
        expect(first.locator("table.diff .added")).to_contain_text("어제 아침")
        look(first, "team-version-phone-ko")
        first.get_by_role("link", name="단계로 돌아가기").click()
        press(first, "main form[action$='/hand-in/'] button.main")
        decide(browser, site, "passed", "")
        first.goto(first.url.split("/stages/")[0] + "/")
        expect(first.locator("main .hero h2")).to_have_text("문제 정의")
        look(first, "team-phone-ko")


def to_teams(page: Page) -> None:
    """From the home page as a pupil goes."""
    page.goto("/")
    page.locator("a[href*='/projects/']").first.click()
    page.locator("main a[href$='/team/']").click()


def come_in(
    browser: Browser, site: DemoSite, nickname: str, code: str, *, size: str, language: str, javascript: bool = True
) -> None:
    with visitor(browser, site, size=size, language=language, javascript=javascript) as page:
        join(page, nickname)
        to_teams(page)
        page.fill("input[name=code]", code.lower())
        press(page, "main form[action$='/team/join/'] button")
        expect(page.locator("main h1")).to_have_text(NAME)
        if javascript:
            page.locator("main .tabs a").nth(4).click()
            look(page, f"team-people-{size}-{language}")


def write(page: Page, ask: str, text: str) -> None:
    page.goto(page.url.split("/stages/")[0].split("/evidence/")[0].rstrip("/") + f"/stages/find/evidence/{ask}/")
    page.fill("textarea[name=text]", text)
    press(page, "main form.form button.main")


def decide(browser: Browser, site: DemoSite, outcome: str, comment: str) -> None:
    """The teacher finds the team on the board and decides at the gate."""
    with visitor(browser, site, size="desktop") as page:
        sign_in(page, f"teacher@{MAIL}", PASSWORD)
        page.locator("main a[href^='/classes/']").first.click()
        page.locator("main a[href$='/teams/']").first.click()
        look(page, f"team-board-desktop-ko-{outcome}")
        page.get_by_role("link", name=f"확인하기 · {NAME}").click()
        page.fill("textarea[name=comment]", comment)
        look(page, f"team-gate-desktop-ko-{outcome}")
        press(page, f"main button[value={outcome}]")
        page.locator(".crumb a").first.click()
        line = page.locator("main .list > li", has_text=NAME)
        expect(line).to_contain_text("고치는 중" if outcome == "returned" else "2. 문제 정의")
