"""The teacher's map of skills in a real Chromium: claims, groups, the data behind them; phone and desktop, ko and en."""

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, NICKNAMES, PASSWORD
from tests.journeys.site import DemoSite, look, sign_in, visitor

pytestmark = pytest.mark.browser

VIEWS = [("phone", "ko"), ("phone", "en"), ("desktop", "ko"), ("desktop", "en")]
WORDS = {
    "ko": {
        "map": "성취 요소 지도",
        "claims": "누구에게 무엇이 필요한가요",
        "data": "근거 보기",
        "cohort": "AI 심화 과정 3기",
        "classes": "학급별 성취 요소",
        "nothing": "아직",
    },
    "en": {
        "map": "Map of skills",
        "claims": "Who needs what",
        "data": "See the data",
        "cohort": "Advanced AI course, cohort 3",
        "classes": "Skills by class",
        "nothing": "Not yet",
    },
}


def open_map(page: Page, words: dict[str, str]) -> None:
    sign_in(page, f"teacher@{MAIL}", PASSWORD)
    page.click("main a:has-text('2학년 3반')")
    page.click(f"main a.btn:has-text('{words['map']}')")


@pytest.mark.parametrize(("size", "language"), VIEWS)
def test_teacher_sees_who_needs_what_and_the_data_behind_it(
    browser: Browser, site: DemoSite, size: str, language: str
) -> None:
    words = WORDS[language]
    with visitor(browser, site, size=size, language=language) as page:
        open_map(page, words)
        expect(page.locator("h2").first).to_have_text(words["claims"])
        look(page, f"skills-{size}-{language}")
        # The names stay while the skills scroll by, inside the map's own box.
        box = page.locator(".scroll:has(table.grid)")
        name = box.locator("tbody th").first
        before = name.bounding_box()
        box.evaluate("element => { element.scrollLeft = element.scrollWidth; }")
        assert name.bounding_box() == before
        page.click(f"main a.btn:has-text('{words['data']}') >> nth=0")
        expect(page.locator("ul.list li").first).to_be_visible()
        look(page, f"skill-{size}-{language}")


def test_a_cell_leads_to_one_students_attempts(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site) as page:
        open_map(page, WORDS["ko"])
        row = page.locator("table.grid tbody tr", has_text=NICKNAMES[3])
        row.locator("td a").first.click()
        expect(page.locator("h1")).to_contain_text(NICKNAMES[3])
        shown = page.locator("main ul.list strong").all_inner_texts()
        assert set(shown) == {NICKNAMES[3]}
        look(page, "skill-one-student-desktop-ko")


@pytest.mark.parametrize(("size", "language"), VIEWS)
def test_staff_compare_classes_without_seeing_anybody(
    browser: Browser, site: DemoSite, size: str, language: str
) -> None:
    words = WORDS[language]
    with visitor(browser, site, size=size, language=language) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        page.click(f"main a:has-text('{words['cohort']}')")
        page.click(f"main a.btn:has-text('{words['classes']}')")
        expect(page.locator("table.grid")).to_contain_text(words["nothing"])
        look(page, f"cohort-skills-{size}-{language}")
