"""Sees in time who may soon be unable to complete, and tells each of them once for every such change.

A session that is over without any record of anybody is taken as attended here: a list that a teacher has still to
fill in must not frighten a whole class. The standing itself is decided without that hope.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from fractions import Fraction

from saem.apps.cohorts.completion.telling import Letter, at_risk, out_of_reach, tell_letters, within_reach
from saem.apps.cohorts.models import Enrolment, Standing, StandingOutcome
from saem.apps.cohorts.sessions.queries import sessions_kept
from saem.lib.completion import Chance, Decision, Facts, Finding, Mark, Outcome, Presence, Status
from saem.lib.completion.findings import State, leaves

ATTENDED = Presence(mark=Mark(status=Status.PRESENT))


@dataclass(frozen=True, kw_only=True)
class Watched:
    """One person who was just decided on: how they stood, how they stand, and what the rules would say of other facts.

    `is_told` where the same act already tells them of a completion that was reached or taken back.
    """

    enrolment: Enrolment
    before: Standing | None
    standing: Standing
    facts: Facts
    decide: Callable[[Facts], Decision | None]
    is_told: bool


def watch(people: Iterable[Watched]) -> None:
    """Write each person's outlook into the standing, unsaved, and tell whose changed; inside the act's transaction."""
    people = list(people)
    worrying = [one for one in people if is_worrying(one.standing)]
    kept = sessions_kept({int(each) for one in worrying for each in unseen(one.facts)})
    letters = []
    for one in people:
        decision = one.decide(hoped(one.facts, kept)) if is_worrying(one.standing) else None
        letters.append(_turn(one, decision))
    tell_letters(letter for letter in letters if letter is not None)


def is_worrying(standing: Standing) -> bool:
    return standing.is_at_risk or standing.outcome == StandingOutcome.NO_LONGER_POSSIBLE


def unseen(facts: Facts) -> list[str]:
    """Sessions that are over and of which nothing is known of this person."""
    over = (each.id for each in facts.sessions if each.end <= facts.now and not each.cancelled)
    return [each for each in over if each not in facts.presences]


def hoped(facts: Facts, kept: AbstractSet[str]) -> Facts:
    """The same facts, with every session attended whose list nobody has filled in yet."""
    waiting = [each for each in unseen(facts) if each not in kept]
    presences: Mapping[str, Presence] = {**facts.presences, **dict.fromkeys(waiting, ATTENDED)}
    return replace(facts, presences=presences) if waiting else facts


def outlook_of(decision: Decision | None, standing: Standing) -> Chance:
    """Without a decision there was nothing to worry about."""
    if decision is None:
        return Chance.MET if standing.outcome == StandingOutcome.COMPLETED else Chance.YES
    if decision.outcome is Outcome.NO_LONGER_POSSIBLE:
        return Chance.NO
    return Chance.AT_RISK if decision.at_risk else Chance.YES


def hopes(findings: Iterable[Finding]) -> dict[str, dict[str, object]]:
    """How each condition would stand if every unfilled list said that one was there, by its id."""
    return {each.id: {"state": each.state.value, "at_risk": each.at_risk} for each in findings}


def _turn(one: Watched, decision: Decision | None) -> Letter | None:
    chance = outlook_of(decision, one.standing)
    before = Chance(one.before.chance) if one.before is not None else Chance.YES
    turns = one.before.turns if one.before is not None else 0
    one.standing.chance, one.standing.turns = chance.value, turns + (chance is not before)
    findings = list(leaves(decision.finding)) if decision is not None else []
    one.standing.findings = {**one.standing.findings, "hoped": hopes(findings)}
    # Who has left is expected nowhere any more.
    if chance is before or one.is_told or one.enrolment.left_at is not None:
        return None
    return _letter(one, before, chance, findings)


def _letter(one: Watched, before: Chance, chance: Chance, findings: Sequence[Finding]) -> Letter | None:
    key = f"outlook:{one.enrolment.pk}:{one.standing.turns}"
    found = _attendance(findings, is_lost=chance is Chance.NO)
    if chance is Chance.NO:
        return out_of_reach(one.enrolment, key=key, percent=_percent(found))
    if before is Chance.NO:
        return within_reach(one.enrolment, key=key)
    if chance is Chance.AT_RISK and found is not None:
        return at_risk(one.enrolment, key=key, percent=_percent(found), spare=_spare(found))
    return None


def _attendance(findings: Sequence[Finding], *, is_lost: bool) -> Finding | None:
    """The condition of attendance that worries; of several, the strictest."""
    found = [each for each in findings if each.kind == "attendance" and _worries(each, is_lost=is_lost)]
    return max(found, key=_percent, default=None)


def _worries(finding: Finding, *, is_lost: bool) -> bool:
    return finding.state is State.IMPOSSIBLE if is_lost else finding.at_risk


def _percent(finding: Finding | None) -> float:
    """The share that is wanted; 0 where it is not attendance that worries."""
    wanted = finding.params.get("wanted_percent") if finding is not None else None
    return float(wanted) if isinstance(wanted, Fraction | int) else 0.0


def _spare(finding: Finding) -> int:
    """Whole minutes that may still be missed."""
    spare = finding.params.get("spare")
    return max(int(spare // 1), 0) if isinstance(spare, Fraction | int) else 0
