"""Totals against the whole plan, and who can still pass: against every future of the sessions that are left."""

import datetime as dt
import random
from fractions import Fraction
from itertools import product

import pytest

from saem.lib.completion.attendance import Chance, can_still_pass, count
from saem.lib.completion.errors import PlanError
from saem.lib.completion.presence import AttendancePolicy, Presence
from saem.lib.completion.rounding import Bound, Rounding, bound_of
from saem.lib.completion.sessions import Session
from tests.lib.completion.facts_of import DAY, at, marked, session

POLICY = AttendancePolicy(excuses={"official": "present", "illness": "not_planned"})
FUTURES = (
    *(marked("present"), marked("absent"), marked("present", late=7), marked("excused", excuse="official")),
    marked("excused", excuse="illness"),
)


def plan(*minutes: int) -> list[Session]:
    """One session a day, each from 10:00."""
    days = (DAY + dt.timedelta(days=day) for day in range(len(minutes)))
    return [
        session(f"s{at}", "10:00", f"{10 + m // 60}:{m % 60:02d}", day=day)
        for at, (day, m) in enumerate(zip(days, minutes, strict=True))
    ]


def evening(day: int) -> dt.datetime:
    return at("20:00", DAY + dt.timedelta(days=day))


def test_the_plan_is_the_whole_not_what_is_past():
    found = count(plan(60, 60), {"s0": marked("present")}, POLICY, evening(0))
    assert (found.percent, found.best, found.planned) == (50, 7200, 7200)


def test_two_sessions_of_one_id():
    with pytest.raises(PlanError):
        count([session("a"), session("a", day=DAY + dt.timedelta(days=1))], {}, POLICY, evening(0))


def test_everybody_excused_has_no_share():
    found = count(plan(60, 60), dict.fromkeys(("s0", "s1"), marked("excused", excuse="illness")), POLICY, evening(3))
    assert (found.planned, found.percent, found.excused) == (0, None, 7200)
    with pytest.raises(ZeroDivisionError):
        can_still_pass(found, Bound(Fraction(90)))
    credited = count(plan(60), {"s0": marked("excused", excuse="official")}, POLICY, evening(3))
    assert credited.percent == 100


@pytest.mark.parametrize(
    ("past", "chance", "spare"),
    [
        ("present", Chance.AT_RISK, 20),
        ("absent", Chance.NO, -40),
    ],
)
def test_can_still_pass(past: str, chance: Chance, spare: int):
    """200 planned minutes, 180 wanted: missing one of four sessions of 50 would be too much, from the first day on."""
    sessions = plan(60, 50, 50, 40)
    found = can_still_pass(count(sessions, {"s0": marked(past)}, POLICY, evening(0)), Bound(Fraction(90)))
    assert (found.chance, found.needed, found.spare) == (chance, 180, spare)


def test_the_warning_looks_at_as_many_sessions_as_declared():
    attendance = count(plan(60, 60, 60, 60), {"s0": marked("present")}, POLICY, evening(0))
    fifty = Bound(Fraction(50))
    assert can_still_pass(attendance, fifty, warn_sessions=2).chance is Chance.YES
    assert can_still_pass(attendance, fifty, warn_sessions=3).chance is Chance.AT_RISK
    assert can_still_pass(attendance, Bound(Fraction(25))).chance is Chance.MET


def ends_well(sessions: list[Session], presences: dict[str, Presence], percent: Fraction, rounding: Rounding) -> bool:
    found = count(sessions, presences, POLICY, evening(30))
    return found.percent is not None and rounding.of(found.percent) >= percent


@pytest.mark.parametrize("seed", range(40))
def test_against_every_future(seed: int):
    """No: no future passes. Met: all do. At risk: missing the longest session that is left loses it."""
    draw = random.Random(seed)
    sessions = plan(*(draw.choice((10, 30, 45, 60)) for _ in range(5)))
    done = draw.randint(1, 4)
    history = {f"s{day}": draw.choice(FUTURES) for day in range(done)}
    percent, rounding = (
        Fraction(draw.choice((50, 70, 80, 90))),
        Rounding(mode=draw.choice(("exact", "down", "half_up", "up"))),
    )
    attendance = count(sessions, history, POLICY, evening(done - 1))
    if not attendance.planned:
        return
    found = can_still_pass(attendance, bound_of(percent, rounding))
    left = [each.id for each in sessions[done:]]
    ends = [
        ends_well(sessions, history | dict(zip(left, future, strict=True)), percent, rounding)
        for future in product(FUTURES, repeat=len(left))
        # Who is excused from all that is planned has no share at all, which a rule decides and not a chance.
        if count(sessions, history | dict(zip(left, future, strict=True)), POLICY, evening(30)).planned
    ]
    assert (found.chance is Chance.NO) == (not any(ends))
    assert (found.chance is Chance.MET) <= all(ends)
    if found.chance in (Chance.YES, Chance.AT_RISK):
        longest = max(sessions[done:], key=lambda each: each.seconds)
        future = {name: marked("absent" if name == longest.id else "present") for name in left}
        assert ends_well(sessions, history | future, percent, rounding) == (found.chance is Chance.YES)


@pytest.mark.parametrize("seed", range(20))
def test_the_spare_minutes_are_exactly_what_can_be_missed(seed: int):
    draw = random.Random(seed)
    sessions = plan(*(draw.choice((30, 45, 60, 90)) for _ in range(6)))
    found = can_still_pass(count(sessions, {}, POLICY, at("00:00")), Bound(Fraction(draw.choice((50, 80, 90)))))
    wanted, spare = found.needed, int(found.spare)
    for missed, passes in ((spare, True), (spare + 1, False)):
        left, presences = missed, {}
        for each in sessions:
            late = min(left, each.seconds // 60)
            left -= late
            presences[each.id] = marked("present", late=late)
        assert (count(sessions, presences, POLICY, evening(30)).present / 60 >= wanted) == passes
