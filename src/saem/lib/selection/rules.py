"""How one selection is decided: stages, tie-breaks, seats and quotas, declared before applications open.

The form follows what education offices publish: stages with weights, a multiple of the seats that goes on to the next
stage, minimum scores, tie-breaks in order, and places for some (social inclusion, district offices, schools, a
balance).
"""

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from saem.lib.selection.errors import UnknownError

FORMAT = 1
MOST_SEATS = 1_000_000
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


def _plain(number: Decimal) -> Decimal:
    """60, 60.0 and 6e1 are one number and are written one way, so that they have one hash."""
    return Decimal(format(number.normalize(), "f"))


Number = Annotated[Decimal, Field(allow_inf_nan=False, ge=-1_000_000, le=1_000_000), AfterValidator(_plain)]
Points = Annotated[Decimal, Field(allow_inf_nan=False, ge=0, le=100), AfterValidator(_plain)]
Count = Annotated[StrictInt, Field(ge=0, le=MOST_SEATS)]
Share = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}(\.[0-9]{1,2})?%$")]
# People, or a share of the seats as "30%".
Amount = Count | Share


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(_Declared):
    ko: Words
    en: Words


class Aggregation(StrEnum):
    """How the reviewers of one application become one score."""

    MEAN = "mean"
    TRIMMED = "trimmed"  # without the highest and the lowest, as panels of judges do; three reviewers or more
    MEDIAN = "median"


class Criterion(_Declared):
    """What a reviewer gives a number for, from `minimum` to `maximum`; `weight` is relative to its stage's others."""

    id: Identifier
    title: Title
    weight: Annotated[StrictInt, Field(ge=1, le=1000)] = 1
    minimum: Number = Decimal(0)
    maximum: Number = Decimal(100)


class Stage(_Declared):
    """One stage. Its score is from 0 to 100 points whatever its criteria's scales.

    `weight` is relative to the other stages and may be 0 for a stage that only bars. `reviews` are needed for each
    application. Who has fewer than `minimum` points is out. `advance` go on to the next stage, by the weighted mean of
    the stages so far ("300%" is three times the seats); with `quotas_apply` the quotas' least numbers, times the same
    multiple, are kept as targets, so that nobody loses a quota's places before the last stage. Reviewers who differ
    by more than `disagreement` points are flagged. `standardise` evens out strict and lenient reviewers.
    """

    id: Identifier
    title: Title
    weight: Annotated[StrictInt, Field(ge=0, le=1000)]
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=50)]
    reviews: Annotated[StrictInt, Field(ge=1, le=50)] = 1
    aggregation: Aggregation = Aggregation.MEAN
    standardise: StrictBool = False
    minimum: Points | None = None
    disagreement: Points | None = None
    advance: Amount | None = None
    quotas_apply: StrictBool = True


class TieRule(StrEnum):
    STAGE = "stage"  # the higher score in `stage` comes first
    YOUNGER = "younger"
    OLDER = "older"
    APPLIED_FIRST = "applied_first"
    LOTTERY = "lottery"


class TieBreak(_Declared):
    by: TieRule
    stage: Identifier | None = None


class Strength(StrEnum):
    """A hard quota holds whatever it costs; a target is kept as nearly as the hard ones and full seats allow."""

    HARD = "hard"
    TARGET = "target"


Values = Annotated[tuple[Words, ...], Field(min_length=1, max_length=500)]


class Quota(_Declared):
    """At least and at most so many of those who have one of the values in every attribute that `where` names.

    A share is of the seats: a least number is rounded up and a most number down, so that neither promises too little.
    """

    id: Identifier
    title: Title
    where: Annotated[dict[Identifier, Values], Field(max_length=20)]
    at_least: Amount = 0
    at_most: Amount | None = None
    strength: Strength = Strength.HARD


class Reserve(_Declared):
    """The best `length` of those without a seat, and more of each quota until `each_quota` of it are on the list."""

    length: Count = 0
    each_quota: Count = 0


class SelectionRules(_Declared):
    """`attributes` names what applications say of people and which values there are; order of quotas is priority."""

    format: Annotated[StrictInt, Field(ge=FORMAT, le=FORMAT)] = FORMAT
    title: Title
    seats: Count
    decimals: Annotated[StrictInt, Field(ge=0, le=6)] = 2
    stages: Annotated[tuple[Stage, ...], Field(min_length=1, max_length=20)]
    tie_breaks: Annotated[tuple[TieBreak, ...], Field(max_length=30)]
    attributes: dict[Identifier, Values] = Field(default_factory=dict)
    quotas: Annotated[tuple[Quota, ...], Field(max_length=100)] = ()
    reserve: Reserve = Reserve()

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the canonical text; a page that showed it before opening proves that nothing changed."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def canonical(self) -> str:
        """JSON with sorted keys, no spaces, defaults written out and numbers with a point as text; UTF-8."""
        return json.dumps(
            self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
        )

    def stage(self, stage_id: str) -> Stage:
        """Raises UnknownError for a stage that there is not."""
        found = next((stage for stage in self.stages if stage.id == stage_id), None)
        if found is None:
            raise UnknownError(stage_id)
        return found

    def stages_until(self, stage_id: str) -> tuple[Stage, ...]:
        """The stage and those before it."""
        return self.stages[: self.stages.index(self.stage(stage_id)) + 1]

    def advancing(self, stage: Stage) -> int | None:
        """How many go on after a stage; None where everybody who passed does."""
        return None if stage.advance is None else least_of(stage.advance, self.seats)


def _share(amount: Amount, seats: int) -> Fraction:
    return Fraction(amount) if isinstance(amount, int) else Fraction(amount[:-1]) / 100 * seats


def least_of(amount: Amount, seats: int) -> int:
    """People; a share of the seats is rounded up."""
    return ceil(_share(amount, seats))


def most_of(amount: Amount, seats: int) -> int:
    """People; a share of the seats is rounded down."""
    return floor(_share(amount, seats))


def total_weight(stages: Iterable[Stage]) -> int:
    return sum(stage.weight for stage in stages)
