"""Steps at the end of a course: a session is held, certificates and badges are made, a learner takes theirs away."""

import datetime as dt
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.site import press

SEOUL = dt.timezone(dt.timedelta(hours=9))


def day(ago: int) -> str:
    return f"{dt.datetime.now(SEOUL).date() - dt.timedelta(days=ago):%Y-%m-%d}"


def hold_a_session(page: Page, cohort: str, ago: int) -> None:
    page.goto(f"/cohorts/{cohort}/sessions/new/")
    page.fill("input[name=title]", f"{ago}일 전 수업 나눔")
    page.fill("input[name=day]", day(ago))
    page.fill("input[name=start]", "09:00")
    page.fill("input[name=end]", "16:30")
    press(page, "main form button.main")
    page.get_by_role("listitem").filter(has_text=f"{ago}일 전 수업 나눔").get_by_role("link", name="출석부").click()
    page.get_by_role("button", name="모두 출석").click()
    expect(page.locator(".roll .tag").first).to_have_text("출석")


def make_awards(page: Page, cohort: str) -> None:
    page.goto(f"/cohorts/{cohort}/awards/badge/")
    for name, words in (
        ("name_ko", "AI 수업 나눔"),
        ("name_en", "Sharing AI lessons"),
        ("hours", "15"),
    ):
        page.fill(f"input[name={name}]", words)
    for name in ("description", "criteria"):
        page.fill(f"textarea[name={name}_ko]", "수업을 함께 보고 이야기를 나눴어요.")
        page.fill(f"textarea[name={name}_en]", "Watched lessons together and talked about them.")
    press(page, "main form button.main")
    press(page, "form[action$='/make/'] button")
    expect(page.get_by_role("heading", name="모두 만들었어요")).to_be_visible(timeout=90_000)


def take_away(page: Page) -> dict[str, Any]:
    page.goto("/awards/")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF 받기", exact=True).first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    badge = page.get_by_role("link", name="배지 파일(JSON)").first.get_attribute("href") or ""
    return page.request.get(badge).json()
