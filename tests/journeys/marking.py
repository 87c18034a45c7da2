"""Steps of reviews: peers behind aliases, a teacher's two pages from the open work to the told mark, the result as read."""

import re
import time
from collections import Counter

from playwright.sync_api import Page, Request, expect

from tests.journeys.site import look, press
from tests.journeys.stages import FIGURE_WIDTH

PEER_WORDS = "기준을 먼저 정하고 시작한 점을 본받고 싶어요."
LAST_WORDS = "기준을 먼저 정한 것이 가장 좋았어요."
COUNT_PRESSES = """for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => saemPressed(), true);"""


class Ledger:
    """What somebody's work on pages takes: presses, pages loaded, the site's time for all that it was asked, and seconds
    from beginning to end, which leave the rest of ten minutes to a reader.

    `kinds` are the pages' addresses with their numbers left out.
    """

    def __init__(self, page: Page) -> None:
        self.presses = 0
        self.kinds: Counter[str] = Counter()
        self.milliseconds, self.began = 0.0, 0.0
        page.expose_function("saemPressed", self._pressed)
        page.add_init_script(COUNT_PRESSES)
        page.on("requestfinished", self._finished)

    def __str__(self) -> str:
        pages = ", ".join(f"{kind} {times} times" for kind, times in self.kinds.items())
        return f"{self.presses} presses, {self.milliseconds:.0f} ms of the site, {self.seconds:.0f} s in all, {pages}"

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def begin(self) -> None:
        self.presses, self.milliseconds, self.began = 0, 0.0, time.monotonic()
        self.kinds.clear()

    def _pressed(self) -> None:
        self.presses += 1

    def _finished(self, request: Request) -> None:
        if request.resource_type not in {"document", "xhr", "fetch"}:
            return
        self.milliseconds += request.timing["responseStart"] - request.timing["requestStart"]
        if request.resource_type == "document" and request.method == "GET":
            self.kinds[re.sub(r"\d+", "N", request.url.split("?")[0])] += 1


def deal_again(page: Page, name: str) -> str:
    """A team that came late is dealt to reviewers; returns one who has it and has written nothing yet."""
    page.locator("main a[href$='/marking/']").first.click()
    page.locator("main a[href$='/peers/']").first.click()
    press(page, "main button[value=deal]")
    look(page, "peer-round-desktop-ko")
    row = page.locator("main tbody tr").filter(has=page.locator("td:last-child", has_text=name)).filter(has_text="0/1")
    return row.first.locator("th").inner_text()


def review(page: Page, hidden: tuple[str, ...], words: str, *, picture: str = "") -> None:
    """From one's tasks: give every criterion a level and return the review. Nothing `hidden` stands anywhere."""
    page.locator("main a[href*='/peer-tasks/']").first.click()
    text = page.locator("main").inner_text()
    assert not [each for each in hidden if each in text]
    for form in page.locator("main form[action*='/criteria/']").all():
        form.locator("label.level").nth(2).tap()
        expect(form.locator("output")).to_contain_text("저장했어요")
    if picture:
        look(page, picture)
    page.locator("main form[action$='/return/'] textarea").fill(words)
    press(page, "main form[action$='/return/'] button")
    expect(page.locator("main p.note.good")).to_be_visible()


def end_round(page: Page) -> None:
    press(page, "main button[value=close]")
    press(page, "main button[value=tell]")


def compare_code(page: Page) -> None:
    """Have the cohort's code compared, so that a marker sees what is alike; ends at the list of teams to mark."""
    page.locator(".crumb a").last.click()
    look(page, "marking-board-desktop-ko")
    page.locator("main a[href$='/agreement/']").click()
    look(page, "agreement-desktop-ko")
    page.locator(".crumb a").last.click()
    page.locator("main a[href$='/similarity/']").click()
    look(page, "similarity-desktop-ko")
    press(page, "main form button")
    expect(page.get_by_role("heading", name="같은 곳이 많은 쌍부터")).to_be_visible(timeout=60_000)
    look(page, "similarity-found-desktop-ko")
    page.locator(".crumb a").last.click()


def mark(page: Page, name: str, *, said: tuple[str, ...]) -> Ledger:
    """From the open list of teams to the told result. `said` stands around the work, from the log to the reflections."""
    ledger = Ledger(page)
    page.reload()
    ledger.begin()
    page.get_by_role("link", name=f"채점하기 · {name}").click()
    for text in said:
        expect(page.locator("main")).to_contain_text(text)
    unfold(page)
    comment_on_cell(page, "실험 노트북")
    look(page, "marking-desktop-ko")
    page.set_viewport_size({"width": 360, "height": 740})
    look(page, "marking-phone-ko")
    page.set_viewport_size({"width": 1280, "height": 900})
    give_levels(page)
    page.fill("main form[action$='/finish/'] textarea", LAST_WORDS)
    press(page, "main button[value=finish]")
    page.locator(".crumb a").last.click()
    expect(page.locator("main .list > li", has_text=name)).to_contain_text("마침")
    press(page, "main form[action$='/tell/'] button")
    return ledger


def unfold(page: Page) -> None:
    """What is asked for once it is opened: a verdict, similar code, the talk with the mentor; a figure is there already."""
    figure = page.locator("main img[src$='/picture']")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_js_property("naturalWidth", FIGURE_WIDTH)
    for summary, shown in (
        ("채점 결과 보기", "main [data-state=scored]"),
        ("비슷한 코드", "main [id^=passages] table.diff"),
        ("멘토와 나눈 이야기", "main #thread li"),
    ):
        page.locator("main summary", has_text=summary).first.click()
        expect(page.locator(shown).first).to_be_visible()


def comment_on_cell(page: Page, about: str) -> None:
    """A word at a cell, said and seen without leaving the page."""
    before = page.url
    page.locator("main summary", has_text=f"줄마다 이야기하기 · {about}").click()
    words = page.locator("main [id^=words]")
    words.get_by_role("link", name="2번 칸", exact=True).click()
    words.locator("textarea").fill("왜 이렇게 나누었는지 적은 점이 좋아요.")
    words.get_by_role("button", name="남기기").click()
    expect(words.locator(".note", has_text="왜 이렇게 나누었는지")).to_be_visible()
    assert page.url == before


def give_levels(page: Page) -> None:
    """The third level of every criterion, one press each; the first by keyboard, from the level below."""
    for place, form in enumerate(page.locator("main form[action*='/criteria/']").all()):
        level = form.locator("input[type=radio]").nth(2)
        if place == 0:
            form.locator("input[type=radio]").nth(1).focus()
            with page.expect_response("**/criteria/**"):
                page.keyboard.press("ArrowDown")
        else:
            level.click()
        expect(level).to_be_checked()
        expect(form.locator("output")).to_contain_text("저장했어요")
