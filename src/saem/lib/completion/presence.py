"""What is known of one person in one session, and how an office counts it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from saem.lib.completion.errors import PresenceError
from saem.lib.completion.schema import Id, Strict

Treatment = Literal["present", "not_planned", "absent"]


class AttendancePolicy(Strict):
    """How an office counts.

    `excuses` says for each kind of excused absence whether its minutes count as present, are taken out of the plan, or
    count as absent; a kind that is not named counts as `other_excuses`. `missing_check_out`: who checked in and never
    out was there until the end, not at all, or that many minutes; a check-out is waited for `check_out_minutes` after
    the end, and counts for nothing later. Lateness and early leaving of up to `grace_minutes`
    are forgiven. With `whole_minutes` the rest of a minute in a session does not count.
    """

    excuses: dict[Id, Treatment] = Field(default_factory=dict)
    other_excuses: Treatment = "absent"
    missing_check_out: Literal["until_end", "nothing"] | Annotated[int, Field(ge=0, le=1440)] = "nothing"
    check_out_minutes: int = Field(default=30, ge=0, le=1440)
    grace_minutes: int = Field(default=0, ge=0, le=120)
    whole_minutes: bool = False


class Way(StrEnum):
    IN = "in"
    OUT = "out"


class Status(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


@dataclass(frozen=True)
class Crossing:
    """A check-in or a check-out at an aware moment."""

    at: dt.datetime
    way: Way


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What a teacher wrote: present, perhaps late or gone early by some minutes, absent, or excused.

    `excuse` is the kind of an excused absence; with `present` it excuses the late and early minutes alone.
    """

    status: Status
    late_minutes: int = 0
    early_minutes: int = 0
    excuse: str = ""

    def __post_init__(self) -> None:
        if self.late_minutes < 0 or self.early_minutes < 0:
            raise PresenceError("minutes late or early are not negative")
        if self.status is Status.EXCUSED and not self.excuse:
            raise PresenceError("an excused absence needs its kind")
        if self.status is not Status.PRESENT and (self.late_minutes or self.early_minutes):
            raise PresenceError("only who was present was late or left early")
        if self.status is Status.ABSENT and self.excuse:
            raise PresenceError("an absence with an excuse is an excused one")


@dataclass(frozen=True, kw_only=True)
class Presence:
    """Crossings in any order, stretches from elsewhere (a video call's log), or a mark, which outranks both."""

    crossings: tuple[Crossing, ...] = ()
    stretches: tuple[tuple[dt.datetime, dt.datetime], ...] = ()
    mark: Mark | None = None


NOBODY = Presence()
