"""A pupil practises: an item answered right, one answered wrong with a hint, and the map of what has grown."""

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import NICKNAMES
from tests.journeys.site import DemoSite, join, look, press, visitor

pytestmark = pytest.mark.browser

WORDS = {
    "ko": {"practise": "연습하기", "hint": "힌트 1", "map": "성장 지도"},
    "en": {"practise": "Practise", "hint": "Show hint 1", "map": "Growth map"},
}
MOST_ITEMS = 15


@pytest.mark.parametrize(("size", "language", "pupil"), [("phone", "ko", 2), ("desktop", "en", 3)])
def test_pupil_practises(browser: Browser, site: DemoSite, size: str, language: str, pupil: int) -> None:
    words = WORDS[language]
    with visitor(browser, site, size=size, language=language) as page:
        join(page, NICKNAMES[pupil])
        page.get_by_role("link", name=words["practise"]).first.click()
        expect(page.locator("#why")).not_to_be_empty()
        look(page, f"practice-item-{size}-{language}")
        answer_right(page)
        look(page, f"practice-right-{size}-{language}")
        press(page, "button[value=next]")
        answer_wrong(page, words["hint"])
        look(page, f"practice-wrong-{size}-{language}")
        page.get_by_role("link", name=words["map"]).click()
        expect(page.locator("svg[role=img]").first).to_be_visible()
        look(page, f"practice-growth-{size}-{language}")


def answer_right(page: Page) -> None:
    """Try the options of the first choice that comes, one after the other; pass other kinds by."""
    pass_by_until(page, "input[type=radio][name=answer]")
    for at in range(page.locator("input[type=radio][name=answer]").count()):
        page.locator("input[type=radio][name=answer]").nth(at).check()
        press(page, "button[value=answer]")
        if page.locator(".note.good").count():
            break
    expect(page.locator("#explanation")).to_be_visible()


def answer_wrong(page: Page, hint: str) -> None:
    """No item that asks for a number or a word has this answer; then a hint is asked for."""
    pass_by_until(page, "input#answer")
    page.fill("input#answer", "99999")
    press(page, "button[value=answer]")
    page.get_by_role("button", name=hint).wait_for()
    press(page, "button[value=hint]")
    expect(page.locator("#hints")).to_be_visible()


def pass_by_until(page: Page, wanted: str) -> None:
    for _item in range(MOST_ITEMS):
        if page.locator(wanted).count():
            return
        press(page, "button[value=give_up]")
        press(page, "button[value=next]")
    pytest.fail(f"{wanted}: no such item was given")
