"""Steps of a team: its code, what each stage asks for, its log, its files; and of the teacher who decides at the gates."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.journeys.site import look, press

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "programs/rain-tomorrow/projects/rain"
STARTER, NOTEBOOK = PROJECT / "starter.ko.ipynb", PROJECT / "solution/notebook.ipynb"
SAVE = "main form.form button.main"


def form_team(page: Page, name: str) -> str:
    """Found a team from the project's page; returns the code that lets others in."""
    to_project(page)
    page.locator("main a[href$='/team/']").click()
    look(page, "team-entrance-phone-ko")
    page.fill("input[name=name]", name)
    press(page, "main form[action$='/team/new/'] button")
    return page.locator("main .big-num").inner_text()


def come_in(page: Page, name: str, code: str) -> None:
    to_project(page)
    page.locator("main a[href$='/team/']").click()
    page.fill("input[name=code]", code.lower())
    press(page, "main form[action$='/team/join/'] button")
    expect(page.locator("main h1")).to_have_text(name)


def to_project(page: Page) -> None:
    """From the home page, as a pupil goes."""
    page.goto("/")
    page.locator("a[href*='/projects/']").first.click()


def to_team(page: Page) -> None:
    page.goto("/")
    page.locator("main a[href^='/teams/']").first.click()


def give(page: Page, team: str, stage: str, ask: str, given: str | Path | FilePayload | Mapping[str, str]) -> None:
    """Hand in one thing: a text, a file, or the answers of a card."""
    page.goto(f"{team}stages/{stage}/evidence/{ask}/")
    if isinstance(given, str):
        page.fill("main [name=text], main [name=link]", given)
    elif isinstance(given, Path) or "buffer" in given:
        page.set_input_files("main input[type=file]", given)
    else:
        for name, answer in given.items():
            fill(page.locator(f"main [name={name}]"), answer)
    press(page, SAVE)
    expect(page.locator("main h1 + p")).to_be_visible()


def fill(control: Locator, answer: str) -> None:
    if control.evaluate("element => element.tagName") == "SELECT":
        control.select_option(answer)
    else:
        control.fill(answer)


def hand_in(page: Page, team: str, stage: str) -> None:
    page.goto(f"{team}stages/{stage}/")
    press(page, "main form[action$='/hand-in/'] button.main")


def to_class_teams(page: Page) -> None:
    page.goto("/")
    page.locator("main a[href^='/classes/']").first.click()
    page.locator("main a[href$='/teams/']").first.click()


def decide(page: Page, name: str, outcome: str, comment: str, *, picture: str = "") -> Locator:
    """Find the team on the board of the class and decide at its gate; returns the team's line on that board."""
    page.get_by_role("link", name=f"확인하기 · {name}").click()
    page.fill("textarea[name=comment]", comment)
    if picture:
        look(page, picture)
    press(page, f"main button[value={outcome}]")
    page.locator(".crumb a").first.click()
    return page.locator("main .list > li", has_text=name)


def write_log(page: Page, team: str, lines: Mapping[str, str]) -> None:
    page.goto(f"{team}log/")
    for name, words in lines.items():
        page.fill(f"main [name={name}]", words)
    press(page, SAVE)


def reflect(page: Page, team: str, text: str) -> None:
    page.goto(f"{team}reflection/")
    page.fill("main textarea[name=text]", text)
    press(page, SAVE)


def tell_ai_use(page: Page, team: str, told: Mapping[str, str]) -> None:
    page.goto(f"{team}ai-use/")
    page.check(f"main [name=purpose][value={told['purpose']}]")
    for name in told.keys() - {"purpose"}:
        page.fill(f"main [name={name}]", told[name])
    press(page, SAVE)


def submit(page: Page, file: Path | FilePayload) -> None:
    """Hand in to be graded, and wait for the verdict."""
    to_project(page)
    page.set_input_files("input[type=file]", file)
    page.click("form:has(input[type=file]) button.main")
    expect(page.locator("[data-state=scored]")).to_have_count(1, timeout=90_000)


def predictions(page: Page, rule: Callable[[Mapping[str, str]], int]) -> FilePayload:
    """A file made of the project's test data, by a rule for one day."""
    to_project(page)
    address = page.locator("a[href$='/files/test.csv']").first.get_attribute("href") or ""
    days = csv.DictReader(io.StringIO(page.request.get(address).text()))
    lines = ["id,rain_tomorrow", *(f"{day['id']},{rule(day)}" for day in days)]
    return {"name": "submission.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}


def read_board(page: Page, nickname: str) -> None:
    """One's own score with its band, among the baselines."""
    to_project(page)
    page.locator("main a[href$='/board/']").first.click()
    mine = page.locator("main tbody tr.me")
    expect(mine).to_contain_text(nickname)
    expect(mine.locator("td").nth(2)).to_contain_text("–")
    expect(page.locator("main tbody tr.base").first).to_be_visible()


def give_model_card(page: Page, team: str, card: Mapping[str, str]) -> None:
    """Of the newest graded file, with the score that it has there; the card is looked at against the verdict."""
    page.goto(f"{team}stages/present/evidence/card/")
    newest = page.locator("main [name=submission] option").nth(1)
    score = newest.inner_text().rpartition("· ")[2].strip()
    give(page, team, "present", "card", {**card, "submission": newest.get_attribute("value") or "", "score": score})


def team_of(page: Page) -> str:
    """The address of the team whose page is open."""
    return re.findall(r"/teams/\d+/", page.url)[0]
