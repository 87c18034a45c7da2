"""A teacher from enrolment to a certificate with a credit, and a badge that an independent verifier accepts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, PASSWORD
from tests.journeys.finishing import day, hold_a_session, make_awards, take_away
from tests.journeys.site import DemoSite, look, press, sign_in, visitor
from tests.journeys.verifying import independent_verdict

pytestmark = pytest.mark.browser
COHORT = "AI 수업 나눔 직무연수"
TEACHER = "teacher2"


def test_from_enrolment_to_the_credit(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        cohort, code = open_training(page)
        set_rules(page, cohort)
    with visitor(browser, site, size="phone") as page:
        sign_in(page, f"{TEACHER}@{MAIL}", PASSWORD)
        own = enrol(page, code)
        expect(page.get_by_text("아직 잴 것이 없어요").first).to_be_visible()
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        for ago in (2, 1):
            hold_a_session(page, cohort, ago)
        grade(page, cohort)
    with visitor(browser, site, size="phone") as page:
        sign_in(page, f"{TEACHER}@{MAIL}", PASSWORD)
        page.goto(own)
        expect(page.get_by_text("연수지명번호를 확인하면")).to_be_visible()
        look(page, "completion-waiting-phone-ko")
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        designate(page, cohort)
        make_awards(page, cohort)
    with visitor(browser, site, size="phone") as page:
        sign_in(page, f"{TEACHER}@{MAIL}", PASSWORD)
        page.goto(own)
        expect(page.get_by_text("이수했어요. 축하해요!")).to_be_visible()
        look(page, "completion-done-phone-ko")
        credential = take_away(page)
    with visitor(browser, site) as page:
        verdict = independent_verdict(page, credential)
        assert (verdict["verified"], verdict["isSet"]) == (True, False), verdict["errors"]


def open_training(page: Page) -> tuple[str, str]:
    """A cohort of two days, one class, and what makes it a training of fifteen hours."""
    page.goto("/cohorts/new/")
    page.locator("select[name=version] option:not([value=''])").first.wait_for(state="attached")
    page.select_option("select[name=version]", index=1)
    page.fill("input[name=title]", COHORT)
    page.fill("input[name=starts_on]", day(9))
    page.fill("input[name=ends_on]", day(0))
    press(page, "main form button.main")
    cohort = re.findall(r"/cohorts/(\d+)/", page.url)[0]
    page.fill("input[name=name]", "연수 1반")
    press(page, "main form button.main")
    page.goto(f"/cohorts/{cohort}/classrooms/")
    code = page.locator("a[href$='/code/']").first.inner_text()
    page.goto(f"/cohorts/{cohort}/completion/")
    look(page, "completion-empty-desktop-ko")
    page.get_by_role("link", name="교원 연수 정보").click()
    page.fill("input[name=hours]", "15")
    look(page, "completion-training-desktop-ko")
    press(page, "main form button.main")
    return cohort, code


def set_rules(page: Page, cohort: str) -> None:
    page.goto(f"/cohorts/{cohort}/completion/rules/")
    page.fill("input[name=progress]", "")
    page.fill("input[name=attended_exam]", "50")
    press(page, "main form button.main")
    expect(page.locator(".error-summary")).to_contain_text("100")
    look(page, "completion-rules-wrong-desktop-ko")
    page.fill("input[name=attended_exam]", "")
    page.locator("input[name=waits]").uncheck()
    press(page, "main form button.main")
    expect(page.get_by_text("이수 기준을 정했어요")).to_be_visible()


def enrol(page: Page, code: str) -> str:
    page.goto("/join/")
    page.fill("input[name=code]", code)
    press(page, "main form button.main")
    page.fill("input[name=nickname]", "정연수")
    press(page, "main form button.main")
    page.goto("/")
    link = page.get_by_role("link", name="이수까지").first
    own = link.get_attribute("href") or ""
    link.click()
    look(page, "completion-own-phone-ko")
    return own


def grade(page: Page, cohort: str) -> None:
    page.goto(f"/cohorts/{cohort}/completion/")
    look(page, "completion-people-desktop-ko")
    page.get_by_role("link", name="정연수").click()
    for part, points in (("online_exam", "80"), ("assignment", "75"), ("participation", "90")):
        page.fill(f"input[name=part-{part}]", points)
    press(page, "form[action$='/scores/'] button")
    expect(page.get_by_text("연수지명번호가 없어서")).to_be_visible()
    look(page, "completion-person-desktop-ko")


def designate(page: Page, cohort: str) -> None:
    page.goto(f"/cohorts/{cohort}/completion/?show=undesignated")
    page.get_by_role("link", name="정연수").click()
    page.fill("input[name=designation_number]", "한빛-2026-0042")
    page.fill("input[name=birth_date]", "1985-04-05")
    page.fill("input[name=school]", "샘물고등학교")
    press(page, "form[action$='/record/'] button")
    expect(page.get_by_text(re.compile(r"제 .*-혼합-\d{4}-\d{6}호")).first).to_be_visible()
    with page.expect_download() as download:
        page.goto(f"/cohorts/{cohort}/completion/")
        page.get_by_role("link", name="이수 보고(15항목) 받기").click()
    assert download.value.suggested_filename.endswith(".xlsx")
