"""A child from the call to the badge: guardian's consent, a selection, an appeal that wins a seat, a course, a badge."""

import pytest
from playwright.sync_api import Browser, Page, expect

from saem.cli.demonstration.people import MAIL, NICKNAMES, PASSWORD
from tests.journeys.applying import CHILD, apply, hand_over, recommend, record_consent
from tests.journeys.finishing import hold_a_session, make_awards, take_away
from tests.journeys.selecting import CALL, accept, answer, appeal, close_call, decide, declare, review
from tests.journeys.site import DemoSite, join, look, press, sign_in, visitor
from tests.journeys.verifying import independent_verdict

pytestmark = pytest.mark.browser
PUPIL = NICKNAMES[5]


def test_from_the_call_to_the_badge(browser: Browser, site: DemoSite) -> None:
    apply_with_consent(browser, site)
    call = be_selected(browser, site)
    win_by_appeal(browser, site, call)
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        complete(page, call)
    with visitor(browser, site, size="phone") as page:
        join(page, PUPIL)
        credential = take_away(page)
    with visitor(browser, site) as page:
        verdict = independent_verdict(page, credential)
        assert (verdict["verified"], verdict["isSet"]) == (True, False), verdict["errors"]


def apply_with_consent(browser: Browser, site: DemoSite) -> None:
    with visitor(browser, site, size="phone") as page:
        page.goto("/calls/")
        look(page, "calls-catalogue-phone-ko")
        page.get_by_role("link", name=CALL).click()
        expect(page.get_by_role("heading", name="준비할 것")).to_be_visible()
        look(page, "calls-call-phone-ko")
        join(page, PUPIL)
        application = apply(page)
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        link = hand_over(page)
    with visitor(browser, site, size="phone") as page:
        recommend(page, link)
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        record_consent(page)
    with visitor(browser, site, size="phone") as page:
        join(page, PUPIL)
        page.goto(application)
        expect(page.get_by_text("필요한 것을 모두 갖췄어요")).to_be_visible()
        look(page, "calls-complete-phone-ko")


def be_selected(browser: Browser, site: DemoSite) -> str:
    """Two seats for others, one of whom takes hers."""
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        call = close_call(page)
        declare(page, call)
    for number, mailbox in enumerate(("reviewer", "reviewer2")):
        with visitor(browser, site, size="phone") as page:
            sign_in(page, f"{mailbox}@{MAIL}", PASSWORD)
            review(page, call, pictures=number == 0)
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        decide(page, call)
    with visitor(browser, site, size="phone") as page:
        for public in ("lottery", "rules"):
            page.goto(f"/selection/{call}/{public}/")
            look(page, f"selection-{public}-phone-ko")
        sign_in(page, f"applicant@{MAIL}", PASSWORD)
        accept(page)
    return call


def win_by_appeal(browser: Browser, site: DemoSite, call: str) -> None:
    with visitor(browser, site, size="phone") as page:
        join(page, PUPIL)
        appeal(page)
    with visitor(browser, site) as page:
        sign_in(page, f"staff@{MAIL}", PASSWORD)
        answer(page, call, CHILD)
        open_a_class(page, call)
    with visitor(browser, site, size="phone", language="en") as page:
        join(page, PUPIL)
        page.get_by_role("link", name="Advanced AI course, cohort 4: call").first.click()
        look(page, "selection-won-phone-en")
        press(page, "button[value=accept]")


def cohort_of(page: Page, call: str) -> str:
    page.goto(f"/calls/{call}/applications/")
    link = page.locator("a[href^='/cohorts/'][href$='/calls/']").first.get_attribute("href") or ""
    return link.split("/")[2]


def open_a_class(page: Page, call: str) -> None:
    """Where those who take their seats go."""
    page.goto(f"/cohorts/{cohort_of(page, call)}/classrooms/new/")
    page.fill("input[name=name]", "토요반")
    press(page, "main form button.main")
    page.goto(f"/calls/{call}/selection/results/")
    page.get_by_label("토요반").check()
    press(page, "main form.card button")


def complete(page: Page, call: str) -> None:
    """A Saturday was held, everybody came, and that is all this course asks."""
    cohort = cohort_of(page, call)
    page.goto(f"/cohorts/{cohort}/completion/rules/")
    page.fill("input[name=progress]", "")
    press(page, "main form button.main")
    hold_a_session(page, cohort, 1)
    page.goto(f"/cohorts/{cohort}/completion/")
    expect(page.locator("tbody tr").filter(has_text=CHILD)).to_contain_text("이수")
    make_awards(page, cohort)
