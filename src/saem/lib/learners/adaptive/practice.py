"""The next item of practice, from the learner's zone of proximal development, and why (Vygotsky 1978).

The zone is a band of predicted chances: hard enough to teach, easy enough to succeed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import isfinite

import numpy as np

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.findings import Finding
from saem.lib.learners.model import Estimate

from .learner import Candidate, Learner, passed_reviews
from .reasons import Nothing, Reason, ReasonCode

DAY_S = 86400.0


@dataclass(frozen=True)
class Zone:
    """Chances from `low` to `high`; items within `tie` of the one that is nearest to the middle are as good as it."""

    low: float = 0.6
    high: float = 0.85
    tie: float = 0.02

    def __post_init__(self) -> None:
        if not (0 <= self.low < self.high <= 1 and self.tie >= 0):
            raise ParameterError(f"a zone lies within 0 and 1, not from {self.low} to {self.high}")

    def distance(self, chance: float) -> float:
        """How far a chance is from the middle of the zone."""
        return abs(chance - (self.low + self.high) / 2)

    def holds(self, chance: float) -> bool:
        return self.low <= chance <= self.high


@dataclass(frozen=True)
class PracticePolicy:
    """Which skill is due and which of its items fits.

    A skill is mastered at `mastered_at`; it is reviewed `review_s` seconds after it was met last, `growth` times as
    long after each review that was passed (expanding practice, Landauer & Bjork 1978), and at most every
    `review_gap`-th item while there is something to learn. A skill with fewer than `few` responses, or an interval of
    mastery wider than `wide`, counts as uncertain. An item rests for `rest` items where another one is left, else for
    half of what is left, so that whoever passes everything by does not meet the same two in turn. A skill is closed
    until its `prerequisites` are mastered.
    """

    zone: Zone = field(default_factory=Zone)
    mastered_at: float = 0.95
    few: int = 3
    wide: float = 0.5
    review_s: float = DAY_S
    growth: float = 2.0
    review_gap: int = 4
    rest: int = 10
    prerequisites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (0 < self.mastered_at <= 1 and self.review_s > 0 and self.growth >= 1 and self.rest >= 1):
            raise ParameterError("practice wants mastery in (0, 1], review_s above 0, growth and rest of at least 1")
        circle = _circle(self.prerequisites)
        if circle:
            raise ParameterError(f"{circle}: a skill is among its own prerequisites")


@dataclass(frozen=True)
class Choice:
    """The item to give, the skill it is given for, the predicted chance, and the reason."""

    item: str
    skill: str
    chance: Estimate
    reason: Reason
    findings: tuple[Finding, ...] = ()

    @property
    def in_zone(self) -> bool:
        return self.reason.code not in {ReasonCode.EASIEST_LEFT, ReasonCode.HARDEST_LEFT}


@dataclass(frozen=True)
class _Aim:
    """A skill that is due, and why."""

    skill: str
    code: ReasonCode
    parameters: Mapping[str, float | str]


def choose(candidates: Sequence[Candidate], learner: Learner, policy: PracticePolicy, seed: int) -> Choice | Nothing:
    """The next item: of the first due skill that has a rested item in the zone, else one in the zone that has rested
    half as long, else of the first due skill that has a rested item the one that is nearest to the zone.

    The same arguments give the same choice. Raises ParameterError, naming the item or the skill, for no candidates, an
    item without a skill or twice in the list, and a chance or a mastery that is not a number from 0 to 1.
    """
    _check(candidates)
    last = learner.history[-1].item if learner.history else None
    free = [each for each in candidates if each.item != last]
    if not free:
        return Nothing("only_the_last_item")
    mastery = {skill: _mastery(learner, skill) for skill in sorted({name for each in free for name in each.skills})}
    closed, findings = _closed(mastery, learner, policy)
    open_items = [each for each in free if not closed & set(each.skills)]
    aims = _aims({name: each for name, each in mastery.items() if name not in closed}, open_items, learner, policy)
    if not aims:
        return Nothing("no_skill_is_open", findings)
    choice = _best(aims, open_items, learner, policy, np.random.default_rng(seed))
    return replace(choice, findings=findings)


def _best(
    aims: Sequence[_Aim],
    items: Sequence[Candidate],
    learner: Learner,
    policy: PracticePolicy,
    rng: np.random.Generator,
) -> Choice:
    chance = cache(lambda each: _sane(learner.chance(each), each.item))
    rested, waited = (_rested(items, learner, rest) for rest in (policy.rest, (min(policy.rest, len(items)) + 1) // 2))
    for pool in (rested, waited):
        for aim in aims:
            inside = [each for each in _asked(pool, aim, chance) if policy.zone.holds(each[1].value)]
            if inside:
                return _drawn(aim, inside, policy, rng)
    return next(
        _drawn(aim, asked, policy, rng)
        for pool in (rested, waited, items)
        for aim in aims
        if (asked := _asked(pool, aim, chance))
    )


def _rested(items: Sequence[Candidate], learner: Learner, rest: int) -> list[Candidate]:
    """Those that are not among the last `rest` that were met."""
    tired = {each.item for each in learner.history[-rest:]} if rest else set()
    return [each for each in items if each.item not in tired]


def _asked(
    items: Sequence[Candidate], aim: _Aim, chance: Callable[[Candidate], Estimate]
) -> list[tuple[str, Estimate]]:
    return [(each.item, chance(each)) for each in items if aim.skill in each.skills]


def _drawn(
    aim: _Aim, asked: Sequence[tuple[str, Estimate]], policy: PracticePolicy, rng: np.random.Generator
) -> Choice:
    """One of the items that are as near to the middle of the zone as the nearest."""
    zone = policy.zone
    nearest = min(zone.distance(chance.value) for _, chance in asked)
    good = [each for each in asked if zone.distance(each[1].value) <= nearest + zone.tie]
    item, chance = good[int(rng.integers(len(good)))]
    code = aim.code
    if not zone.holds(chance.value):
        code = ReasonCode.EASIEST_LEFT if chance.value < zone.low else ReasonCode.HARDEST_LEFT
    return Choice(item, aim.skill, chance, Reason(code, {"skill": aim.skill, "chance": chance.value, **aim.parameters}))


def _aims(
    mastery: Mapping[str, Estimate], items: Sequence[Candidate], learner: Learner, policy: PracticePolicy
) -> list[_Aim]:
    """The skills that are due: a review, then what is to be learned, the weakest first, or else a stretch."""
    there = {skill for each in items for skill in each.skills}
    by_weakness = sorted((name for name in mastery if name in there), key=lambda name: (mastery[name].value, name))
    to_learn = [name for name in by_weakness if not _is_mastered(mastery[name], policy)]
    done = [name for name in by_weakness if _is_mastered(mastery[name], policy)]
    reviews = _reviews(done, learner, policy, busy=bool(to_learn))
    learning = [_learning(name, mastery[name], learner, policy, first=name == to_learn[0]) for name in to_learn]
    stretches = [_Aim(name, ReasonCode.STRETCH, {"mastery": mastery[name].value}) for name in done]
    return reviews + (learning or stretches)


def _learning(skill: str, mastery: Estimate, learner: Learner, policy: PracticePolicy, *, first: bool) -> _Aim:
    responses = len(learner.met(skill))
    if responses < policy.few or mastery.high - mastery.low > policy.wide:
        facts = {"responses": responses, "low": mastery.low, "high": mastery.high}
        return _Aim(skill, ReasonCode.UNCERTAIN, facts)
    code = ReasonCode.WEAKEST_SKILL if first else ReasonCode.NEXT_SKILL
    return _Aim(skill, code, {"mastery": mastery.value})


def _reviews(done: Sequence[str], learner: Learner, policy: PracticePolicy, *, busy: bool) -> list[_Aim]:
    """Mastered skills whose rest is over, the one that has waited longest for its measure first."""
    recent = learner.history[len(learner.history) - policy.review_gap + 1 :] if policy.review_gap > 1 else ()
    if busy and any(each.reason == ReasonCode.REVIEW_DUE for each in recent):
        return []
    waited: list[tuple[float, str, float]] = []
    for skill in done:
        met = learner.met(skill)
        if met:
            since = learner.now - met[-1].time
            wanted = policy.review_s * policy.growth ** passed_reviews(met, policy.review_s)
            waited.append((since / wanted, skill, since))
    due = sorted((each for each in waited if each[0] >= 1), key=lambda each: (-each[0], each[1]))
    return [_Aim(skill, ReasonCode.REVIEW_DUE, {"seconds": since}) for _, skill, since in due]


def _closed(
    mastery: Mapping[str, Estimate], learner: Learner, policy: PracticePolicy
) -> tuple[set[str], tuple[Finding, ...]]:
    """Skills whose prerequisites are not mastered; none are closed where that would leave nothing to do."""

    def missing(skill: str) -> list[str]:
        needed = policy.prerequisites.get(skill, ())
        return [name for name in needed if not _is_mastered(mastery.get(name) or _mastery(learner, name), policy)]

    closed = {skill for skill in mastery if missing(skill)}
    if closed and closed == set(mastery):
        return set(), (Finding("prerequisites_out_of_reach", where=min(closed)),)
    return closed, ()


def _is_mastered(mastery: Estimate, policy: PracticePolicy) -> bool:
    """A model that refuses to conclude does not call a skill mastered."""
    return mastery.usable and mastery.value >= policy.mastered_at


def _mastery(learner: Learner, skill: str) -> Estimate:
    return _sane(learner.mastery(skill), skill)


def _sane(estimate: Estimate, where: str) -> Estimate:
    if not (0 <= estimate.value <= 1 and isfinite(estimate.low) and isfinite(estimate.high)):
        raise ParameterError(f"{where}: {estimate} is not a number from 0 to 1 with its interval")
    return estimate


def _check(candidates: Sequence[Candidate]) -> None:
    if not candidates:
        raise ParameterError("practice needs items to choose from")
    seen: set[str] = set()
    for each in candidates:
        if not each.skills:
            raise ParameterError(f"{each.item}: practice needs to know an item's skill")
        if each.item in seen:
            raise ParameterError(f"{each.item}: the item is there twice")
        seen.add(each.item)


def _circle(prerequisites: Mapping[str, tuple[str, ...]]) -> str:
    """A skill that leads back to itself, or nothing."""
    for start in prerequisites:
        reached: set[str] = set()
        ahead = list(prerequisites[start])
        while ahead:
            name = ahead.pop()
            if name == start:
                return start
            if name not in reached:
                reached.add(name)
                ahead.extend(prerequisites.get(name, ()))
    return ""
