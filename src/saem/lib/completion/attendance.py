"""A person's minutes against the planned total of all sessions, and whether the share wanted can still be had."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from saem.lib.completion.counting import MINUTE, Attended, attended
from saem.lib.completion.errors import PlanError
from saem.lib.completion.presence import NOBODY, AttendancePolicy, Presence
from saem.lib.completion.rounding import Bound
from saem.lib.completion.sessions import Session
from saem.lib.completion.spans import seconds_of


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """Seconds over all sessions, past and to come; `sessions` has one entry for each, by id."""

    planned: int
    present: int
    best: int
    excused: int
    sessions: Mapping[str, Attended]

    @property
    def percent(self) -> Fraction | None:
        """Exact; None where nothing was planned, for then there is no share."""
        return Fraction(100 * self.present, self.planned) if self.planned else None


class Chance(StrEnum):
    MET = "met"
    YES = "yes"
    AT_RISK = "at_risk"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class CanStillPass:
    """`needed`, `spare` in minutes. Spare is what may still be missed; negative where it cannot be had any more."""

    chance: Chance
    needed: Fraction
    spare: Fraction


def count(
    sessions: Iterable[Session], presences: Mapping[str, Presence], policy: AttendancePolicy, now: dt.datetime
) -> Attendance:
    """Count one person. `presences` by session id; without one, a session that is over was missed.

    The plan is the whole: after the first of two equal sessions the share is 50 %, not 100 %. Raises PlanError where
    two sessions have one id.
    """
    at, sessions = seconds_of(now), tuple(sessions)
    if len({each.id for each in sessions}) != len(sessions):
        raise PlanError("two sessions have one id")
    found = {each.id: attended(each, presences.get(each.id, NOBODY), policy, at) for each in sessions}
    return Attendance(
        planned=sum(each.planned for each in found.values()),
        present=sum(each.present for each in found.values()),
        best=sum(each.best for each in found.values()),
        excused=sum(each.excused for each in found.values()),
        sessions=found,
    )


def can_still_pass(attendance: Attendance, bound: Bound, *, warn_sessions: int = 1) -> CanStillPass:
    """Whether the share of `bound` (percent of the planned time) can still be had.

    The best future is to miss nothing from now on; nothing else, an excuse of any treatment included, gives a larger
    share. It is at risk where missing the `warn_sessions` longest of what is left would put it out of reach. Raises
    ZeroDivisionError where nothing was planned.
    """
    if not attendance.planned:
        raise ZeroDivisionError("nothing was planned")
    needed = bound.fewest_of(attendance.planned)
    spare = attendance.best - needed
    if attendance.present >= needed:
        chance = Chance.MET
    elif spare < 0:
        chance = Chance.NO
    else:
        left = sorted((each.best - each.present for each in attendance.sessions.values()), reverse=True)
        chance = Chance.AT_RISK if spare < sum(left[:warn_sessions]) else Chance.YES
    return CanStillPass(chance=chance, needed=Fraction(needed, MINUTE), spare=Fraction(spare, MINUTE))
