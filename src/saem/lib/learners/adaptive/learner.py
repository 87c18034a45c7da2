"""What practice needs to know of a learner: chances, mastery, and what was met when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.model import Asked, Estimate, LearnerModel, State


@dataclass(frozen=True)
class Candidate:
    """An item that could be given, and the skills it asks for."""

    item: str
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Met:
    """A response in practice: when (seconds from any origin), to what, and the code of the reason it was given for."""

    item: str
    skills: tuple[str, ...]
    right: bool
    time: float
    reason: str = ""

    def __post_init__(self) -> None:
        if not isfinite(self.time):
            raise ParameterError(f"{self.item}: the time of its response is not a number")


@dataclass(frozen=True)
class Learner:
    """Questions are asked of the model only when they matter, so a large bank costs no more than one skill of it.

    `history` is in the order in which items were given; `now` is on the clock of its times.
    """

    chance: Callable[[Candidate], Estimate]
    mastery: Callable[[str], Estimate]
    history: tuple[Met, ...] = ()
    now: float = 0.0

    def __post_init__(self) -> None:
        if not isfinite(self.now):
            raise ParameterError("now is not a time")

    @classmethod
    def of_model(cls, model: LearnerModel, state: State, history: tuple[Met, ...], now: float) -> "Learner":
        """From any learner model and its state of this learner."""
        return cls(
            lambda candidate: model.chance(state, Asked(candidate.item, candidate.skills, now)),
            lambda skill: model.mastery(state, skill),
            history,
            now,
        )

    @classmethod
    def of_numbers(
        cls,
        chances: Mapping[str, float],
        mastery: Mapping[str, Estimate],
        history: tuple[Met, ...] = (),
        now: float = 0.0,
    ) -> "Learner":
        """From a chance of every item and the mastery of every skill, by name."""

        def chance(candidate: Candidate) -> Estimate:
            if candidate.item not in chances:
                raise ParameterError(f"{candidate.item}: its chance is not known")
            value = float(chances[candidate.item])
            return Estimate(value, value, value)

        def mastered(skill: str) -> Estimate:
            if skill not in mastery:
                raise ParameterError(f"{skill}: its mastery is not known")
            return mastery[skill]

        return cls(chance, mastered, history, now)

    def met(self, skill: str) -> tuple[Met, ...]:
        """The responses that asked for this skill."""
        return tuple(each for each in self.history if skill in each.skills)


def passed_reviews(met: tuple[Met, ...], apart_s: float) -> int:
    """How many right answers in a row end these responses, each at least `apart_s` after the response before it."""
    passed = 0
    for earlier, later in pairwise(met):
        if not later.right:
            passed = 0
        elif later.time - earlier.time >= apart_s:
            passed += 1
    return passed
