"""Minutes of one person in one session."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from saem.lib.completion.counting import Oddity, attended
from saem.lib.completion.errors import PresenceError
from saem.lib.completion.presence import AttendancePolicy, Crossing, Mark, Presence, Status, Way
from saem.lib.completion.spans import seconds_of
from tests.lib.completion.facts_of import at, crossed, marked, session

PLAN = session("a", "10:00", "12:00", "11:00-11:10")
AFTER = seconds_of(at("13:00"))
STRICT = AttendancePolicy()
KIND = AttendancePolicy(
    excuses={"official": "present", "illness": "not_planned"}, missing_check_out="until_end", grace_minutes=10
)

# presence, policy → minutes present, minutes planned
CASES = [
    (Presence(), STRICT, 0, 110),
    (marked("present"), STRICT, 110, 110),
    (marked("present", late=20), STRICT, 90, 110),
    (marked("present", late=65), STRICT, 50, 110),
    (marked("present", early=30), STRICT, 80, 110),
    (marked("present", late=20, early=30), STRICT, 60, 110),
    (marked("present", late=90, early=90), STRICT, 0, 110),
    (marked("present", late=10), KIND, 110, 110),
    (marked("present", late=11), KIND, 99, 110),
    (marked("present", late=20, excuse="official"), KIND, 110, 110),
    (marked("present", late=20, excuse="illness"), KIND, 90, 90),
    (marked("absent"), KIND, 0, 110),
    (marked("excused", excuse="official"), KIND, 110, 110),
    (marked("excused", excuse="illness"), KIND, 0, 0),
    (marked("excused", excuse="holiday"), KIND, 0, 110),
    (crossed("in 10:00", "out 12:00"), STRICT, 110, 110),
    (crossed("in 09:30", "out 12:30"), STRICT, 110, 110),
    (crossed("in 10:00", "in 10:30", "out 12:00"), STRICT, 110, 110),
    (crossed("in 10:00", "out 10:30", "out 10:40"), STRICT, 30, 110),
    (crossed("in 10:00", "out 10:30", "in 10:20", "out 11:00"), STRICT, 30, 110),
    (crossed("out 12:00", "in 10:00"), STRICT, 110, 110),
    (crossed("in 10:00", "out 11:05", "in 11:10", "out 12:00"), STRICT, 110, 110),
    (crossed("in 11:02", "out 11:08"), STRICT, 0, 110),
    (crossed("in 12:00", "out 12:30"), STRICT, 0, 110),
    (crossed("in 10:30"), STRICT, 0, 110),
    (crossed("in 10:30"), KIND, 80, 110),
    (crossed("in 10:30"), AttendancePolicy(missing_check_out=15), 15, 110),
    (crossed("in 11:55"), AttendancePolicy(missing_check_out=15), 5, 110),
    (crossed("in 10:10", "out 11:50"), KIND, 110, 110),
    (crossed("in 10:11", "out 11:49"), KIND, 88, 110),
    (crossed("in 10:11", "out 11:49"), STRICT, 88, 110),
    (crossed("out 10:30"), KIND, 0, 110),
]  # fmt: skip


@pytest.mark.parametrize(("presence", "policy", "present", "planned"), CASES)
def test_minutes(presence: Presence, policy: AttendancePolicy, present: int, planned: int):
    found = attended(PLAN, presence, policy, AFTER)
    assert (found.present / 60, found.planned / 60) == (present, planned)
    assert found.best == found.present


def test_a_mark_outranks_what_a_machine_saw():
    seen = crossed("in 10:00", "out 12:00")
    corrected = Presence(crossings=seen.crossings, mark=Mark(status=Status.PRESENT, late_minutes=30))
    assert attended(PLAN, corrected, STRICT, AFTER).present == 80 * 60


def test_stretches_and_crossings_are_merged():
    presence = Presence(crossings=crossed("in 10:00", "out 10:40").crossings, stretches=((at("10:30"), at("11:30")),))
    assert attended(PLAN, presence, STRICT, AFTER).present == 80 * 60


def test_parts_of_a_minute():
    late = Presence(crossings=(Crossing(at("10:00") + dt.timedelta(seconds=1), Way.IN), Crossing(at("12:00"), Way.OUT)))
    assert attended(PLAN, late, STRICT, AFTER).present == 110 * 60 - 1
    assert attended(PLAN, late, AttendancePolicy(whole_minutes=True), AFTER).present == 109 * 60


@pytest.mark.parametrize(
    ("presence", "oddities"),
    [
        (crossed("in 10:00"), (Oddity.NO_CHECK_OUT,)),
        (crossed("out 10:00"), (Oddity.OUT_WITHOUT_IN,)),
        (marked("excused", excuse="holiday"), (Oddity.UNKNOWN_EXCUSE,)),
        (crossed("in 10:00", "out 12:00"), ()),
    ],
)
def test_oddities_are_told(presence: Presence, oddities: tuple[Oddity, ...]):
    assert attended(PLAN, presence, STRICT, AFTER).oddities == oddities


# presence, now → minutes present, most that it can still come to
RUNNING = [
    (Presence(), "09:00", 0, 110),
    (Presence(), "11:05", 0, 50),
    (crossed("in 10:00"), "10:30", 0, 110),
    (crossed("in 10:00"), "12:00", 0, 110),
    (crossed("in 10:00"), "12:29", 0, 110),
    (crossed("in 10:00"), "12:30", 0, 0),
    (crossed("in 10:00", "out 12:30"), "12:40", 110, 110),
    (crossed("in 10:00", "out 12:31"), "12:40", 0, 0),
    (crossed("in 10:00", "out 10:20", "in 10:40"), "11:00", 20, 90),
    (crossed("in 10:00", "out 10:20"), "10:30", 20, 100),
    (marked("present"), "10:30", 30, 110),
    (marked("present", late=20), "10:30", 10, 90),
    (marked("present", early=30), "10:30", 30, 80),
    (marked("absent"), "10:30", 0, 80),
    (marked("excused", excuse="official"), "09:00", 110, 110),
    (marked("excused", excuse="illness"), "09:00", 0, 0),
]


@pytest.mark.parametrize(("presence", "now", "present", "best"), RUNNING)
def test_while_a_session_runs(presence: Presence, now: str, present: int, best: int):
    policy = AttendancePolicy(excuses=KIND.excuses)
    found = attended(PLAN, presence, policy, seconds_of(at(now)))
    assert (found.present / 60, found.best / 60) == (present, best)


def test_within_the_grace_nothing_is_lost_yet():
    assert attended(PLAN, Presence(), KIND, seconds_of(at("10:10"))).best == 110 * 60
    assert attended(PLAN, Presence(), KIND, seconds_of(at("10:11"))).best == 99 * 60


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": Status.PRESENT, "late_minutes": -1},
        {"status": Status.EXCUSED},
        {"status": Status.ABSENT, "excuse": "illness"},
        {"status": Status.ABSENT, "late_minutes": 5},
    ],
)
def test_marks_that_cannot_be(wrong: dict[str, object]):
    with pytest.raises(PresenceError):
        Mark(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(("now", "present", "best"), [("10:10", 10, 110), ("10:30", 15, 110), ("12:30", 15, 15)])
def test_who_is_in_has_what_a_missing_check_out_would_leave(now: str, present: int, best: int):
    policy = AttendancePolicy(missing_check_out=15)
    found = attended(PLAN, crossed("in 10:00"), policy, seconds_of(at(now)))
    assert (found.present / 60, found.best / 60) == (present, best)


MOMENTS = st.lists(st.tuples(st.integers(-30, 150), st.sampled_from(Way)), max_size=8)


@given(MOMENTS, st.sampled_from([STRICT, KIND]), st.integers(-20, 150), st.integers(0, 60))
@example([(0, Way.IN), (121, Way.OUT)], STRICT, 120, 1)
@example([(0, Way.IN), (50, Way.IN)], STRICT, 30, 120)
def test_what_is_certain_only_grows_and_what_is_possible_only_falls(
    moments: list[tuple[int, Way]], policy: AttendancePolicy, early: int, later: int
):
    """Of what was seen by a moment: later the best is no better, the minutes present no fewer, both within the plan."""
    start = PLAN.whole.start

    def seen_by(minute: int) -> tuple[int, int]:
        seen = tuple(Crossing(PLAN.start + dt.timedelta(minutes=each), way) for each, way in moments if each <= minute)
        found = attended(PLAN, Presence(crossings=seen), policy, start + minute * 60)
        assert 0 <= found.present <= found.best <= found.planned
        return found.present, found.best

    (present, best), (present_later, best_later) = seen_by(early), seen_by(early + later)
    assert best_later <= best
    assert present_later >= present


@given(MOMENTS)
def test_against_every_minute_of_the_session(moments: list[tuple[int, Way]]):
    """A minute counts where the last that happened was a check-in, and a check-out follows some time."""
    minutes = [*range(60), *range(70, 120)]  # the break is not planned

    def is_in(minute: int) -> bool:
        before = [(at, way is Way.OUT) for at, way in moments if at <= minute]
        leaves = any(way is Way.OUT and at > minute for at, way in moments)
        return bool(before) and not max(before)[1] and leaves

    seen = tuple(Crossing(PLAN.start + dt.timedelta(minutes=each), way) for each, way in moments)
    found = attended(PLAN, Presence(crossings=seen), STRICT, AFTER)
    assert found.present == 60 * sum(is_in(minute) for minute in minutes)
