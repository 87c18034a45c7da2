"""A pupil practises: an item answered right, one answered wrong with a hint, and the map of what has grown."""

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import NICKNAMES
from tests.journeys.site import DemoSite, join, look, press, visitor

pytestmark = pytest.mark.browser

WORDS = {
    "ko": {"practise": "연습하기", "answer": "답하기", "again": "다시 답하기", "hint": "힌트 1", "map": "성장 지도"},
    "en": {
        "practise": "Practise",
        "answer": "Answer",
        "again": "Answer again",
        "hint": "Show hint 1",
        "map": "Growth map",
    },
}
MOST_ITEMS = 40


@pytest.mark.parametrize(("size", "language", "pupil"), [("phone", "ko", 2), ("desktop", "en", 3)])
def test_pupil_practises(browser: Browser, site: DemoSite, size: str, language: str, pupil: int) -> None:
    words = WORDS[language]
    with visitor(browser, site, size=size, language=language) as page:
        join(page, NICKNAMES[pupil])
        page.get_by_role("link", name=words["practise"]).first.click()
        expect(page.locator("#why")).not_to_be_empty()
        look(page, f"practice-item-{size}-{language}")
        answer_until(page, words, is_right=False, picture=f"practice-wrong-{size}-{language}")
        answer_until(page, words, is_right=True, picture=f"practice-right-{size}-{language}")
        page.get_by_role("link", name=words["map"]).click()
        expect(page.locator("svg[role=img]").first).to_be_visible()
        look(page, f"practice-growth-{size}-{language}")


def answer_until(page: Page, words: dict[str, str], *, is_right: bool, picture: str) -> None:
    """Press the first option of choices until one is right (or wrong, with a hint to ask for); pass other kinds by."""
    for _item in range(MOST_ITEMS):
        options = page.locator("input[type=radio][name=answer]")
        for at in range(options.count()):
            options.nth(at).check()
            press(page, "button[value=answer]")
            if page.locator(".note.good").count():
                break
            hint = page.get_by_role("button", name=words["hint"])
            if not is_right and hint.count():
                press(page, "button[value=hint]")
                expect(page.locator("#hints")).to_be_visible()
                look(page, picture)
                return
            options = page.locator("input[type=radio][name=answer]")
        if page.locator(".note.good").count() and is_right:
            expect(page.locator("#explanation")).to_be_visible()
            look(page, picture)
            press(page, "button[value=next]")
            return
        if not page.locator("#explanation").count():
            press(page, "button[value=give_up]")
        press(page, "button[value=next]")
    pytest.fail("no choice was given")
