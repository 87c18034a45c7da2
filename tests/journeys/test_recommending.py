"""A school sends its recommendations as a sheet: staff fill one in, see what it would do, apply it; an applicant sees it."""

import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, NICKNAMES, PASSWORD
from tests.journeys.site import DemoSite, join, look, press, sign_in, visitor

pytestmark = pytest.mark.browser
APPLICANT, NAME = NICKNAMES[21], "민재욱"
CALL = "주말 자료 탐구반 모집"
SEOUL = dt.timezone(dt.timedelta(hours=9))


def test_from_the_empty_sheet_to_the_applicant(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        call = open_call(page)
    with visitor(browser, site, size="phone") as page:
        join(page, APPLICANT)
        application, receipt = apply(page, call)
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        send_list(page, call, receipt)
    with visitor(browser, site, size="phone") as page:
        join(page, APPLICANT)
        page.goto(application)
        expect(page.get_by_text("필요한 것을 모두 갖췄어요")).to_be_visible()
        expect(page.locator("main")).to_contain_text("정추천")
        look(page, "recommending-applicant-phone-ko")


def open_call(page: Page) -> str:
    """A call that asks for recommendations, with the form that calls begin with. Returns its number."""
    page.get_by_role("listitem").filter(has_text="AI 심화 과정 3기").get_by_role("link", name="모집").click()
    page.get_by_role("link", name="모집 만들기").first.click()
    now = dt.datetime.now(SEOUL)
    page.fill("input[name=title]", CALL)
    page.fill("input[name=opens_at]", f"{now - dt.timedelta(days=1):%Y-%m-%dT%H:%M}")
    page.fill("input[name=closes_at]", f"{now + dt.timedelta(days=9):%Y-%m-%dT%H:%M}")
    page.fill("input[name=seats]", "12")
    page.get_by_label("추천서 받기").check()
    press(page, "main form button.main")
    call = re.findall(r"/calls/(\d+)/", page.url)[0]
    page.goto(f"/calls/{call}/applications/")
    press(page, "form[action$='/publish/'] button")
    return call


def apply(page: Page, call: str) -> tuple[str, str]:
    """Everything but the recommendation. Returns the application's address and its receipt."""
    page.goto(f"/calls/{call}/apply/")
    page.fill("input[name=name]", NAME)
    page.fill("input[name=birth_date]", "2009-05-06")
    page.select_option("select[name=grade]", "h2")
    press(page, "main form button.main")
    page.fill("input[name='a.school.name']", "샘물고등학교")
    page.fill("textarea[name='a.motive']", "우리 동네 강의 물 높이를 자료로 보고 싶어요.")
    page.locator("input[name='a.privacy']").check()
    press(page, "button[value=submit]")
    expect(page.get_by_text("추천서").first).to_be_visible()
    receipt = re.findall(r"접수 번호 (\S+)", page.locator("main").inner_text())[0]
    return page.url, receipt


def send_list(page: Page, call: str, receipt: str) -> None:
    page.goto(f"/calls/{call}/applications/")
    page.get_by_role("link", name="추천 명단 올리기").click()
    press(page, "main form button.main")
    expect(page.locator(".error-summary")).to_be_visible()
    look(page, "recommending-upload-wrong-desktop-ko")
    page.set_viewport_size({"width": 360, "height": 740})
    look(page, "recommending-upload-phone-ko")
    page.set_viewport_size({"width": 1280, "height": 900})
    with page.expect_download() as download:
        page.get_by_role("link", name="빈 양식 받기").click()
    sheet = filled(download.value.path(), receipt)
    page.set_input_files("input[type=file]", {"name": "샘물고 추천.xlsx", "mimeType": "", "buffer": sheet})
    press(page, "main form button.main")
    # A site that has just started grades the demonstration's work first.
    expect(page.get_by_text("1명의 추천 답을 기록해요")).to_be_visible(timeout=90_000)
    expect(page.locator("main")).to_contain_text("살펴볼 것 1개")
    look(page, "recommending-report-desktop-ko")
    page.set_viewport_size({"width": 360, "height": 740})
    look(page, "recommending-report-phone-ko")
    press(page, "form[action$='/apply/'] button")
    expect(page.get_by_text("1줄을 모두 반영했어요")).to_be_visible(timeout=90_000)
    look(page, "recommending-applied-phone-ko")


def filled(file: Path, receipt: str) -> bytes:
    """The empty sheet as a school fills it in: one pupil who applied, and one whom nobody knows."""
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    page = book.active
    assert page is not None
    column = {str(cell.value).strip(" *"): cell.column for cell in page[1]}
    for row, number in ((2, receipt), (3, "2020-000001")):
        said = {"접수 번호": number, "추천인 성명": "정추천", "추천인 소속": "샘물고등학교", "추천 여부": "추천"}
        for title, value in said.items():
            page.cell(row, column[title], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
