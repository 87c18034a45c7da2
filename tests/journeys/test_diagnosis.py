"""A pupil before the program, in a real Chromium: the beginning, every kind of item, the result."""

import re

import pytest
from playwright.sync_api import Browser

from saem.cli.demonstration.people import MAIL, PASSWORD
from tests.journeys.site import DemoSite, join, look, press, sign_in, visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "language"), [("phone", "ko"), ("desktop", "en")])
def test_a_pupil_takes_the_diagnosis(browser: Browser, site: DemoSite, size: str, language: str) -> None:
    with visitor(browser, site, size=size, language=language) as page:
        join(page, f"새얼굴{size}")
        lesson = str(page.locator("main a[href^='/learn/']").first.get_attribute("href"))
        page.goto("/".join(lesson.split("/")[:3]) + "/")
        page.click("main a[href^='/diagnosis/']")
        look(page, f"diagnosis-{size}-{language}")
        page.click("main a.btn.main")
        look(page, f"diagnosis-start-{size}-{language}")
        press(page, "main form button.main")
        look(page, f"diagnosis-item-{size}-{language}")
        token = page.locator("input[name=token]").get_attribute("value")
        press(page, "button[name=unknown]")
        assert page.locator("input[name=token]").get_attribute("value") != token
        page.reload()
        items = 1
        while page.locator("input[name=token]").count():
            assert items < 15
            press(page, "button[name=unknown]")
            items += 1
        assert items >= 8
        assert re.search(r"100", page.locator("main .lead").inner_text())
        look(page, f"diagnosis-result-{size}-{language}")
        assert page.locator("main a.btn.main[href^='/practice/']").count() == 1


@pytest.mark.parametrize(("size", "language"), [("phone", "ko"), ("desktop", "en")])
def test_a_teacher_looks_for_the_gain(browser: Browser, site: DemoSite, size: str, language: str) -> None:
    with visitor(browser, site, size=size, language=language) as page:
        sign_in(page, f"teacher@{MAIL}", PASSWORD)
        page.click("main a[href^='/classes/']")
        page.click("main a[href$='/gains/']")
        look(page, f"gains-{size}-{language}")
