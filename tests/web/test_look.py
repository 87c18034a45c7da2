"""Every part of the kit in a real browser: nothing sticks out, nothing is inaccessible, light and dark."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PAGES = ["", "lesson", "class", "result", "form", "nowhere"]
WIDTHS = [360, 820, 1280]


@pytest.mark.parametrize("look", [("ko", "light"), ("ko", "dark"), ("en", "light"), ("en", "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits_every_width(
    site: str, browser: Browser, shots: Path | None, name: str, look: tuple[str, str]
) -> None:
    language, theme = look
    context = browser.new_context(
        locale=language, color_scheme=theme, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{site}/{name}/".replace("//", "/").replace(":/", "://"))
    assert page.locator("html").get_attribute("lang") == language
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if shots:
            shots.mkdir(exist_ok=True)
            page.screenshot(path=shots / f"{name or 'parts'}-{language}-{theme}-{width}.png", full_page=True)
        # What differs between languages is words, so English is examined on the narrowest screen only.
        if width == 360 or (width == 1280 and language == "ko"):
            results = Axe().run(page)
            assert results.violations_count == 0, results.generate_report()
    context.close()


def test_buttons_are_large_enough_for_fingers(site: str, page) -> None:
    page.set_viewport_size({"width": 360, "height": 900})
    for name in ("", "lesson/", "form/"):
        page.goto(f"{site}/{name}")
        small = page.eval_on_selector_all(
            "button, .btn, .top nav a, select, input:not([type=hidden], [type=checkbox], [type=radio])",
            "parts => parts.filter(p => p.offsetParent && p.getBoundingClientRect().height < 43.5)"
            ".map(p => p.outerHTML.slice(0, 90))",
        )
        assert small == []
