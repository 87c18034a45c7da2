"""Minutes of many people against the plan, and whether they can still pass; counted by `lib.completion`."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone

from saem.apps.cohorts.models import Enrolment
from saem.apps.cohorts.sessions.queries import plans_for, presences_for, sessions_kept
from saem.apps.cohorts.sessions.standards import Standard, Standards
from saem.lib.completion import Attendance, CanStillPass, Chance, Mark, Presence, Status, can_still_pass, count
from saem.lib.completion import Session as Planned

MINUTE = 60
ATTENDED = Presence(mark=Mark(status=Status.PRESENT))


@dataclass(frozen=True, kw_only=True)
class Tally:
    """One person: the plan, what was attended of it, by which standard, and the chance (None without a standard).

    For the chance alone, a session that is over without any record of anybody is taken as attended: a list that a
    teacher has still to fill in must not frighten a whole class.
    """

    enrolment: Enrolment
    plan: tuple[Planned, ...]
    attendance: Attendance
    standard: Standard
    outlook: CanStillPass | None
    # Sessions that are over and whose attendance nobody has kept yet.
    unkept: int = 0

    @property
    def chance(self) -> str:
        """A Chance, or nothing where nobody said what is wanted or nothing is planned."""
        return self.outlook.chance.value if self.outlook is not None else ""

    @property
    def present_minutes(self) -> int:
        return self.attendance.present // MINUTE

    @property
    def planned_minutes(self) -> int:
        return self.attendance.planned // MINUTE

    @property
    def percent(self) -> float | None:
        """For the eye, cut to one decimal, so that 89.96 never reads as 90."""
        share = self.attendance.percent
        return None if share is None else float(Fraction(share * 10 // 1, 10))

    @property
    def spare_minutes(self) -> int:
        """What may still be missed, in whole minutes; 0 where nothing may."""
        return max(int(self.outlook.spare // 1), 0) if self.outlook is not None else 0

    @property
    def is_worrying(self) -> bool:
        return self.chance in (Chance.AT_RISK.value, Chance.NO.value)


def tallies_of(enrolments: Sequence[Enrolment], now: dt.datetime | None = None) -> list[Tally]:
    """Count these people, whose `classroom.cohort` is loaded, in eight queries at most."""
    ids = [enrolment.pk for enrolment in enrolments]
    plans, presences = plans_for(ids), presences_for(ids)
    standards = Standards({each.classroom.cohort for each in enrolments})
    at = now or timezone.now()
    kept = sessions_kept({int(planned.id) for plan in plans.values() for planned in plan if planned.end <= at})
    return [
        _tally(each, plans[each.pk], presences[each.pk], standard=standards.of(each), kept=kept, at=at)
        for each in enrolments
    ]


def _tally(
    enrolment: Enrolment,
    plan: tuple[Planned, ...],
    presences: Mapping[str, Presence],
    *,
    standard: Standard,
    kept: set[str],
    at: dt.datetime,
) -> Tally:
    attendance = count(plan, presences, standard.policy, at)
    unkept = [each.id for each in plan if each.end <= at and not each.cancelled and each.id not in kept]
    hoped = {**presences, **dict.fromkeys(unkept, ATTENDED)}
    likely = count(plan, hoped, standard.policy, at) if unkept else attendance
    return Tally(
        enrolment=enrolment,
        plan=plan,
        attendance=attendance,
        standard=standard,
        outlook=_outlook(likely, standard),
        unkept=len(unkept),
    )


def _outlook(attendance: Attendance, standard: Standard) -> CanStillPass | None:
    if standard.bound is None or not attendance.planned:
        return None
    return can_still_pass(attendance, standard.bound, warn_sessions=standard.warn_sessions)
