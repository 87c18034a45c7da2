"""A partner writes a challenge with its data, staff approve it, and everybody finds it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, PASSWORD
from tests.journeys.site import DemoSite, look, press, sign_in, visitor

pytestmark = pytest.mark.browser
TITLE = "버스는 언제 붐빌까?"
CHALLENGE = {
    "title": TITLE,
    "people": "아침마다 버스를 못 타는 학생",
    "problem": "정류장의 기록으로 붐비는 때를 맞혀 보세요.",
    "data_name": "정류장 기록",
    "data_url": "https://data.naeil.example/bus.csv",
    "data_about": "한 줄이 10분이에요.",
}


def test_a_challenge_is_written_and_approved(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site) as page:
        sign_in(page, f"partner@{MAIL}", PASSWORD)
        post_challenge(page)
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        approve(page)


def post_challenge(page: Page) -> None:
    page.goto("/partners/")
    page.get_by_role("link", name="협력 과제 쓰기").click()
    for name, words in CHALLENGE.items():
        page.fill(f"[name={name}]", words)
    page.get_by_label("시간에 따른 예측").check()
    page.get_by_label("CC BY (출처를 밝히면 자유롭게)").check()
    for box in page.locator("input[name=checklist]").all():
        box.check()
    look(page, "partners-challenge-edit-desktop-ko")
    press(page, "main form button.main")
    press(page, "form[action$='/send/'] button")
    expect(page.get_by_text("검토를 기다림").first).to_be_visible()


def approve(page: Page) -> None:
    page.goto("/partners/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("공개해요").check()
    look(page, "partners-challenge-staff-desktop-ko")
    press(page, "form[action$='/decide/'] button")
    page.goto("/challenges/")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    look(page, "partners-challenges-desktop-ko")
