"""A pupil practises: an item answered right, one answered wrong with a hint, and the map of what has grown."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import NICKNAMES
from saem.lib.content import load
from saem.lib.content.items import right_answer
from saem.lib.content.items.answers import one
from tests.journeys.site import DemoSite, join, look, press, visitor

pytestmark = pytest.mark.browser

WORDS = {
    "ko": {"practise": "연습하기", "hint": "힌트 1", "map": "성장 지도"},
    "en": {"practise": "Practise", "hint": "Show hint 1", "map": "Growth map"},
}
PROGRAM = Path(__file__).resolve().parents[2] / "programs" / "rain-tomorrow"
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
    right = answer_of(page)
    if page.locator("input#answer").count():
        page.fill("input#answer", right)
    else:
        page.locator(f"input[name=answer][value='{right}']").check()
    press(page, "button[value=answer]")
    expect(page.locator(".note.good")).to_be_visible()
    expect(page.locator("#explanation")).to_be_visible()


def answer_wrong(page: Page, hint: str) -> None:
    """A number or a text that no item has for its answer, or an option that is not the right one; then a hint is asked for."""
    right = answer_of(page)
    if page.locator("input#answer").count():
        page.fill("input#answer", "99999")
    else:
        page.locator(f"input[name=answer]:not([value='{right}'])").first.check()
    press(page, "button[value=answer]")
    page.get_by_role("button", name=hint).wait_for()
    press(page, "button[value=hint]")
    expect(page.locator("#hints")).to_be_visible()


def answer_of(page: Page) -> str:
    """What is right in the item on the page, as its program says; items that want more than one field are passed by."""
    items = load(PROGRAM).program.items
    for _item in range(MOST_ITEMS):
        if page.locator("input[type=radio][name=answer], input#answer").count():
            item, seed = (page.locator(f"input[name={name}]").first.input_value() for name in ("item", "seed"))
            return one(right_answer(items[item], int(seed)))
        press(page, "button[value=give_up]")
        press(page, "button[value=next]")
    pytest.fail("no item with one field was given")
