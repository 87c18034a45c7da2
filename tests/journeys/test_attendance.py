"""A teacher shows the code, a pupil's phone checks in; the teacher marks the list, loses the network and syncs."""

import re
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Locator, Page, expect

from saem.apps.cohorts.sessions.codes import codes_now
from saem.apps.cohorts.sessions.qr import qr_path
from saem.cli.demonstration.people import MAIL, NICKNAMES, PASSWORD, PIN
from saem.lib.completion import Way
from tests.journeys.line import Line, losing_the_network
from tests.journeys.site import DemoSite, look, press, sign_in, visitor

pytestmark = pytest.mark.browser
PUPIL, LATE, OFFLINE = NICKNAMES[0], NICKNAMES[1], NICKNAMES[3:5]


def test_from_the_code_to_the_list(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site, size="phone") as page:
        sign_in(page, f"teacher@{MAIL}", PASSWORD)
        page.get_by_role("link", name="시간표와 출석").first.click()
        look(page, "sessions-class-phone-ko")
        page.get_by_role("link", name="보충 수업 · 자료 다듬기: QR 보이기").click()
        look(page, "sessions-code-phone-ko")
        screen = page.url
        link = link_on(page, site)
    with visitor(browser, site, size="phone") as page:
        check_in(page, link)
    with losing_the_network(browser, site) as (page, line):
        sign_in(page, f"teacher@{MAIL}", PASSWORD)
        page.goto(urlsplit(screen).path.replace("code/in/", "list/"))
        keep_the_list(page, line)
    with visitor(browser, site, size="phone") as page:
        sign_in(page, f"teacher@{MAIL}", PASSWORD)
        page.goto(screen.replace("code/in/", "list/"))
        for name in OFFLINE:
            expect(row(page, name).locator(".tag")).to_have_text("결석")


def link_on(page: Page, site: DemoSite) -> str:
    """What a camera would read: the link whose QR code, drawn by the site's own key, is exactly what the screen shows."""
    number = int(re.search(r"/sessions/(\d+)/", page.url)[1])
    with override_settings(SECRET_KEY=(site.home / "secret_key").read_text().strip()):
        link = f"{site.url}/checkin/{number}/in/{codes_now(SimpleNamespace(pk=number), Way.IN).link}/"
    expect(page.locator("svg.qr path")).to_have_attribute("d", str(qr_path(link)["path"]))
    return link


def check_in(page: Page, link: str) -> None:
    """The phone is not signed in: the code met in time waits for it."""
    page.goto(link)
    expect(page.get_by_role("heading", name="보충 수업")).to_be_visible()
    look(page, "sessions-sign-in-phone-ko")
    page.get_by_role("link", name="별명과 PIN으로 들어가기").click()
    page.fill("input[name=nickname]", PUPIL)
    page.fill("input[name=pin]", PIN)
    press(page, "main form button.main")
    expect(page.get_by_text(f"{PUPIL} 님으로 기록해요.")).to_be_visible()
    look(page, "sessions-check-phone-ko")
    press(page, "main form button.main")
    expect(page.locator(".recorded")).to_have_text(re.compile(r"^\d\d:\d\d:\d\d에 출석했어요$"))
    look(page, "sessions-checked-phone-ko")
    page.get_by_role("link", name="내 시간표").click()
    expect(page.get_by_role("heading", name="앞으로")).to_be_visible()
    look(page, "sessions-mine-phone-ko")


def keep_the_list(page: Page, line: Line) -> None:
    expect(row(page, PUPIL).locator(".tag")).to_have_text(re.compile("입실"))
    tap(page, LATE, "late")
    expect(row(page, LATE).locator(".tag")).to_have_text(re.compile(r"지각 \d+분"))
    expect(page.locator("[data-roll-state]")).to_have_text("모두 저장했어요")
    look(page, "sessions-list-phone-ko")
    line.cut()
    for name in OFFLINE:
        tap(page, name, "absent")
    expect(page.locator("[data-roll-state]")).to_contain_text("아직 보내지 않은 2건")
    page.screenshot(path="var/screenshots/sessions-offline-phone-ko.png")
    line.mend()
    expect(page.locator("[data-roll-state]")).to_have_text("모두 저장했어요")
    for name in OFFLINE:
        expect(row(page, name).locator(".tag")).to_have_text("결석")


def row(page: Page, name: str) -> Locator:
    return page.locator(f"[data-person][data-name='{name}']")


def tap(page: Page, name: str, choice: str) -> None:
    row(page, name).locator(f".segments label:has(input[value={choice}])").click()
