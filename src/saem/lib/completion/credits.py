"""Hours of training into credits, by a dated table."""

from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from saem.lib.completion.schema import Day, Id, Strict

MINUTES = 60


class CreditStep(Strict):
    """From so many hours on, so many credits."""

    hours: int = Field(ge=1, le=10_000)
    credits: int = Field(ge=1, le=1_000)


class CreditTable(Strict):
    """Valid from `from` until the end of `until`. Beyond the last step each `every_hours` gives one credit more."""

    id: Id
    valid_from: Day = Field(alias="from")
    until: Day | None = None
    steps: Annotated[tuple[CreditStep, ...], Field(strict=False, min_length=1)]
    every_hours: int | None = Field(default=None, ge=1, le=10_000)

    @model_validator(mode="after")
    def _rises(self) -> "CreditTable":
        pairs = [(step.hours, step.credits) for step in self.steps]
        if any(after[0] <= before[0] or after[1] <= before[1] for before, after in pairwise(pairs)):
            raise PydanticCustomError("steps_order", "steps must rise")
        return self

    def credits_for(self, minutes: int | Fraction) -> int:
        """Whole credits for exact minutes, never rounded up: 14 h 59 min are no 15 hours."""
        reached = [step for step in self.steps if minutes >= step.hours * MINUTES]
        if not reached:
            return 0
        if len(reached) < len(self.steps) or self.every_hours is None:
            return reached[-1].credits
        more = (minutes - reached[-1].hours * MINUTES) // (self.every_hours * MINUTES)
        return reached[-1].credits + int(more)
