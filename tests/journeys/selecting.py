"""Steps of a selection: staff declare and close, reviewers read blind, a draw, results, an appeal and its answer."""

import datetime as dt
import re

from playwright.sync_api import Page, expect

from tests.journeys.site import look, press

CALL = "AI 심화 과정 4기 모집"
# Marks by what somebody wrote: reviewers see no names.
BEST, SECOND = "비가 오는 날을 미리", "우산을 자주"


def close_call(page: Page) -> str:
    """Move the deadline to a minute ago, and stop waiting for what has not come."""
    page.get_by_role("listitem").filter(has_text="AI 심화 과정 4기").get_by_role("link", name="모집").click()
    page.get_by_role("link", name=CALL).click()
    call = re.findall(r"/calls/(\d+)/", page.url)[0]
    page.get_by_role("link", name="모집 설정").click()
    seoul = dt.timezone(dt.timedelta(hours=9))
    page.fill("input[name=closes_at]", f"{dt.datetime.now(seoul) - dt.timedelta(minutes=20):%Y-%m-%dT%H:%M}")
    page.fill("input[name=followup_days]", "0")
    press(page, "main form button.main")
    return call


def declare(page: Page, call: str) -> None:
    page.get_by_role("link", name="심사와 선발").click()
    look(page, "selection-overview-desktop-ko")
    page.get_by_role("link", name="선발 기준").first.click()
    page.fill("input[name=seats]", "2")
    page.fill("input[name=reserve]", "1")
    page.fill("textarea[name=reason]", "교육장 공사로 이번에는 두 명만 뽑아요.")
    look(page, "selection-declare-desktop-ko")
    press(page, "button[name=declare]")
    expect(page.get_by_text("선발 기준을 선언했어요")).to_be_visible()
    page.get_by_role("link", name="서류 심사").click()
    press(page, "form[action$='/assign/'] button.main")
    expect(page.get_by_text("새로 맡은 심사자에게 알렸어요")).to_be_visible()
    look(page, "selection-stage-desktop-ko")
    page.goto(f"/calls/{call}/selection/reviewers/")
    look(page, "selection-reviewers-desktop-ko")


def review(page: Page, call: str, *, pictures: bool) -> None:
    """Hand in every reading; the marks follow what was written."""
    page.get_by_role("link", name=CALL).click()
    if pictures:
        look(page, "selection-mine-phone-ko")
    while page.locator(".tag.wait").count():
        page.locator("li", has=page.locator(".tag.wait")).first.get_by_role("link").click()
        text = page.locator("main").inner_text()
        assert "윤지원" not in text
        mark = "9" if BEST in text else "6" if SECOND in text else "5"
        for name in ("c1", "c2", "c3"):
            page.fill(f"input[name='c.{name}']", mark)
        if pictures:
            page.fill("input[name='c.c1']", "99")
            press(page, "button[value=submit]")
            expect(page.locator(".has-error")).to_be_visible()
            look(page, "selection-reading-phone-ko")
            page.fill("input[name='c.c1']", mark)
            pictures = False
        press(page, "button[value=submit]")
    page.goto(f"/reviewing/{call}/")


def decide(page: Page, call: str) -> None:
    page.goto(f"/calls/{call}/selection/draw/")
    page.fill("input[name=public_value]", "7 11 16 35 36 44")
    look(page, "selection-draw-desktop-ko")
    press(page, "main form button.main")
    expect(page.get_by_text("순서를 추첨하고 비밀 값을 공개했어요")).to_be_visible()
    press(page, "form[action$='/settle/'] button")
    expect(page.get_by_text("까지 결과를 계산했어요")).to_be_visible()
    look(page, "selection-settled-desktop-ko")
    page.get_by_role("link", name="결과 미리 보기").click()
    expect(page.get_by_text("계산한 때")).to_be_visible()
    look(page, "selection-preview-desktop-ko")
    press(page, "form[action$='/publish/'] button")
    expect(page.get_by_text("결과를 발표했어요")).to_be_visible()
    look(page, "selection-published-desktop-ko")
    page.get_by_role("link", name="결과와 등록 보기").click()
    look(page, "selection-results-desktop-ko")


def accept(page: Page) -> None:
    page.get_by_role("link", name=CALL).first.click()
    look(page, "selection-offer-phone-ko")
    press(page, "button[value=accept]")
    expect(page.get_by_text("등록했어요").first).to_be_visible()
    look(page, "selection-accepted-phone-ko")


def appeal(page: Page) -> None:
    page.get_by_role("link", name=CALL).first.click()
    page.get_by_role("link", name="이의 신청하기").click()
    page.fill("textarea[name=text]", "활동을 하나 빠뜨리고 보신 것 같아요.")
    look(page, "selection-appeal-phone-ko")
    press(page, "main form button.main")
    expect(page.get_by_text("이의 신청을 받았어요")).to_be_visible()
    look(page, "selection-appealed-phone-ko")


def answer(page: Page, call: str, who: str) -> None:
    page.goto(f"/calls/{call}/selection/appeals/")
    page.get_by_role("link", name=who).click()
    page.fill("textarea[name=answer]", "빠뜨린 활동을 보고 점수를 바로잡았어요.")
    page.locator("input[name=state][value=upheld]").check()
    for control in page.locator("fieldset input[inputmode=decimal]").all():
        control.fill("10")
    look(page, "selection-answer-desktop-ko")
    press(page, "main form button.main")
    expect(page.get_by_text("이의 신청에 따라 결정 1개를 새로 알렸어요")).to_be_visible()
    page.goto(f"/calls/{call}/selection/results/")
    page.get_by_role("link", name=who).click()
    for fold in page.locator("details").all():
        fold.locator("summary").click()
    look(page, "selection-candidate-desktop-ko")
