"""What is said about each condition: state, what is wanted, what there is, what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from saem.lib.completion.rules import AllOf, AnyOf, Threshold


class State(StrEnum):
    MET = "met"
    MISSING = "missing"
    IMPOSSIBLE = "impossible"


class Unit(StrEnum):
    MINUTES = "minutes"
    STEPS = "steps"
    SKILLS = "skills"
    PERCENT = "percent"
    POINTS = "points"
    SESSIONS = "sessions"
    CONDITIONS = "conditions"


class Reason(StrEnum):
    """What else there is to say about a finding."""

    NONE = ""
    NO_FACTS = "no_facts"
    NOTHING_PLANNED = "nothing_planned"
    NO_WEIGHTS = "no_weights"
    NOT_PASSED = "not_passed"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One condition. Numbers are exact, in `unit`; `missing` is what must be added, 0 where it is met.

    `params` has what else a sentence may want, by the kind of the condition; `parts` the conditions of a group.
    """

    id: str
    kind: str
    state: State
    unit: Unit
    wanted: Fraction
    have: Fraction
    missing: Fraction
    at_risk: bool = False
    reason: Reason = Reason.NONE
    params: Mapping[str, object] = field(default_factory=dict)
    parts: tuple["Finding", ...] = ()


def finding_of(
    condition: Threshold,
    state: State,
    unit: Unit,
    wanted: Fraction | int,
    have: Fraction | int,
    *,
    at_risk: bool = False,
    reason: Reason = Reason.NONE,
    **params: object,
) -> Finding:
    missing = Fraction(0) if state is State.MET else max(Fraction(wanted) - have, Fraction(0))
    return Finding(
        id=condition.id,
        kind=condition.kind,
        state=state,
        unit=unit,
        wanted=Fraction(wanted),
        have=Fraction(have),
        missing=missing,
        at_risk=at_risk,
        reason=reason,
        params=params,
    )


def group_of(condition: AllOf | AnyOf, at_least: int, parts: Sequence[Finding]) -> Finding:
    """Met, out of reach or at risk by how many of the parts are."""
    met = sum(part.state is State.MET for part in parts)
    reachable = sum(part.state is not State.IMPOSSIBLE for part in parts)
    safe = sum(part.state is State.MET or (part.state is State.MISSING and not part.at_risk) for part in parts)
    state = State.MET if met >= at_least else State.MISSING if reachable >= at_least else State.IMPOSSIBLE
    return Finding(
        id=condition.id,
        kind=condition.kind,
        state=state,
        unit=Unit.CONDITIONS,
        wanted=Fraction(at_least),
        have=Fraction(met),
        missing=Fraction(max(at_least - met, 0)),
        at_risk=state is State.MISSING and safe < at_least,
        parts=tuple(parts),
    )


def leaves(finding: Finding) -> Iterable[Finding]:
    """The conditions themselves, without the groups, in the order of the rule."""
    if not finding.parts:
        yield finding
    for part in finding.parts:
        yield from leaves(part)
