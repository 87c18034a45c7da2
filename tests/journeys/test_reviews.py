"""A teacher marks a team on two pages; a pupil reviews another team without a name; a team reads its result."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, PASSWORD
from saem.cli.demonstration.reviews import WORDS
from tests.journeys.site import DemoSite, join, look, press, sign_in, visitor

pytestmark = pytest.mark.browser

REVIEWER, READER = "지호", "은우"
TEAMS = ("우산 없는 날", "빗방울", "먹구름")


def test_a_team_is_marked_reviewed_and_told(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site, size="desktop") as page:
        sign_in(page, f"teacher@{MAIL}", PASSWORD)
        mark_a_team(page)
        other_pages(page)
    with visitor(browser, site, size="phone") as page:
        join(page, REVIEWER)
        review(page)
    with visitor(browser, site, size="phone", language="en") as page:
        join(page, READER)
        read(page)


def mark_a_team(page: Page) -> None:
    """From the board to the next team, without leaving two pages."""
    page.locator("main a[href^='/classes/']").first.click()
    page.locator("main a[href$='/teams/']").first.click()
    page.locator("main a[href$='/marking/']").first.click()
    look(page, "marking-board-desktop-ko")
    page.get_by_role("link", name=re.compile("^이어서 채점하기")).first.click()
    team = page.locator("main h1").inner_text()
    for form in page.locator("main form[action*='/criteria/']").all():
        # By keyboard: the level below, and its place is saved by itself.
        form.locator("input[type=radio]").nth(1).focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(form.locator("input[type=radio]").nth(2)).to_be_checked()
        expect(form.locator("output")).to_contain_text("저장했어요")
    page.reload()
    assert (
        page.locator("main input[value='3']:checked").count() == page.locator("main form[action*='/criteria/']").count()
    )
    look(page, "marking-desktop-ko")
    press(page, "main button[value=finish]")
    expect(page.locator("main h1")).not_to_have_text(team)
    page.set_viewport_size({"width": 360, "height": 740})
    look(page, "marking-phone-ko")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator(".crumb a").last.click()
    expect(page.locator("main .list > li", has_text=team)).to_contain_text("마침")


def other_pages(page: Page) -> None:
    """Agreement, peer review and similar code, each one step from the board."""
    board = page.url
    for ending, name in (("agreement/", "agreement"), ("peers/", "peer-round"), ("similarity/", "similarity")):
        page.goto(board)
        page.locator(f"main a[href$='{ending}']").first.click()
        look(page, f"{name}-desktop-ko")
    press(page, "main form button")
    expect(page.get_by_role("heading", name="같은 곳이 많은 쌍부터")).to_be_visible(timeout=60_000)
    look(page, "similarity-found-desktop-ko")


def review(page: Page) -> None:
    to_team(page)
    page.locator("main .tabs a[href$='/peers/']").click()
    look(page, "peers-phone-ko")
    page.locator("main a[href*='/peer-tasks/']").first.click()
    text = page.locator("main").inner_text()
    assert not any(name in text for name in TEAMS)
    for form in page.locator("main form[action*='/criteria/']").all():
        form.locator("label.level").nth(2).tap()
        expect(form.locator("output")).to_contain_text("저장했어요")
    look(page, "peer-task-phone-ko")
    page.locator("main form[action$='/return/'] textarea").fill("자료를 고른 까닭이 뚜렷해서 좋았어요.")
    press(page, "main form[action$='/return/'] button")
    expect(page.locator("main p.note.good")).to_be_visible()


def read(page: Page) -> None:
    to_team(page)
    page.locator("main .tabs a[href$='/result/']").click()
    expect(page.locator("main .hero .big-num")).to_be_visible()
    look(page, "result-phone-en")
    page.locator("main .tabs a[href$='/ai-use/']").click()
    look(page, "ai-use-phone-en")
    page.locator("main .tabs a[href$='/peers/']").click()
    # The round is not over: nothing of it is read yet.
    expect(page.locator("main")).not_to_contain_text(WORDS)


def to_team(page: Page) -> None:
    page.goto("/")
    page.locator("main a[href^='/teams/']").first.click()
