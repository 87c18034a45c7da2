"""Two authors write one page in the browser: what is typed is seen beside it, a problem is mended, both texts meet."""

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, PASSWORD
from tests.journeys.site import DemoSite, look, press, sign_in, visitor

pytestmark = pytest.mark.browser
PROGRAM = "/programs/digits/"
PAGE = "lessons/mistaken-digits/ko.md"
FIRST = "짝과 함께 읽어요."
SECOND = "혼자 천천히 읽어요."
NOWHERE = "[다음](lesson:nowhere) "
# The line of the page's first paragraph, below its heading.
LINE = 3


def test_a_page_is_written_in_the_browser_by_two(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site) as mine, visitor(browser, site, size="phone", language="en") as theirs:
        sign_in(mine, f"author@{MAIL}", PASSWORD)
        address = propose(mine)
        sign_in(theirs, f"staff@{MAIL}", PASSWORD)
        theirs.goto(f"{address}edit/")
        theirs.click(f"a[href$='/edit/files/{PAGE}']")
        expect(theirs.locator(".cm-editor")).to_be_visible()
        write_and_mend(mine)
        losing_the_tab_loses_nothing(mine)
        meet(theirs)


def propose(page: Page) -> str:
    page.goto(f"{PROGRAM}proposals/new/")
    page.fill("[name=title]", "헷갈린 숫자를 함께 읽어요")
    page.fill("[name=why]", "혼자 보면 지나치는 숫자가 많았어요.")
    press(page, "main form button.main")
    address = page.url
    page.click("a[href$='/edit/']")
    page.click(f"a[href$='/edit/files/{PAGE}']")
    return address


def write(page: Page, text: str) -> None:
    """At the beginning of the first paragraph."""
    page.click(".cm-content")
    page.keyboard.press("Control+Home")
    for _line in range(LINE - 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.insert_text(text)


def write_and_mend(page: Page) -> None:
    """The page follows what is typed; a link that leads nowhere is told with its line, until it is gone."""
    write(page, f"{NOWHERE}{FIRST} ")
    expect(page.locator("#shown")).to_contain_text(FIRST)
    expect(page.locator(f"#problems [data-line='{LINE}']")).to_contain_text("lesson:nowhere")
    expect(page.locator(".cm-line.wrong")).to_contain_text(FIRST)
    look(page, "editor-problem-desktop-ko")
    page.click(f"[data-to-line='{LINE}']")
    for _letter in NOWHERE:
        page.keyboard.press("Delete")
    expect(page.locator("#problems .note.good")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator("#seen")).to_have_value("2")
    expect(page.locator("#saved")).to_contain_text("저장됨")


def losing_the_tab_loses_nothing(page: Page) -> None:
    write(page, "아직 저장하지 않은 글이에요. ")
    expect(page.locator("#shown")).to_contain_text("아직 저장하지 않은")
    page.reload()
    expect(page.locator(".cm-content")).to_contain_text("아직 저장하지 않은")


def meet(page: Page) -> None:
    """Whoever saves second is asked, on a phone, what becomes of the one paragraph that both wrote."""
    write(page, f"{SECOND} ")
    page.click("label[for=side-shown]")
    expect(page.locator("#shown")).to_contain_text(SECOND)
    look(page, "editor-page-phone-en")
    page.click("label[for=side-source]")
    press(page, "#source-form [data-run]")
    expect(page.locator("main")).to_contain_text(FIRST)
    expect(page.locator("main")).to_contain_text(SECOND)
