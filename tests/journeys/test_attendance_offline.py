"""A list in a room without Wi-Fi: reloaded, marked, closed and opened again; later all of it arrives once."""

import sqlite3
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from saem.cli.demonstration.people import MAIL, NICKNAMES, PASSWORD
from tests.journeys.line import Line, losing_the_network
from tests.journeys.site import DemoSite, look, press, sign_in, visitor
from tests.journeys.test_attendance import row, tap

pytestmark = pytest.mark.browser
THREE, CONFLICT = NICKNAMES[5:8], NICKNAMES[8]
FOUR = [*THREE, CONFLICT]
ON_DEVICE = """async () => {
  const kept = [];
  for (const name of await caches.keys()) kept.push(...(await (await caches.open(name)).keys()).map((one) => one.url));
  const workers = (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope);
  return { kept, workers, storage: Object.keys(localStorage) };
}"""

TWO_DAYS_OLDER = """async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const one of await cache.keys()) {
      const kept = await cache.match(one, { ignoreVary: true });
      const headers = new Headers(kept.headers);
      if (!headers.has("Saem-Kept-At")) continue;
      headers.set("Saem-Kept-At", String(Number(headers.get("Saem-Kept-At")) - 48 * 3600_000));
      await cache.put(one, new Response(await kept.text(), { headers }));
    }
  }
}"""


def test_a_list_without_a_network(browser: Browser, site: DemoSite) -> None:
    with losing_the_network(browser, site) as (first, line):
        sign_in(first, f"teacher@{MAIL}", PASSWORD)
        address = open_the_list(first)
        line.cut()
        first.reload()
        expect(first.locator("[data-roll-kept]")).to_contain_text("받아 둔 출석부예요")
        for name in THREE:
            tap(first, name, "absent")
        tap(first, CONFLICT, "present")
        first.reload()
        expect(first.locator("[data-roll-state]")).to_contain_text("아직 보내지 않은 4건")
        look(first, "sessions-kept-phone-ko")
        assert changes_of(site, FOUR) == {name: [] for name in FOUR}
        a_colleague_marks(browser, site, urlsplit(address).path)
        page = opened_again(first, address)
        for name in THREE:
            expect(row(page, name).locator(".tag")).to_have_text("보내는 중")
        line.mend()
        expect(page.locator("[data-roll-state]")).to_have_text("모두 저장했어요")
        for name in THREE:
            expect(row(page, name).locator(".tag")).to_have_text("결석")
        expect(row(page, CONFLICT).locator(".tag")).to_have_text("결석")
        assert changes_of(site, FOUR) == {name: ["absent"] for name in FOUR}
        expect(page.locator("[data-roll-refused] li")).to_contain_text([f"{CONFLICT}: 그사이 다른 선생님이"])
        look(page, "sessions-kept-sent-phone-ko")
        reopened_without_a_network(page, line)
        leave(page, line)


