"""Codes that run out, and the pass that outlives them for one browser."""

import datetime as dt

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from saem.apps.cohorts.sessions import codes
from saem.lib.completion import Way
from tests.apps.cohorts.sessions.a_session import a_session, at
from tests.cast import a_classroom

NOW = dt.datetime(2026, 11, 28, 1, 0, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


class OfNumber:
    """All that a code is made of is the session's number."""

    def __init__(self, pk: int) -> None:
        self.pk = pk


def code_at(moment: dt.datetime, pk: int = 7, way: Way = Way.IN) -> codes.Codes:
    return codes.codes_now(OfNumber(pk), way, moment)


def test_a_code_opens_while_it_is_shown_and_half_a_minute_longer():
    code = code_at(NOW)
    for text in (code.link, code.typed):
        assert codes.opens(7, Way.IN, text, NOW)
        assert codes.opens(7, Way.IN, text, NOW + 59 * SECOND)
        assert not codes.opens(7, Way.IN, text, NOW + 60 * SECOND)
        assert not codes.opens(7, Way.IN, text, NOW - SECOND)


def test_a_code_is_of_one_session_and_one_way():
    code = code_at(NOW)
    assert not codes.opens(8, Way.IN, code.link, NOW)
    assert not codes.opens(7, Way.OUT, code.link, NOW)
    assert not code.link.startswith(code.typed)


def test_in_the_hour_that_comes_twice_a_code_opens_once():
    """At one time of day in New York, an hour apart: the night of 1 November 2026."""
    first, second = (dt.datetime.fromisoformat(f"2026-11-01T01:30:00-0{hours}:00") for hours in (4, 5))
    assert first.replace(tzinfo=None) == second.replace(tzinfo=None)
    code = code_at(first)
    assert codes.opens(7, Way.IN, code.typed, first)
    assert not codes.opens(7, Way.IN, code.typed, second)


def test_a_code_from_before_the_servers_clock_was_set_back_opens_nothing():
    code = code_at(NOW)
    assert not codes.opens(7, Way.IN, code.typed, NOW - dt.timedelta(hours=1))
    assert codes.opens(7, Way.IN, code_at(NOW - dt.timedelta(hours=1)).typed, NOW - dt.timedelta(hours=1))


@pytest.mark.parametrize("code", ["", "A", "ABCDEF", "한글코드여섯자", "A" * 16, "A" * 500])
def test_anything_else_opens_nothing(code: str):
    assert not codes.opens(7, Way.IN, code, NOW)


def test_the_screen_knows_how_long_its_code_is_shown():
    assert code_at(NOW + 12 * SECOND).seconds_left == 18


def test_another_secret_makes_other_codes(settings: object):
    before = code_at(NOW)
    settings.SECRET_KEY = "another"
    assert code_at(NOW) != before


def passed(met: dt.datetime, asked: dt.datetime) -> codes.Pass | None:
    answer = HttpResponse()
    with at(met):
        codes.give_pass(answer, 7, Way.IN)
    request = RequestFactory().get("/")
    request.COOKIES[codes.COOKIE] = answer.cookies[codes.COOKIE].value
    return codes.pass_of(request)


def test_a_pass_remembers_when_the_code_was_met():
    met = timezone.now() - 20 * SECOND
    found = passed(met, met)
    assert found is not None
    assert (found.session, found.way) == (7, Way.IN)
    assert abs(found.met_at - met) < SECOND


def test_a_pass_cannot_be_made_by_hand():
    request = RequestFactory().get("/")
    for forged in ("7:in:1795870800.0", "7:in:1795870800.0:AAAA:BBBB", "", "x"):
        request.COOKIES[codes.COOKIE] = forged
        assert codes.pass_of(request) is None


def test_a_pass_runs_out(monkeypatch: pytest.MonkeyPatch):
    answer = HttpResponse()
    codes.give_pass(answer, 7, Way.IN)
    request = RequestFactory().get("/")
    request.COOKIES[codes.COOKIE] = answer.cookies[codes.COOKIE].value
    now = timezone.now().timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + codes.PASS_SECONDS + 2)
    assert codes.pass_of(request) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "takes_in", "takes_out"),
    [
        (-61, False, False),
        (-59, True, False),
        (0, True, True),
        (119, True, True),
        (120, False, True),
        (181, False, False),
    ],
)
def test_when_people_may_come_and_go(minutes: int, takes_in: bool, takes_out: bool):
    session = a_session(a_classroom())
    moment = session.starts_at + dt.timedelta(minutes=minutes)
    assert (codes.takes(session, Way.IN, moment), codes.takes(session, Way.OUT, moment)) == (takes_in, takes_out)
    session.cancelled_at = moment
    assert not codes.takes(session, Way.IN, moment)
