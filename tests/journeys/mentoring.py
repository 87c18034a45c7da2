"""Steps around a mentor: vetted and promised, matched with reasons, booked, met, asked, and the hours seen."""

import datetime as dt
import sqlite3
from contextlib import closing

from playwright.sync_api import Page, expect

from saem.cli.demo import COHORT
from tests.journeys.site import DemoSite, look, press

# Of the demonstration's mentors the one whose check has run out.
MENTOR, MAILBOX = "고멘토", "mentor3"


def say_need(page: Page, team: str) -> None:
    """What the team wants of a mentor."""
    page.goto(f"{team}mentor/")
    page.get_by_role("link", name="멘토에게 바라는 것").click()
    page.get_by_label("표 데이터와 통계").check()
    press(page, "main form.form button.main")


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
    page.fill("input[name=places]", "2")
    page.get_by_label("표 데이터와 통계").check()
    look(page, "partners-promise-phone-ko")
    press(page, "main form button.main")
    page.get_by_role("link", name="상담 시간 열기").click()
    ahead = dt.date.fromisoformat(page.input_value("input[name=day]")) + dt.timedelta(days=3)
    page.fill("input[name=day]", ahead.isoformat())
    page.fill("input[name=time]", "19:00")
    page.fill("input[name=where]", "https://meet.naeil.example/rain")
    press(page, "main form.form button.main")
    look(page, "partners-slots-phone-ko")


def match(page: Page) -> None:
    page.goto("/")
    page.locator("li").filter(has_text=COHORT).get_by_role("link", name="멘토 배정").click()
    page.fill("input[name=last]", page.input_value("input[name=first]"))
    look(page, "partners-matching-desktop-ko")
    press(page, "main form.form button.main")
    expect(page.get_by_role("button", name="이대로 맡기기")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("맞는 주제: 표 데이터와 통계").first).to_be_visible()
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


def book_and_ask(page: Page, name: str) -> None:
    """From the notice that tells of the mentor."""
    page.goto("/notices/")
    page.get_by_role("link", name=f"{name} 모둠의 멘토는").first.click()
    page.get_by_role("link", name="바로 가기").click()
    expect(page.get_by_role("heading", name=f"{MENTOR} 멘토")).to_be_visible()
    page.locator("input[name=slot]").first.check()
    page.fill("textarea[name=about]", "기준 모델을 어떻게 고를지")
    press(page, "form[action$='/book/'] button")
    page.fill("form[action$='/ask/'] textarea", "표를 바르게 나누었는지 봐 주세요.")
    press(page, "form[action$='/ask/'] button")
    expect(page.get_by_text("부탁한 검토를 기다리고 있어요.")).to_be_visible()


def let_the_meeting_pass(site: DemoSite, name: str) -> None:
    """Three days, which no page can let pass: the half hour that the team has booked ended a moment ago."""
    booked = """SELECT slot_id FROM partners_booking JOIN partners_pairing ON partners_pairing.id = pairing_id
        JOIN projects_team ON projects_team.id = partners_pairing.team_id WHERE projects_team.name = ?"""
    with closing(sqlite3.connect(site.home / "saem.sqlite3", timeout=30)) as database, database:
        moved = database.execute(
            "UPDATE partners_slot SET starts_at = datetime('now', '-31 minutes'), ends_at = datetime('now', '-1 minutes')"
            f" WHERE id IN ({booked})",
            [name],
        )
    assert moved.rowcount == 1


def report_meeting(page: Page, name: str) -> None:
    page.goto("/mentoring/")
    look(page, "partners-mentoring-phone-ko")
    page.get_by_role("link", name=f"{name} 모둠 상담 적기").click()
    page.fill("textarea[name=words]", "오늘처럼 규칙을 기준으로 삼기로 했어요. 다음에는 틀린 날만 모아 봐요.")
    look(page, "partners-report-phone-ko")
    press(page, "main form button.main")


def answer(page: Page, name: str) -> None:
    page.goto("/mentoring/")
    page.get_by_role("link", name=f"{name} 모둠의 검토 부탁").click()
    page.fill("textarea[name=text]", "날짜 순서로 나눈 점이 좋아요. 마지막 달은 따로 두어 보세요.")
    page.fill("input[name=minutes]", "25")
    look(page, "partners-review-phone-ko")
    press(page, "main form button.main")
    expect(page.get_by_text("55분을 썼어요")).to_be_visible()


def pass_gate(page: Page, name: str, comment: str) -> None:
    """The mentor decides, too, from what waits for them."""
    page.goto("/mentoring/")
    page.get_by_role("link", name=f"{name} 모둠의 단계 확인").click()
    page.fill("textarea[name=comment]", comment)
    press(page, "main button[value=passed]")


def read_answer(page: Page) -> None:
    page.goto("/notices/")
    page.get_by_role("link", name=f"{MENTOR} 멘토가 검토해 주었어요").first.click()
    page.get_by_role("link", name="바로 가기").click()
    expect(page.get_by_text("마지막 달은 따로 두어 보세요.")).to_be_visible()
    expect(page.get_by_text("다음에는 틀린 날만 모아 봐요.")).to_be_visible()
    look(page, "partners-team-phone-ko")


def see_hours(page: Page) -> None:
    """Minutes of the company's mentors this month, in English: the meeting and the review are among them."""
    page.goto("/partners/")
    page.get_by_role("link", name="Naeil Weather", exact=True).click()
    expect(page.get_by_role("heading", name="Promised and given this month")).to_be_visible()
    assert int(page.locator("table td").nth(1).inner_text()) >= 55
    look(page, "partners-impact-desktop-en")