def test_nothing_of_one_teacher_is_left_to_another(browser: Browser, site: DemoSite) -> None:
    with losing_the_network(browser, site) as (page, line):
        sign_in(page, f"teacher@{MAIL}", PASSWORD)
        address = open_the_list(page)
        # Their session runs out, as on a tablet that lies in the staff room.
        page.context.clear_cookies()
        sign_in(page, f"applicant@{MAIL}", PASSWORD)
        wait_for(page, lambda found: not found["kept"])
        line.cut()
        with pytest.raises(Error, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
            page.goto(address)


def test_few_lists_are_kept_and_not_for_long(browser: Browser, site: DemoSite) -> None:
    with losing_the_network(browser, site) as (page, line):
        sign_in(page, f"teacher@{MAIL}", PASSWORD)
        address = open_the_list(page)
        for number in range(1, 8):
            page.goto(f"{address}?page={number}")
        newest = {f"{address}?page={number}" for number in range(3, 8)}
        wait_for(page, lambda found: {one for one in found["kept"] if "/static/" not in one} == newest)
        page.goto(f"{address}?q=가")
        assert f"{address}?page=7" in page.evaluate(ON_DEVICE)["kept"]
        assert not [one for one in page.evaluate(ON_DEVICE)["kept"] if "q=" in one]
        page.evaluate(TWO_DAYS_OLDER)
        line.cut()
        with pytest.raises(Error, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
            page.goto(f"{address}?page=7")
        line.mend()
        page.goto("/")
        assert wait_for(page, lambda found: not found["kept"] and not found["workers"])


def open_the_list(page: Page) -> str:
    page.get_by_role("link", name="시간표와 출석").first.click()
    page.get_by_role("link", name="보충 수업 · 자료 다듬기: QR 보이기").click()
    page.wait_for_url("**/code/in/")
    page.goto(page.url.replace("code/in/", "list/"))
    found = wait_for(page, lambda found: page.url in found["kept"])
    assert found["workers"] == [page.url]
    others = [one for one in found["kept"] if one != page.url]
    assert others
    assert all("/static/" in one for one in others)
    return page.url


def wait_for(page: Page, is_so: Callable[[dict[str, list[str]]], bool]) -> dict[str, list[str]]:
    for _try in range(100):
        found = page.evaluate(ON_DEVICE)
        if is_so(found):
            return found
        page.wait_for_timeout(100)
    pytest.fail(f"the device still has {found}")


def opened_again(page: Page, address: str) -> Page:
    """The tab was closed; another one opens the list."""
    context = page.context
    page.close()
    other = context.new_page()
    other.goto(address)
    return other


def a_colleague_marks(browser: Browser, site: DemoSite, address: str) -> None:
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        page.goto(address)
        tap(page, CONFLICT, "absent")
        expect(page.locator("[data-roll-state]")).to_have_text("모두 저장했어요")


def reopened_without_a_network(page: Page, line: Line) -> None:
    """What was sent from the kept page stands on it when it is opened once more, and can be changed."""
    line.cut()
    page.reload()
    expect(row(page, THREE[0]).locator(".tag")).to_have_text("결석")
    tap(page, THREE[0], "present")
    line.mend()
    expect(page.locator("[data-roll-state]")).to_have_text("모두 저장했어요")
    expect(row(page, THREE[0]).locator(".tag")).to_have_text("출석")
    expect(page.locator("[data-roll-refused]")).to_be_hidden()
    tap(page, THREE[0], "absent")
    expect(row(page, THREE[0]).locator(".tag")).to_have_text("결석")


def leave(page: Page, line: Line) -> None:
    """Marks that were not sent are not thrown away unsaid; then nothing stays."""
    line.cut()
    tap(page, THREE[1], "present")
    page.locator("header form[action$='/logout/'] button").click()
    expect(page.locator("#toasts")).to_contain_text("아직 보내지 않은 출석 표시")
    tap(page, THREE[1], "absent")
    line.mend()
    expect(page.locator("[data-roll-state]")).to_have_text("모두 저장했어요")
    press(page, "header form[action$='/logout/'] button")
    assert wait_for(page, lambda found: not found["kept"]) == {"kept": [], "workers": [], "storage": []}


def changes_of(site: DemoSite, names: list[str]) -> dict[str, list[str]]:
    """Every change of these people's marks, oldest first, as the database has it."""
    found: dict[str, list[str]] = {}
    with sqlite3.connect(f"file:{site.home}/saem.sqlite3?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT e.nickname, c.after FROM cohorts_recordchange c JOIN cohorts_enrolment e ON e.id = c.enrolment_id"
            " JOIN cohorts_session s ON c.field = 'session:' || s.id WHERE s.title = '보충 수업 · 자료 다듬기' ORDER BY c.id"
        )
        for name, after in rows:
            found.setdefault(name, []).append(after)
    return {name: found.get(name, []) for name in names}
