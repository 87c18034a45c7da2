"""Who keeps a program's items finds them from its page, in a real Chromium; phone and desktop, ko and en."""

import pytest
from playwright.sync_api import Browser, expect

from saem.cli.demonstration.people import MAIL, PASSWORD
from tests.journeys.site import DemoSite, look, sign_in, visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "language"), [("phone", "ko"), ("phone", "en"), ("desktop", "ko"), ("desktop", "en")])
def test_from_a_lesson_of_a_program_to_a_chart_in_its_bank(
    browser: Browser, site: DemoSite, size: str, language: str
) -> None:
    with visitor(browser, site, size=size, language=language) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        page.goto("/programs/rain-tomorrow/")
        look(page, f"program-of-staff-{size}-{language}")
        page.click("#reading-the-table a[href^='/bank/']")
        expect(page.locator("h1")).to_be_visible()
        look(page, f"bank-of-a-lesson-{size}-{language}")
        page.goto("/bank/rain-tomorrow/items/months-of-rain/")
        expect(page.locator("figure.chart svg").first).to_be_visible()
        look(page, f"bank-chart-{size}-{language}")
        page.goto("/bank/rain-tomorrow/models/")
        look(page, f"bank-models-{size}-{language}")
