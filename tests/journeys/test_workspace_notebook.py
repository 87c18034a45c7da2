"""A pupil runs and writes a team's notebook on a phone, loses the network, and meets a team-mate's version."""

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import NICKNAMES
from tests.journeys.line import Line, losing_the_network
from tests.journeys.site import DemoSite, join, look, press, visitor

pytestmark = pytest.mark.browser

FIRST, SECOND = NICKNAMES[6], NICKNAMES[7]
NOTEBOOK = "stages/baseline/evidence/notebook/notebook/"


def test_a_notebook_is_written_run_and_saved_by_two_of_a_team(browser: Browser, site: DemoSite) -> None:
    with losing_the_network(browser, site) as (phone, line), visitor(browser, site, language="en") as desk:
        join(phone, FIRST)
        begin(phone)
        join(desk, SECOND)
        begin(desk)
        run_a_cell(phone)
        add_and_move(phone)
        lose_the_network(phone, line)
        save(phone)
        look(phone, "notebook-phone-ko")
        run_all(desk)
        look(desk, "notebook-desktop-en")
        meet(desk)


def begin(page: Page) -> None:
    """From the stage to a draft of the newest version."""
    page.goto("/")
    page.locator("main a[href^='/teams/']").first.click()
    page.goto(page.url + "stages/baseline/")
    page.locator(f"main a[href$='{NOTEBOOK}']").click()
    press(page, "main form[action$='/open/'] button.main")
    expect(page.locator("#cells .cm-editor").first).to_be_visible()


def run_a_cell(page: Page) -> None:
    cell = page.locator("#cells .cell:has([data-run])").first
    cell.locator("[data-run]").tap()
    expect(cell.locator(".out")).not_to_be_empty()


def add_and_move(page: Page) -> None:
    """By thumb and by keyboard: a cell at the end, an error in it with its line, then one place up."""
    cells = page.locator("#cells .cell").count()
    page.locator("button[value=add-code]").tap()
    expect(page.locator("#cells .cell")).to_have_count(cells + 1)
    cell = page.locator("#cells .cell").last
    key = cell.get_attribute("id")
    cell.locator(".cm-content").click()
    page.keyboard.type("\nprint(nothing_yet)")
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".out")).to_contain_text("2번째 줄")
    number = cell.locator("[id^='name-']").inner_text()
    cell.locator("summary", has_text="칸 다루기").tap()
    cell.locator("button[value^='up:']").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{key} [id^='name-']")).not_to_have_text(number)
    expect(page.locator(f"#{key} .cm-content")).to_contain_text("nothing_yet")


def lose_the_network(page: Page, line: Line) -> None:
    """What is typed meanwhile waits in the browser, and is saved once the network is back."""
    cell = page.locator("#cells .cell:has([data-run])").first
    line.cut()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nkept = 1")
    expect(page.locator("#toasts")).to_contain_text("인터넷 연결이 끊겼어요")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        line.mend()
    page.reload()
    expect(cell.locator(".cm-content")).to_contain_text("kept = 1")


def save(page: Page) -> None:
    press(page, "button[value=version]")
    expect(page.locator(".flashes")).to_contain_text("번째 판으로 저장했어요")


def run_all(page: Page) -> None:
    page.locator("button[value=all]").click()
    expect(page.locator("#notebook-runs .note")).to_contain_text("Ran all", timeout=60_000)


def meet(page: Page) -> None:
    """The second to save is shown the first one's cells, and takes one over."""
    press(page, "button[value=version]")
    expect(page.locator("main h1")).to_have_text("What is different from my draft")
    expect(page.locator("main table.diff .added").first).to_be_visible()
    look(page, "notebook-compare-desktop-en")
    press(page, "main button[name=cell] >> nth=0")
    press(page, "main button.main")
    expect(page.locator(".cell button[value^='restore:']").first).to_be_visible()
