"""How the journeys sign in, look and check: one small vocabulary for all of them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import JOIN_CODE, PIN

SIZES = {"phone": (360, 740), "tablet": (820, 1180), "desktop": (1280, 900)}
SCREENSHOTS = Path("var/screenshots")
# What a page shows by itself may come late on a machine at work; how fast it is, the benchmarks say.
expect.set_options(timeout=20_000)
# `make screenshots` names a folder for the pictures of the README: one phone screen each.
README_FOLDER = os.environ.get("SAEM_README_SCREENSHOTS", "")
README_PICTURES = {"lesson-error-phone-ko", "submission-phone-ko", "class-phone-ko"}
# Chromium itself tries to carry style over as an attribute while text in the code editor is replaced; the policy
# refuses and the editor draws its own. A refused style anywhere else is a mistake of ours.
INLINE_STYLE_REFUSED = "Applying inline style violates"
# Chromium writes every answer above 400 to the console.
FORM_REFUSED = "the server responded with a status of 422"
WATCH_INLINE_STYLE = """
document.addEventListener("securitypolicyviolation", (event) => {
  const inEditor = event.target instanceof Element && event.target.closest(".cm-content");
  if (event.effectiveDirective.startsWith("style-src") && !inEditor)
    console.error("inline style refused outside the editor: " + (event.target.outerHTML ?? event.target.nodeName).slice(0, 200));
});
"""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass(frozen=True)
class DemoSite:
    """The running site and its home folder."""

    url: str
    home: Path


@contextmanager
def visitor(
    browser: Browser,
    site: DemoSite,
    *,
    size: str = "desktop",
    language: str = "ko",
    dark: bool = False,
    javascript: bool = True,
) -> Iterator[Page]:
    """A page of a fresh visitor; a script error or a refused resource fails the journey, a form with problems does not."""
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": height},
        locale="ko-KR" if language == "ko" else "en-US",
        timezone_id="Asia/Seoul",
        color_scheme="dark" if dark else "light",
        has_touch=size != "desktop",
        java_script_enabled=javascript,
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    troubles: list[str] = []
    page.add_init_script(WATCH_INLINE_STYLE)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    try:
        yield page
    finally:
        context.close()
    troubles = [text for text in troubles if INLINE_STYLE_REFUSED not in text and FORM_REFUSED not in text]
    assert not troubles, f"the browser complained: {troubles}"


def press(page: Page, button: str) -> None:
    """Press a button that leads to another page, and wait for that page: a click alone returns before it is there."""
    with page.expect_navigation():
        page.locator(button).click()


def join(page: Page, nickname: str, pin: str = PIN) -> None:
    """Come into the demonstration's class by its code: as the pupil of that name, or as a new one where there is none."""
    page.goto("/join/", timeout=90_000)  # it may be the first page of a site that has just started
    page.fill("input[name=code]", f" {JOIN_CODE.lower()} ")
    page.click("main form button.main")
    page.fill("input[name=nickname]", nickname)
    page.fill("input[name=pin]", pin)
    press(page, "main form button.main")
    is_new = page.locator("main .note form button.main")
    if is_new.count():
        press(page, "main .note form button.main")
    page.wait_for_url("**/")


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/account/login/", timeout=90_000)  # as above
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/")


# Figures that stand in more than one line: a column was squeezed until their digits fell apart.
BROKEN_FIGURES = """[...document.querySelectorAll(".num, .big-num")].filter(element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom)));
    return /^[\\d.,%+−-]+$/.test(element.textContent.trim()) && lines.size > 1;
}).map(element => element.outerHTML)"""


def look(page: Page, name: str) -> None:
    """Keep a picture, and hold the page to WCAG (axe-core), to its own width and to whole figures."""
    if README_FOLDER and name in README_PICTURES:
        page.screenshot(path=Path(README_FOLDER, f"{name}.png"))
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways"
    assert page.evaluate(BROKEN_FIGURES) == [], name
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
