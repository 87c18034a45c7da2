"""How each kind of condition looks at the facts; a new kind is one function, one class in rules.py and one line."""

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from typing import Any

from saem.lib.completion.attendance import Attendance, Chance, can_still_pass, count
from saem.lib.completion.counting import MINUTE
from saem.lib.completion.facts import Facts, ProjectFact
from saem.lib.completion.findings import Finding, Reason, State, Unit, finding_of, group_of
from saem.lib.completion.rounding import bound_of
from saem.lib.completion.rules import (
    AllOf,
    AnyOf,
    AssessmentTotal,
    AttendanceShare,
    MasteryShare,
    ProgressShare,
    ProjectResult,
    RequiredSessions,
    Rule,
    Threshold,
)
from saem.lib.completion.scores import best_total, converted_total


class Case:
    """One person's facts under one rule; attendance is counted once, however many conditions ask for it."""

    def __init__(self, rule: Rule, facts: Facts) -> None:
        self.rule = rule
        self.facts = facts

    @cached_property
    def attendance(self) -> Attendance:
        facts = self.facts
        return count(facts.sessions, facts.presences, self.rule.attendance, facts.now)

    def find(self, condition: Threshold | AllOf | AnyOf) -> Finding:
        if isinstance(condition, AllOf | AnyOf):
            at_least = condition.at_least if isinstance(condition, AnyOf) else len(condition.of)
            return group_of(condition, at_least, [self.find(each) for each in condition.of])
        return _FINDERS[type(condition)](self, condition)

    def state(self, met: bool, possible: bool = True) -> State:
        if met:
            return State.MET
        return State.MISSING if possible and not self.facts.closed else State.IMPOSSIBLE

    def share(self, condition: ProgressShare | MasteryShare, unit: Unit, part: int, whole: int) -> Finding:
        """`part` of `whole` things that can only become more."""
        if not whole:
            return self.bare(condition, unit, Reason.NOTHING_PLANNED)
        needed = bound_of(condition.percent, condition.rounding).fewest_of(whole)
        state = self.state(part >= needed, possible=needed <= whole)
        return finding_of(
            condition, state, unit, needed, part, percent=Fraction(100 * part, whole), wanted_percent=condition.percent
        )

    def bare(self, condition: Threshold, unit: Unit, reason: Reason) -> Finding:
        """Nothing to measure yet, which is never the same as having met it."""
        return finding_of(condition, self.state(met=False), unit, 0, 0, reason=reason)


def _attendance(case: Case, condition: AttendanceShare) -> Finding:
    found = case.attendance
    if not found.planned:
        met = condition.without_plan == "met"
        return finding_of(condition, case.state(met), Unit.MINUTES, 0, 0, reason=Reason.NOTHING_PLANNED)
    bound = bound_of(condition.percent, condition.rounding)
    chance = can_still_pass(found, bound, warn_sessions=case.rule.warn_sessions)
    state = case.state(chance.chance is Chance.MET, possible=chance.chance is not Chance.NO)
    return finding_of(
        condition,
        state,
        Unit.MINUTES,
        chance.needed,
        Fraction(found.present, MINUTE),
        at_risk=state is State.MISSING and chance.chance is Chance.AT_RISK,
        percent=found.percent,
        wanted_percent=condition.percent,
        planned=Fraction(found.planned, MINUTE),
        spare=chance.spare,
    )


def _progress(case: Case, condition: ProgressShare) -> Finding:
    progress = case.facts.progress
    if progress is None:
        return case.bare(condition, Unit.STEPS, Reason.NO_FACTS)
    return case.share(condition, Unit.STEPS, progress.done, progress.total)


def _mastery(case: Case, condition: MasteryShare) -> Finding:
    skills = case.facts.skills
    named = set(condition.skills) or set(skills)
    return case.share(condition, Unit.SKILLS, sum(skills.get(each, False) for each in named), len(named))


def _project(case: Case, condition: ProjectResult) -> Finding:
    fact = case.facts.projects.get(condition.project_id, ProjectFact())
    share = fact.score.share * 100 if fact.score is not None else Fraction()
    wanted = condition.percent if condition.percent is not None else Fraction()
    enough = bound_of(wanted, condition.rounding).is_met_by(share)
    passed = fact.passed or not condition.passed
    state = case.state(enough and passed, possible=not fact.final)
    reason = Reason.NONE if passed else Reason.NOT_PASSED
    return finding_of(condition, state, Unit.PERCENT, wanted, share, reason=reason, project=condition.project_id)


def _assessment(case: Case, condition: AssessmentTotal) -> Finding:
    weights = condition.weights_for(case.facts.credits)
    if weights is None:
        return case.bare(condition, Unit.POINTS, Reason.NO_WEIGHTS)
    scores, bound = case.facts.scores, bound_of(condition.points, condition.rounding)
    exact = converted_total(scores, weights.parts)
    state = case.state(bound.is_met_by(exact), possible=bound.is_met_by(best_total(scores, weights.parts)))
    return finding_of(
        condition,
        state,
        Unit.POINTS,
        condition.points,
        exact,
        rounded=condition.rounding.of(exact),
        without_score=tuple(part for part in weights.parts if part not in scores),
    )


def _sessions(case: Case, condition: RequiredSessions) -> Finding:
    known = case.attendance.sessions
    wanted = condition.session_ids
    met = [each for each in wanted if _kept(case, condition, each)]
    lost = [
        each for each in wanted if each not in met and each in known and not _kept(case, condition, each, best=True)
    ]
    state = case.state(len(met) == len(wanted), possible=not lost)
    left = tuple(each for each in wanted if each not in met)
    return finding_of(condition, state, Unit.SESSIONS, len(wanted), len(met), left=left, lost=tuple(lost))


def _kept(case: Case, condition: RequiredSessions, session: str, *, best: bool = False) -> bool:
    """Whether enough of the session's own minutes were attended, or can be; an excused one without a plan is kept."""
    found = case.attendance.sessions.get(session)
    if found is None or not found.planned:
        return found is not None
    needed = bound_of(condition.percent, condition.rounding).fewest_of(found.planned)
    return (found.best if best else found.present) >= needed


_FINDERS: dict[type[Threshold], Callable[[Case, Any], Finding]] = {
    AttendanceShare: _attendance,
    ProgressShare: _progress,
    MasteryShare: _mastery,
    ProjectResult: _project,
    AssessmentTotal: _assessment,
    RequiredSessions: _sessions,
}
