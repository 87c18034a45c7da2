"""Staff set a goal for a project, a pupil's work reaches it, and a stranger checks the badge that it earned."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, NICKNAMES, PASSWORD
from tests.journeys.site import DemoSite, join, look, press, sign_in, visitor
from tests.journeys.verifying import independent_verdict

pytestmark = pytest.mark.browser
PUPIL = NICKNAMES[18]
NOTEBOOK = Path(__file__).resolve().parents[2] / "programs/rain-tomorrow/projects/rain/solution/notebook.ipynb"
WORDS = {
    "name_ko": "비를 끝까지 따져 본 사람",
    "name_en": "Thought the rain through",
    "description_ko": "날씨 자료를 나누고, 규칙과 모델을 견주고, 실수를 들여다봤어요.",
    "description_en": "Split weather data, compared a rule with a model, and looked at the mistakes.",
    "criteria_ko": "‘내일 비가 올까?’에서 점수의 90% 이상을 받았어요.",
    "criteria_en": "Earned at least 90% of the points in “Will it rain tomorrow?”.",
}


def test_from_the_goal_to_the_stranger(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        goal = set_goal(page)
    with visitor(browser, site, size="phone") as page:
        join(page, PUPIL)
        hand_in(page)
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        give(page, goal)
    with visitor(browser, site, size="phone", language="en") as page:
        join(page, PUPIL)
        public, credential = take_away(page)
    with visitor(browser, site, size="phone") as page:
        strangers_look(page, public, credential)


def set_goal(page: Page) -> str:
    """Find the way from the home page; a level that cannot be is said at its field. Returns the goal's address."""
    page.get_by_role("link", name="AI 심화 과정 3기").first.click()
    page.get_by_role("link", name="이수증과 배지", exact=True).first.click()
    page.get_by_role("link", name="프로젝트 배지").click()
    expect(page.get_by_role("heading", name="비를 읽는 사람")).to_be_visible()
    look(page, "goals-desktop-ko")
    page.get_by_role("link", name="배지 만들기").first.click()
    page.fill("input[name=percent]", "120")
    press(page, "main form button.main")
    expect(page.locator(".error-summary")).to_contain_text("100")
    look(page, "goals-new-wrong-desktop-ko")
    page.fill("input[name=percent]", "90")
    for name, words in WORDS.items():
        page.fill(f"[name={name}]", words)
    press(page, "main form button.main")
    expect(page.get_by_role("heading", name=WORDS["name_ko"])).to_be_visible()
    return page.url


def hand_in(page: Page) -> None:
    page.goto(str(page.locator("main a[href*='/projects/']").first.get_attribute("href")))
    page.set_input_files("input[type=file]", NOTEBOOK)
    page.click("form:has(input[type=file]) button.main")
    expect(page.locator("[data-state=scored]")).to_have_count(1, timeout=90_000)


def give(page: Page, goal: str) -> None:
    page.goto(goal)
    expect(page.get_by_text("아직 못 받은 사람은")).to_be_visible()
    press(page, "form[action$='/give/'] button")
    expect(page.get_by_role("heading", name="모두 줬어요")).to_be_visible(timeout=90_000)
    page.get_by_role("link", name="배지를 받은 사람 보기").click()
    expect(page.locator("main li").filter(has_text=PUPIL)).to_contain_text("점 가운데")
    page.set_viewport_size({"width": 360, "height": 740})
    look(page, "goals-given-phone-ko")
    page.goto(re.sub(r"\d+/$", "", goal))
    look(page, "goals-phone-ko")


def take_away(page: Page) -> tuple[str, dict[str, Any]]:
    """The badge as its holder meets it; returns its public address and the signed file."""
    page.goto("/awards/")
    badge = page.get_by_role("link", name=WORDS["name_en"])
    expect(badge).to_be_visible()
    look(page, "goals-mine-phone-en")
    file = page.locator("article", has=badge).get_by_role("link", name="Badge file (JSON)").get_attribute("href") or ""
    return badge.get_attribute("href") or "", page.request.get(file).json()


def strangers_look(page: Page, public: str, credential: dict[str, Any]) -> None:
    page.goto(public)
    expect(page.get_by_text("진짜 배지이고, 지금도 유효해요")).to_be_visible()
    expect(page.locator("main")).to_contain_text("내일 비가 올까?")
    expect(page.locator("body")).not_to_contain_text(PUPIL)
    look(page, "goals-badge-phone-ko")
    page.get_by_role("link", name="이 배지는 무엇인가요?").click()
    expect(page.locator("main")).to_contain_text(WORDS["criteria_ko"])
    look(page, "goals-achievement-phone-ko")
    verdict = independent_verdict(page, credential)
    assert (verdict["verified"], verdict["isSet"]) == (True, False), verdict["errors"]
