"""The end of a lesson: a pupil answers one question, the teacher reads the plan and sees what the class answered."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, PASSWORD
from tests.journeys.site import DemoSite, join, look, press, sign_in, visitor

pytestmark = pytest.mark.browser
LESSON = "reading-the-table"


def test_one_question_before_you_go(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site, size="phone") as page:
        join(page, "마지막 문제")
        number = enrolment(page)
        page.goto(f"/learn/{number}/{LESSON}/")
        expect(page.get_by_role("heading", name="나가기 전에 한 문제")).to_be_visible()
        assert page.get_by_text("교사용 안내").count() == 0
        page.locator("#exit input[name=answer]").first.check()
        look(page, "lesson-exit-phone-ko")
        press(page, "#exit button.main")
        expect(page.locator("#exit").get_by_role("heading", name="풀이")).to_be_visible()
        look(page, "lesson-exit-answered-phone-ko")


@pytest.mark.parametrize(
    ("size", "language", "guides"), [("phone", "ko", "교사용 안내"), ("desktop", "en", "for teachers")]
)
def test_the_teacher_reads_the_plan_and_the_answers(
    browser: Browser, site: DemoSite, size: str, language: str, guides: str
) -> None:
    with visitor(browser, site, size=size, language=language) as page:
        sign_in(page, f"teacher@{MAIL}", PASSWORD)
        page.click("main a:has-text('2학년 3반')")
        page.locator("details", has_text=guides).locator("summary").click()
        page.locator(f"main a[href$='/lessons/{LESSON}/']").click()
        expect(page.locator("#class-exit")).to_be_visible()
        assert page.locator("article table").count() >= 1
        look(page, f"lesson-guide-{size}-{language}")
        page.locator("details:has(a[href*=competencies]) summary").click()
        page.locator("a[href*=competencies]").click()
        expect(page.locator("#ai4k12")).to_be_visible()
        look(page, f"competencies-{size}-{language}")


def enrolment(page: Page) -> str:
    address = page.locator("main a[href^='/learn/']").first.get_attribute("href") or ""
    return re.findall(r"/learn/(\d+)/", address)[0]
