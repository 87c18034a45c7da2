"""An application is written where the network comes and goes: what was typed is saved by itself, or put back."""

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from saem.cli.demonstration.people import MAIL, PASSWORD
from tests.journeys.line import Line, losing_the_network
from tests.journeys.site import DemoSite, sign_in

pytestmark = pytest.mark.browser


def test_what_was_typed_without_a_network_is_not_lost(browser: Browser, site: DemoSite) -> None:
    with losing_the_network(browser, site) as (page, line):
        sign_in(page, f"applicant@{MAIL}", PASSWORD)
        page.get_by_role("link", name="AI 심화 과정 4기 모집").first.click()
        page.get_by_role("link", name="고쳐서 다시 제출하기").click()
        saved_when_the_network_is_back(page, line)
        put_back_on_a_page_opened_again(page, line)


def is_saving(answer: Response) -> bool:
    return answer.request.method == "POST" and answer.ok


def saved_when_the_network_is_back(page: Page, line: Line) -> None:
    line.cut()
    page.locator("textarea").first.fill("연결이 없을 때 쓴 글")
    expect(page.get_by_text("인터넷 연결이 끊겼어요")).to_be_visible()
    with page.expect_response(is_saving):
        line.mend()
    page.reload()
    expect(page.locator("textarea").first).to_have_value("연결이 없을 때 쓴 글")


def put_back_on_a_page_opened_again(page: Page, line: Line) -> None:
    """The tablet ran out of power before the network came back."""
    address = page.url
    line.cut()
    page.locator("textarea").first.fill("꺼지기 전에 쓴 글")
    expect(page.get_by_text("인터넷 연결이 끊겼어요")).to_be_visible()
    page.goto("about:blank")
    line.mend()
    page.goto(address)
    expect(page.locator("textarea").first).to_have_value("꺼지기 전에 쓴 글")
    expect(page.get_by_text("보내지 못한 내용을 되살렸어요.")).to_be_visible()
