"""A program is changed together: the university proposes, the office comments and approves, and it is published."""

import io
import time
import zipfile

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, PASSWORD
from tests.journeys.site import DemoSite, look, press, sign_in, visitor

pytestmark = pytest.mark.browser
PROGRAM = "/programs/digits/"
PAGE = "lessons/mistaken-digits/ko.md"
CHECK_SECONDS = 90


def test_two_institutions_change_a_program_and_publish_it(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site, size="phone") as page:
        sign_in(page, f"author@{MAIL}", PASSWORD)
        address = propose(page)
    with visitor(browser, site, size="phone") as page:
        sign_in(page, f"teacher@{MAIL}", PASSWORD)
        comment_and_approve(page, address)
    with visitor(browser, site) as page:
        sign_in(page, f"professor@{MAIL}", PASSWORD)
        page.goto(address)
        approve(page)
    with visitor(browser, site, language="en") as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        publish(page, address)


def propose(page: Page) -> str:
    page.goto(PROGRAM)
    page.click(f"a[href='{PROGRAM}proposals/']")
    look(page, "proposals-phone-ko")
    page.click("main a.main")
    page.fill("[name=title]", "헷갈린 숫자를 짝과 이야기해요")
    page.fill("[name=why]", "혼자 보면 지나치는 숫자가 많았어요.")
    press(page, "main form button.main")
    address = page.url
    with page.expect_download() as begun:
        page.click("a[href$='files.zip']")
    with zipfile.ZipFile(io.BytesIO(begun.value.path().read_bytes())) as archive:
        text = archive.read(PAGE).decode() + "\n왜 헷갈렸을지 짝과 이야기해 보세요.\n"
    page.click("a[href$='/upload/']")
    page.set_input_files("[name=file]", {"name": "ko.md", "mimeType": "text/markdown", "buffer": text.encode()})
    page.fill("[name=name]", PAGE)
    look(page, "proposal-upload-phone-ko")
    press(page, "main form button.main")
    expect(page.locator("#files")).to_be_visible()
    return address


def comment_and_approve(page: Page, address: str) -> None:
    page.goto(address)
    look(page, "proposal-phone-ko")
    page.click("a[href$='/changes/']")
    expect(page.locator(".passage.added")).to_contain_text("왜 헷갈렸을지")
    look(page, "proposal-changes-phone-ko")
    page.locator(".passage.added a[href*='comment']").click()
    page.fill("[name=text]", "짝이 없는 학생은 어떻게 할까요?")
    press(page, "main form button.main")
    expect(page.locator(".passage.added article")).to_contain_text("짝이 없는 학생은")
    page.goto(address)
    approve(page)


def approve(page: Page) -> None:
    page.check("[name=decision][value=approve]")
    press(page, "form[action$='/review/'] button")
    expect(page.locator("#reviews")).to_be_visible()


def publish(page: Page, address: str) -> None:
    """Once the checks are through, which a worker of the site does meanwhile."""
    page.goto(address)
    deadline = time.monotonic() + CHECK_SECONDS
    while not page.locator("a[href$='/publish/']").count() and time.monotonic() < deadline:
        page.wait_for_timeout(500)
        page.reload()
    look(page, "proposal-approved-desktop-en")
    page.click("a[href$='/publish/']")
    page.fill("[name=ko]", "짝과 이야기하는 시간을 더했어요.")
    page.fill("[name=en]", "Added a talk in pairs.")
    press(page, "main form button.main")
    expect(page.locator(".note.good").first).to_contain_text("version 2")
    page.goto(PROGRAM)
    expect(page.locator("main")).to_contain_text("Added a talk in pairs.")
