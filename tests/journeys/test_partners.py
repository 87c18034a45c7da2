"""A partner's challenge is approved; a mentor is vetted, matched with reasons, booked, answers, and the hours are seen."""

import datetime as dt

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demo import COHORT
from saem.cli.demonstration.people import MAIL, NICKNAMES, PASSWORD
from tests.journeys.site import DemoSite, join, look, press, sign_in, visitor

pytestmark = pytest.mark.browser
# Of the demonstration's team that the first matching left without a mentor, and the mentor whose check has run out.
PUPIL, TEAM, MENTOR = NICKNAMES[6], "먹구름", "고멘토"
TITLE = "버스는 언제 붐빌까?"
CHALLENGE = {
    "title": TITLE,
    "people": "아침마다 버스를 못 타는 학생",
    "problem": "정류장의 기록으로 붐비는 때를 맞혀 보세요.",
    "data_name": "정류장 기록",
    "data_url": "https://data.naeil.example/bus.csv",
    "data_about": "한 줄이 10분이에요.",
}


def test_from_the_challenge_to_the_hours(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site) as page:
        sign_in(page, f"partner@{MAIL}", PASSWORD)
        post_challenge(page)
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        approve(page)
        record_check(page)
    with visitor(browser, site, size="phone") as page:
        sign_in(page, f"mentor3@{MAIL}", PASSWORD)
        promise_and_offer(page)
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        match(page)
    with visitor(browser, site, size="phone", javascript=False) as page:
        join(page, PUPIL)
        book_and_ask(page)
    with visitor(browser, site, size="phone") as page:
        sign_in(page, f"mentor3@{MAIL}", PASSWORD)
        answer(page)
    with visitor(browser, site, size="phone") as page:
        join(page, PUPIL)
        read_answer(page)
    with visitor(browser, site, language="en") as page:
        sign_in(page, f"partner@{MAIL}", PASSWORD)
        see_hours(page)


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


def record_check(page: Page) -> None:
    """A check for both kinds, until a day that the form takes."""
    page.goto("/partners/")
    page.get_by_role("link", name="한빛교육청").first.click()
    look(page, "partners-mentors-desktop-ko")
    page.get_by_role("link", name=MENTOR).click()
    expect(page.get_by_text("지금은 학생을 만날 수 없어요")).to_be_visible()
    for box in page.locator("input[name=kinds]").all():
        box.check()
    until = dt.date.fromisoformat(page.input_value("input[name=holds_from]")) + dt.timedelta(days=300)
    page.fill("input[name=holds_until]", until.isoformat())
    press(page, "main form.form button.main")
    expect(page.get_by_text("까지 만날 수 있어요").first).to_be_visible()
    look(page, "partners-mentor-desktop-ko")


def promise_and_offer(page: Page) -> None:
    page.goto("/mentoring/")
    page.get_by_role("link", name="약속 고치기").click()
    page.fill("input[name=places]", "1")
    page.get_by_label("표 데이터와 통계").check()
    look(page, "partners-promise-phone-ko")
    press(page, "main form button.main")
    page.get_by_role("link", name="상담 시간 열기").click()
    ahead = dt.date.fromisoformat(page.input_value("input[name=day]")) + dt.timedelta(days=3)
    page.fill("input[name=day]", ahead.isoformat())
    page.fill("input[name=time]", "19:00")
    page.fill("input[name=where]", "https://meet.naeil.example/bus")
    press(page, "main form.form button.main")
    look(page, "partners-slots-phone-ko")


def match(page: Page) -> None:
    page.goto("/")
    page.locator("li").filter(has_text=COHORT).get_by_role("link", name="멘토 배정").click()
    page.fill("input[name=last]", page.input_value("input[name=first]"))
    look(page, "partners-matching-desktop-ko")
    press(page, "main form.form button.main")
    expect(page.get_by_role("button", name="이대로 맡기기")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("맞는 주제: 표 데이터와 통계")).to_be_visible()
    look(page, "partners-run-desktop-ko")
    page.get_by_role("link", name="왜 다른 멘토가 아닌가요?").first.click()
    page.select_option("select[name=mentor]", label="윤멘토")
    press(page, "main form.card button.btn")
    expect(page.get_by_role("heading", name="짝이 되지 않은 까닭")).to_be_visible()
    look(page, "partners-why-desktop-ko")
    page.go_back()
    page.go_back()
    press(page, "form[action$='/give/'] button")
    expect(page.get_by_text("맡김").first).to_be_visible(timeout=90_000)


def book_and_ask(page: Page) -> None:
    """Without JavaScript."""
    page.goto("/notices/")
    page.get_by_role("link", name=f"{TEAM} 모둠의 멘토는").first.click()
    page.get_by_role("link", name="바로 가기").click()
    expect(page.get_by_role("heading", name=f"{MENTOR} 멘토")).to_be_visible()
    page.locator("input[name=slot]").first.check()
    page.fill("textarea[name=about]", "기준 모델을 어떻게 고를지")
    press(page, "form[action$='/book/'] button")
    page.fill("form[action$='/ask/'] textarea", "표를 바르게 나누었는지 봐 주세요.")
    press(page, "form[action$='/ask/'] button")
    expect(page.get_by_text("부탁한 검토를 기다리고 있어요.")).to_be_visible()


def answer(page: Page) -> None:
    page.goto("/mentoring/")
    look(page, "partners-mentoring-phone-ko")
    page.get_by_role("link", name=f"{TEAM} 모둠의 검토 부탁").click()
    page.fill("textarea[name=text]", "날짜 순서로 나눈 점이 좋아요. 마지막 달은 따로 두어 보세요.")
    page.fill("input[name=minutes]", "25")
    look(page, "partners-review-phone-ko")
    press(page, "main form button.main")
    expect(page.get_by_text("25분을 썼어요")).to_be_visible()


def read_answer(page: Page) -> None:
    page.goto("/notices/")
    page.get_by_role("link", name=f"{MENTOR} 멘토가 검토해 주었어요").first.click()
    page.get_by_role("link", name="바로 가기").click()
    expect(page.get_by_text("마지막 달은 따로 두어 보세요.")).to_be_visible()
    look(page, "partners-team-phone-ko")


def see_hours(page: Page) -> None:
    page.goto("/partners/")
    page.get_by_role("link", name="Naeil Weather", exact=True).click()
    expect(page.get_by_role("heading", name="Promised and given this month")).to_be_visible()
    expect(page.locator("table td").nth(1)).to_have_text("55")
    look(page, "partners-impact-desktop-en")
