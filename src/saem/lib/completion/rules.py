"""What must be met to complete, as strict data: conditions, their groups, and a rule with its days and its hash."""

import hashlib
import json
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from saem.lib.completion.presence import AttendancePolicy
from saem.lib.completion.rounding import Rounding
from saem.lib.completion.schema import HUNDRED, Day, Exact, Id, Name, Percent, Strict

Credits = Annotated[int, Field(ge=0, le=1_000)]


class AttendanceShare(Strict):
    """Minutes present of the minutes planned for all sessions. Without a plan it is missing, unless said otherwise."""

    kind: Literal["attendance"]
    id: Id
    percent: Percent
    rounding: Rounding = Rounding()
    without_plan: Literal["missing", "met"] = "missing"


class ProgressShare(Strict):
    """Steps done of all steps (진도율)."""

    kind: Literal["progress"]
    id: Id
    percent: Percent
    rounding: Rounding = Rounding()


class MasteryShare(Strict):
    """Skills that are surely held, of those named; of the whole program where none is."""

    kind: Literal["mastery"]
    id: Id
    percent: Percent
    skills: Annotated[tuple[Name, ...], Field(strict=False)] = ()
    rounding: Rounding = Rounding()


class ProjectResult(Strict):
    """A project that is passed, or has that percentage of its points, or both."""

    kind: Literal["project"]
    id: Id
    project_id: Name
    passed: bool = False
    percent: Percent | None = None
    rounding: Rounding = Rounding()

    @model_validator(mode="after")
    def _wants_something(self) -> "ProjectResult":
        if not self.passed and self.percent is None:
            raise PydanticCustomError("project_wants_nothing", "neither passed nor percent")
        return self


class Weights(Strict):
    """The weights of the parts (together 100) in courses of these credits; of any credits where none is named."""

    credits: Annotated[tuple[Credits, ...], Field(strict=False)] = ()
    parts: Annotated[dict[Name, Exact], Field(min_length=1)]

    @model_validator(mode="after")
    def _sum(self) -> "Weights":
        total = sum(self.parts.values(), Fraction())
        if total != HUNDRED:
            raise PydanticCustomError("weights_sum", "weights", {"total": float(total)})
        return self


class AssessmentTotal(Strict):
    """The converted total of 100 (환산점수), with weights by the course's credits."""

    kind: Literal["assessment"]
    id: Id
    points: Percent
    weights: Annotated[tuple[Weights, ...], Field(strict=False, min_length=1)]
    rounding: Rounding = Rounding()

    @model_validator(mode="after")
    def _once(self) -> "AssessmentTotal":
        named = [count for each in self.weights for count in each.credits or (-1,)]
        if len(named) != len(set(named)):
            raise PydanticCustomError("weights_twice", "credits named twice")
        return self

    def weights_for(self, credit_count: int) -> Weights | None:
        """Those that name the credits, else those for any."""
        exact = next((each for each in self.weights if credit_count in each.credits), None)
        return exact or next((each for each in self.weights if not each.credits), None)


class RequiredSessions(Strict):
    """Sessions that each need that share of their own planned minutes."""

    kind: Literal["sessions"]
    id: Id
    session_ids: Annotated[tuple[Name, ...], Field(strict=False, min_length=1)]
    percent: Percent = Fraction(HUNDRED)
    rounding: Rounding = Rounding()


class AllOf(Strict):
    kind: Literal["all"]
    id: Id
    of: Annotated[tuple["Condition", ...], Field(strict=False, min_length=1)]


class AnyOf(Strict):
    """At least `at_least` of the conditions."""

    kind: Literal["any"]
    id: Id
    at_least: int = Field(default=1, ge=1)
    of: Annotated[tuple["Condition", ...], Field(strict=False, min_length=1)]

    @model_validator(mode="after")
    def _possible(self) -> "AnyOf":
        if self.at_least > len(self.of):
            raise PydanticCustomError("at_least_too_many", "more wanted than there are")
        return self


Threshold = AttendanceShare | ProgressShare | MasteryShare | ProjectResult | AssessmentTotal | RequiredSessions
Condition = Annotated[Threshold | AllOf | AnyOf, Field(discriminator="kind")]

KINDS: dict[str, type[Threshold | AllOf | AnyOf]] = {
    "attendance": AttendanceShare,
    "progress": ProgressShare,
    "mastery": MasteryShare,
    "project": ProjectResult,
    "assessment": AssessmentTotal,
    "sessions": RequiredSessions,
    "all": AllOf,
    "any": AnyOf,
}


def located(
    condition: "Threshold | AllOf | AnyOf", path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], "Threshold | AllOf | AnyOf"]]:
    """The condition and all below it with their paths, in the order of the file."""
    yield path, condition
    if isinstance(condition, AllOf | AnyOf):
        for at, each in enumerate(condition.of):
            yield from located(each, (*path, "of", at))


class Rule(Strict):
    """Valid from `from` until the end of the day `until`; `earliest` says whether completion waits for the end."""

    id: Id
    valid_from: Day = Field(alias="from")
    until: Day | None = None
    earliest: Literal["when_met", "course_end"] = "when_met"
    warn_sessions: int = Field(default=1, ge=0, le=1_000)
    attendance: AttendancePolicy = AttendancePolicy()
    condition: Condition

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what the rule asks for, as canonical JSON.

        Its days are left out: closing a rule because a newer one follows does not change what was decided by it.
        """
        asked = self.model_dump(mode="json", exclude={"valid_from", "until"})
        text = json.dumps(asked, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


AllOf.model_rebuild()
AnyOf.model_rebuild()
Rule.model_rebuild()
