"""Steps of a child who applies on a phone, of the teacher who recommends by link, of staff who record consent on paper."""

import datetime as dt

from playwright.sync_api import Page, expect

from saem.cli.demonstration.people import MAIL
from tests.journeys.site import look, press

CHILD = "정바다"
TWELVE = (dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=365 * 12)).isoformat()


def apply(page: Page) -> str:
    page.goto("/calls/")
    page.get_by_role("link", name="AI 심화 과정 4기 모집").click()
    page.get_by_role("link", name="지원하기").click()
    page.fill("input[name=name]", CHILD)
    page.fill("input[name=birth_date]", TWELVE)
    page.select_option("select[name=grade]", "e6")
    look(page, "calls-facts-phone-ko")
    press(page, "main form button.main")
    page.fill("input[name=name]", "정어머니")
    page.fill("input[name=relation]", "어머니")
    page.fill("input[name=contact]", "010-1234-5678")
    look(page, "calls-guardian-phone-ko")
    press(page, "main form button.main")
    page.fill("input[name='a.school.name']", "샘물초등학교")
    page.fill("textarea[name='a.motive']", "비가 올지 내가 맞혀 보고 싶어요.")
    expect(page.locator("#saved")).to_contain_text("저장됨")
    page.locator("input[name='a.experience'][value=python]").check()
    made = page.locator("input[name='a.made']")
    expect(made).to_be_visible()
    press(page, "button[value=submit]")
    expect(page.locator(".error-summary")).to_be_visible()
    look(page, "calls-form-wrong-phone-ko")
    page.fill("input[name='a.made']", "숫자 맞히기 놀이")
    page.locator("input[name='a.privacy']").check()
    press(page, "button[value=submit]")
    expect(page.get_by_text("제출됨").first).to_be_visible()
    application = page.url
    page.get_by_role("link", name="추천서 부탁하기").click()
    page.fill("input[name=name]", "박선생")
    page.fill("input[name=email]", f"teacher@{MAIL}")
    page.fill("input[name=role]", "담임 선생님")
    look(page, "calls-recommender-phone-ko")
    press(page, "main form button.main")
    look(page, "calls-status-phone-ko")
    page.get_by_role("link", name="종이 동의서").click()
    look(page, "calls-paper-phone-ko")
    return application


def open_application(page: Page) -> None:
    page.get_by_role("listitem").filter(has_text="AI 심화 과정 4기").get_by_role("link", name="모집").click()
    page.get_by_role("link", name="AI 심화 과정 4기 모집").click()
    look(page, "calls-applications-desktop-ko")
    page.get_by_role("link", name=CHILD).first.click()


def hand_over(page: Page) -> str:
    open_application(page)
    expect(page.get_by_text("답을 볼 수 없어요")).to_be_visible()
    press(page, "form[action$='/recommendation/'] button")
    look(page, "calls-read-closed-desktop-ko")
    link = page.locator("#hand-over").inner_text()
    page.get_by_role("link", name="AI 심화 과정 4기 모집").click()
    page.get_by_role("link", name="지원서 양식").click()
    look(page, "calls-builder-desktop-ko")
    page.get_by_role("link", name="미리 보기").click()
    look(page, "calls-preview-desktop-ko")
    return link


def recommend(page: Page, link: str) -> None:
    page.goto(link)
    page.fill("textarea[name=statement]", "모르는 것을 끝까지 물어보는 학생입니다.")
    page.locator("input[name=answer][value=recommend]").check()
    look(page, "calls-recommend-phone-ko")
    press(page, "main form button.main")
    expect(page.get_by_text("고맙습니다")).to_be_visible()


def record_consent(page: Page) -> None:
    open_application(page)
    page.get_by_role("link", name="동의 기록하기").click()
    look(page, "calls-record-consent-desktop-ko")
    press(page, "main form button.main")
    expect(page.get_by_text("비가 올지 내가 맞혀 보고 싶어요.")).to_be_visible()
    look(page, "calls-read-desktop-ko")
