"""Decisions that explain themselves, and never more than the facts allow."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.completion.evaluation import Outcome, decide, evaluate
from saem.lib.completion.facts import Facts, Progress, ProjectFact
from saem.lib.completion.findings import Finding, Reason, State, Unit, leaves
from saem.lib.completion.rulebook import DecidedBy
from saem.lib.completion.rules import Rule
from saem.lib.completion.scores import Score
from tests.lib.completion.facts_of import BOOK, DAY, at, book, marked, session

NOW = at("20:00", DAY + dt.timedelta(days=1))
NEW = {DecidedBy.COURSE_START: dt.date(2026, 3, 2)}
OLD = {DecidedBy.COURSE_START: dt.date(2025, 2, 1)}
SESSIONS = tuple(session(f"s{day}", "10:00", "11:00", day=DAY + dt.timedelta(days=day)) for day in range(5))


def scores(**points: object) -> dict[str, Score]:
    return {part: Score(Fraction(str(each))) for part, each in points.items()}


def rule(condition: str, more: str = "") -> Rule:
    return book(f"format: 1\nid: b\nrules:\n  - {{id: r, from: 2020-01-01, {more} condition: {condition}}}\n").rules[0]


def only(condition: str, facts: Facts, more: str = "") -> Finding:
    return evaluate(rule(condition, more), facts).finding


def outcome(condition: str, facts: Facts, more: str = "") -> str:
    return evaluate(rule(condition, more), facts).outcome


ALL = scores(assignment=60, exam=60, participation=60)


@pytest.mark.parametrize(
    ("days", "done", "marks", "outcome"),
    [
        (NEW, 90, ALL, "completed"),
        (NEW, 89, ALL, "not_yet"),
        (OLD, 80, scores(assignment=60, exam=60), "completed"),
        (OLD, 79, scores(assignment=60, exam=60), "not_yet"),
        (NEW, 90, scores(assignment=60, exam=60, participation="59.99"), "no_longer_possible"),
        (NEW, 90, scores(assignment=60, exam=60), "not_yet"),
        (NEW, 90, scores(assignment=0, exam=49), "no_longer_possible"),
        (NEW, 90, scores(assignment=0, exam=100), "not_yet"),
    ],
)
def test_teacher_training(days: dict[DecidedBy, dt.date], done: int, marks: dict[str, Score], outcome: str):
    facts = Facts(now=NOW, progress=Progress(done, 100), scores=marks, credits=2)
    assert decide(book(BOOK), days, facts).outcome == outcome


def test_a_decision_says_by_which_rule_and_what_is_missing():
    facts = Facts(now=NOW, progress=Progress(17, 20), scores=scores(assignment=80, exam=50), credits=3)
    found = decide(book(BOOK), NEW, facts)
    assert (found.rule, found.rule_hash) == ("ninety", book(BOOK).rules[1].hash)
    progress, total = leaves(found.finding)
    assert (progress.state, progress.unit, progress.wanted, progress.have, progress.missing) == (
        "missing",
        "steps",
        18,
        17,
        1,
    )
    assert progress.params["percent"] == 85
    assert (total.unit, total.wanted, total.have, total.missing) == (Unit.POINTS, 60, 52, 8)
    assert total.params["without_score"] == ("participation",)
    assert (found.finding.have, found.finding.wanted, found.finding.missing) == (0, 2, 2)


def test_weights_by_credits():
    marks = scores(assignment=100, exam=100, participation=0)
    three, four = (
        decide(book(BOOK), NEW, Facts(now=NOW, progress=Progress(1, 1), scores=marks, credits=each)) for each in (3, 4)
    )
    assert [found.finding.parts[1].have for found in (three, four)] == [80, 60]
    none = decide(book(BOOK), NEW, Facts(now=NOW, progress=Progress(1, 1), scores=marks, credits=5))
    assert none.finding.parts[1].reason is Reason.NO_WEIGHTS
    assert none.outcome is Outcome.NOT_YET


ATTENDANCE = "{kind: attendance, id: a, percent: 80}"


def test_attendance_in_minutes_with_what_may_still_be_missed():
    presences = {"s0": marked("present"), "s1": marked("present", late=20)}
    found = only(ATTENDANCE, Facts(now=NOW, sessions=SESSIONS, presences=presences))
    assert (found.state, found.unit, found.wanted, found.have, found.missing) == ("missing", "minutes", 240, 100, 140)
    assert found.params["spare"] == 40
    assert found.params["planned"] == 300
    assert found.at_risk


def test_no_longer_possible():
    facts = Facts(now=NOW, sessions=SESSIONS)
    assert outcome(ATTENDANCE, facts) == Outcome.NO_LONGER_POSSIBLE
    late = Facts(now=NOW, sessions=SESSIONS, presences={"s0": marked("present")})
    assert (outcome(ATTENDANCE, late), only(ATTENDANCE, late).params["spare"]) == ("not_yet", 0)


@pytest.mark.parametrize(("without", "outcome_"), [("missing", "not_yet"), ("met", "completed")])
def test_nothing_planned_is_no_full_attendance_unless_declared(without: str, outcome_: str):
    condition = f"{{kind: attendance, id: a, percent: 80, without_plan: {without}}}"
    everybody = dict.fromkeys((each.id for each in SESSIONS), marked("excused", excuse="illness"))
    for facts in (Facts(now=NOW), Facts(now=NOW, sessions=SESSIONS, presences=everybody)):
        more = "attendance: {excuses: {illness: not_planned}},"
        assert outcome(condition, facts, more) == outcome_
        assert only(condition, facts, more).reason is Reason.NOTHING_PLANNED


def test_exact_shares():
    """89.999… % is not 90 %, and an office that rounds says so."""
    facts = Facts(now=NOW, progress=Progress(8_999_999, 10_000_000))
    assert outcome("{kind: progress, id: p, percent: 90}", facts) == "not_yet"
    assert outcome("{kind: progress, id: p, percent: 90, rounding: {mode: half_up, places: 1}}", facts) == "completed"
    assert outcome("{kind: progress, id: p, percent: 90, rounding: {mode: down, places: 1}}", facts) == "not_yet"


def test_mastery():
    facts = Facts(now=NOW, skills={"a": True, "b": True, "c": False})
    assert only("{kind: mastery, id: m, percent: 100, skills: [a, b]}", facts).state is State.MET
    found = only("{kind: mastery, id: m, percent: 100}", facts)
    assert (found.state, found.have, found.missing) == ("missing", 2, 1)
    assert only("{kind: mastery, id: m, percent: 100, skills: [a, z]}", facts).state is State.MISSING
    assert only("{kind: mastery, id: m, percent: 0}", Facts(now=NOW)).state is State.MISSING


@pytest.mark.parametrize(
    ("fact", "state", "reason"),
    [
        (None, "missing", "not_passed"),
        (ProjectFact(passed=True, score=Score(Fraction(70))), "met", ""),
        (ProjectFact(passed=True, score=Score(Fraction(69))), "missing", ""),
        (ProjectFact(passed=False, score=Score(Fraction(80))), "missing", "not_passed"),
        (ProjectFact(passed=True, score=Score(Fraction(69)), final=True), "impossible", ""),
        (ProjectFact(passed=True, score=Score(Fraction(7), Fraction(10))), "met", ""),
    ],
)
def test_projects(fact: ProjectFact | None, state: str, reason: str):
    facts = Facts(now=NOW, projects={"rain": fact} if fact else {})
    found = only("{kind: project, id: p, project_id: rain, passed: true, percent: 70}", facts)
    assert (found.state, found.reason) == (state, reason)


def test_required_sessions():
    condition = "{kind: sessions, id: s, session_ids: [s1, s4], percent: 50}"
    found = only(condition, Facts(now=NOW, sessions=SESSIONS, presences={"s1": marked("present", late=30)}))
    assert (found.state, found.have, found.params["left"]) == ("missing", 1, ("s4",))
    lost = only(condition, Facts(now=NOW, sessions=SESSIONS, presences={"s1": marked("present", late=31)}))
    assert (lost.state, lost.params["lost"]) == ("impossible", ("s1",))
    excused = {"s1": marked("excused", excuse="x")}
    more = "attendance: {other_excuses: not_planned},"
    assert only(condition, Facts(now=NOW, sessions=SESSIONS, presences=excused), more).have == 1
    assert only("{kind: sessions, id: s, session_ids: [zzz]}", Facts(now=NOW, sessions=SESSIONS)).state is State.MISSING


P, Q = "{kind: progress, id: p, percent: 50}", "{kind: project, id: q, project_id: x, passed: true}"


@pytest.mark.parametrize(
    ("kind", "done", "project", "outcome_"),
    [
        ("all", 1, ProjectFact(passed=True), "completed"),
        ("all", 1, ProjectFact(), "not_yet"),
        ("all", 1, ProjectFact(final=True), "no_longer_possible"),
        ("any", 1, ProjectFact(final=True), "completed"),
        ("any", 0, ProjectFact(final=True), "not_yet"),
        ("any", 0, ProjectFact(), "not_yet"),
    ],
)
def test_groups(kind: str, done: int, project: ProjectFact, outcome_: str):
    facts = Facts(now=NOW, progress=Progress(done, 2), projects={"x": project})
    assert outcome(f"{{kind: {kind}, id: g, of: [{P}, {Q}]}}", facts) == outcome_


def test_two_of_three_nested():
    group = f"{{kind: any, id: g, at_least: 2, of: [{P}, {Q}, {{kind: all, id: h, of: [{ATTENDANCE}]}}]}}"
    facts = Facts(now=NOW, progress=Progress(1, 1), projects={"x": ProjectFact(final=True)}, sessions=SESSIONS)
    assert outcome(group, facts) == "no_longer_possible"
    here = replace(facts, presences={"s0": marked("present"), "s1": marked("present", late=20)})
    found = evaluate(rule(group), here)
    assert (found.outcome, found.at_risk) == ("not_yet", True)
    both = replace(here, projects={"x": ProjectFact(passed=True)})
    assert (evaluate(rule(group), both).outcome, evaluate(rule(group), both).at_risk) == ("completed", False)


def test_once_closed_what_is_missing_stays_missing():
    facts = Facts(now=NOW, progress=Progress(1, 2), closed=True)
    assert outcome("{kind: progress, id: p, percent: 90}", facts) == "no_longer_possible"
    assert outcome("{kind: progress, id: p, percent: 50}", facts) == "completed"


def test_completion_may_wait_for_the_end():
    facts, more = Facts(now=NOW, progress=Progress(2, 2)), "earliest: course_end,"
    found = evaluate(rule(P, more), facts)
    assert (found.outcome, found.waits) == ("not_yet", True)
    assert outcome(P, replace(facts, closed=True), more) == "completed"


@pytest.mark.parametrize(("points", "out_of"), [(-1, 100), (101, 100), (0, 0)])
def test_scores_that_cannot_be(points: int, out_of: int):
    with pytest.raises(ValueError, match="no score"):
        Score(Fraction(points), Fraction(out_of))


RANK = {Outcome.NO_LONGER_POSSIBLE: 0, Outcome.NOT_YET: 1, Outcome.COMPLETED: 2}
BROAD = book(
    f"format: 1\nid: b\nrules:\n  - {{id: r, from: 2020-01-01, condition: {{kind: any, id: g, at_least: 3, of: [{P}, {Q}, {ATTENDANCE}, "
    "{kind: assessment, id: t, points: 60, weights: [{parts: {a: 70, b: 30}}]}, {kind: mastery, id: m, percent: 60}]}}\n"
).rules[0]


@given(st.data(), st.booleans())
def test_more_never_makes_it_worse(data: st.DataObject, closed: bool):
    """Each fact of the better person is at least that of the other."""

    def two(high: int) -> tuple[int, int]:
        low = data.draw(st.integers(0, high))
        return low, data.draw(st.integers(low, high))

    steps, late, first, second, held = two(10), [two(60) for _ in range(2)], two(100), two(100), two(4)
    passed = data.draw(st.sampled_from([(False, False), (False, True), (True, True)]))

    def facts(which: int) -> Facts:
        presences = {f"s{at}": marked("present", late=60 - each[which]) for at, each in enumerate(late)}
        return Facts(
            now=NOW, sessions=SESSIONS, presences=presences, progress=Progress(steps[which], 10), closed=closed,
            skills={f"k{at}": at < held[which] for at in range(4)}, projects={"x": ProjectFact(passed=passed[which])},
            scores=scores(a=first[which], b=second[which]),
        )  # fmt: skip

    worse, better = evaluate(BROAD, facts(0)), evaluate(BROAD, facts(1))
    assert RANK[worse.outcome] <= RANK[better.outcome]
