"""When a test ends: by length, by standard error, by a decision about mastery, or by whichever comes first."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.model import Estimate

from .posterior import GridPosterior
from .reasons import Stop, StopCode


class StopRule(Protocol):
    def stop(self, posterior: GridPosterior, given: int) -> Stop | None:
        """Why the test ends after `given` items, or None where it goes on."""


@dataclass(frozen=True)
class Length:
    """After this many items."""

    items: int

    def __post_init__(self) -> None:
        if self.items < 1:
            raise ParameterError(f"a test has at least one item, not {self.items}")

    def stop(self, posterior: GridPosterior, given: int) -> Stop | None:  # noqa: ARG002
        return Stop(StopCode.LENGTH, {"items": given}) if given >= self.items else None


@dataclass(frozen=True)
class StandardError:
    """Once the posterior's standard deviation is at most this many logits."""

    at_most: float

    def __post_init__(self) -> None:
        if not (self.at_most > 0 and np.isfinite(self.at_most)):
            raise ParameterError(f"a standard error is above 0, not {self.at_most}")

    def stop(self, posterior: GridPosterior, given: int) -> Stop | None:
        error = posterior.sd
        return Stop(StopCode.STANDARD_ERROR, {"error": error, "items": given}) if error <= self.at_most else None


@dataclass(frozen=True)
class Mastery:
    """Once the ability lies above the `cut`, or below it, with this `confidence` (Kingsbury & Weiss 1983)."""

    cut: float
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if not (0.5 < self.confidence < 1 and np.isfinite(self.cut)):  # noqa: PLR2004
            raise ParameterError("mastery wants a finite cut and a confidence between one half and 1")

    def stop(self, posterior: GridPosterior, given: int) -> Stop | None:  # noqa: ARG002
        above = 1.0 - posterior.below(self.cut)
        facts = {"chance": above, "cut": self.cut}
        if above >= self.confidence:
            return Stop(StopCode.MASTERED, facts)
        return Stop(StopCode.NOT_MASTERED, facts) if above <= 1.0 - self.confidence else None


@dataclass(frozen=True)
class FirstOf:
    """Whichever of the rules ends the test first, in their order, and never before `shortest` items."""

    rules: tuple[StopRule, ...]
    shortest: int = 0

    def stop(self, posterior: GridPosterior, given: int) -> Stop | None:
        if given < self.shortest:
            return None
        found = (rule.stop(posterior, given) for rule in self.rules)
        return next((stop for stop in found if stop is not None), None)


def practice_stop(mastery: Estimate, cut: float) -> Stop | None:
    """The same decision from a learner model's mastery of one skill: its 95 % interval lies on one side of the cut.

    An estimate that is not usable decides nothing.
    """
    if not mastery.usable:
        return None
    facts = {"chance": mastery.value, "cut": cut}
    if mastery.low >= cut:
        return Stop(StopCode.MASTERED, facts)
    return Stop(StopCode.NOT_MASTERED, facts) if mastery.high < cut else None
