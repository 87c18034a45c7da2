"""Sees in time who may soon be unable to pass by attendance, and tells each of them once for every such change."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.models import AttendanceOutlook
from saem.apps.cohorts.sessions.queries import people_of_recent_sessions
from saem.apps.cohorts.sessions.tallies import Tally, tallies_by_id
from saem.apps.notices.services import Telling, notify_many
from saem.lib.completion import Chance

KIND = "attendance.at_risk"
# A night whose job came late is made up for by the next one.
LOOK_BACK = dt.timedelta(days=3)
BATCH = 500


def look_again(enrolment_ids: Collection[int]) -> None:
    """Write down how these people stand, and tell who has just come into danger; call inside the act's transaction."""
    tallies = [tally for tally in tallies_by_id(enrolment_ids) if tally.chance]
    before = {row.enrolment_id: row for row in AttendanceOutlook.objects.filter(enrolment__in=enrolment_ids)}
    changed = [tally for tally in tallies if _chance_before(before, tally) != tally.chance]
    rows = {tally.enrolment.pk: _outlook(before.get(tally.enrolment.pk), tally) for tally in changed}
    AttendanceOutlook.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["enrolment"],
        update_fields=["chance", "turns", "changed_at"],
    )
    notify_many(KIND, [_telling(tally, rows[tally.enrolment.pk].turns) for tally in changed if tally.is_worrying])


def _chance_before(before: dict[int, AttendanceOutlook], tally: Tally) -> str:
    row = before.get(tally.enrolment.pk)
    return row.chance if row is not None else ""


def _outlook(row: AttendanceOutlook | None, tally: Tally) -> AttendanceOutlook:
    turns = row.turns + 1 if row is not None else 1
    return AttendanceOutlook(
        enrolment_id=tally.enrolment.pk, chance=tally.chance, turns=turns, changed_at=timezone.now()
    )


def _telling(tally: Tally, turns: int) -> Telling:
    cohort = tally.enrolment.classroom.cohort
    facts = {
        "course": {"ko": cohort.title, "en": cohort.title_en or cohort.title},
        "is_lost": tally.chance == Chance.NO.value,
        "spare": tally.spare_minutes,
        "percent": float(tally.standard.percent),
    }
    return Telling(
        recipient=tally.enrolment.user,
        facts=facts,
        path=reverse("sessions:mine"),
        key=f"attendance:{tally.enrolment.pk}:{turns}",
    )


def look_at_everybody() -> None:
    """The night's look: time alone puts people at risk, when a session ends to which they did not come."""
    ids = people_of_recent_sessions(LOOK_BACK).order_by("pk").values_list("pk", flat=True)
    for some in _batches(ids):
        with transaction.atomic():
            look_again(some)


def _batches(ids: Iterable[int]) -> Iterable[list[int]]:
    every = list(ids)
    return (every[start : start + BATCH] for start in range(0, len(every), BATCH))
