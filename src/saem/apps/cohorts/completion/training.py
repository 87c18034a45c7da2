"""What staff write down of a training and its people: the course, each person's record, points of assessments."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.completion.recording import trailed
from saem.apps.cohorts.completion.rounds import changing, cohort_changed
from saem.apps.cohorts.models import AssessmentScore, Cohort, Enrolment, RecordChange, TraineeRecord, TrainingCourse
from saem.apps.events.services import record
from saem.apps.people.models import User

TRAINEE = (
    "name",
    "birth_date",
    "neis_number",
    "designation_number",
    "school",
    "office",
    "district",
    "kind",
)
Points = tuple[Decimal, Decimal]
# A cell of the sheet of results: whose, and of which part.
Place = tuple[int, str]
ROWS = 500


def set_training(cohort: Cohort, facts: Mapping[str, Any], *, by: User) -> TrainingCourse:
    """Make a cohort a training, or change what it says; credits and designation are looked at anew."""
    with transaction.atomic():
        course, _is_new = TrainingCourse.objects.update_or_create(cohort=cohort, defaults=facts)
        record("training.set", actor=by, object_kind="cohort", object_id=cohort.pk, cohort_id=cohort.pk)
        cohort_changed(cohort, by=by)
    return course


def set_trainee(enrolment: Enrolment, facts: Mapping[str, Any], *, reason: str = "", by: User) -> None:
    """Write a person's record; only what `facts` names changes, and each change has its trail."""
    set_trainees({enrolment.pk: facts}, reason=reason, by=by)


def set_trainees(records: Mapping[int, Mapping[str, Any]], *, reason: str = "", by: User) -> None:
    """Write the records of one cohort's people, by enrolment; for many people decisions follow in a round of jobs."""
    with transaction.atomic(), changing(records, by=by):
        rows, changes = _held_records(records), list[RecordChange]()
        for pk, facts in records.items():
            row = rows[pk]
            fields = {}
            for field, value in facts.items():
                fields[field] = (_text(getattr(row, field)), _text(value))
                setattr(row, field, value)
            changes += trailed(pk, "trainee", fields, reason=reason, by=by)
        TraineeRecord.objects.bulk_update(rows.values(), TRAINEE, batch_size=ROWS)
        RecordChange.objects.bulk_create(changes, batch_size=ROWS)


def _held_records(ids: Collection[int]) -> dict[int, TraineeRecord]:
    people = Enrolment.objects.filter(pk__in=ids, trainee=None).select_related("user")
    new = [TraineeRecord(enrolment=each, name=each.user.display_name or each.nickname) for each in people]
    TraineeRecord.objects.bulk_create(new, ignore_conflicts=True)
    held = TraineeRecord.objects.select_for_update(of=("self",)).filter(enrolment__in=ids).order_by("pk")
    return {row.pk: row for row in held}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def set_scores(scores: Mapping[int, Mapping[str, Points | None]], *, reason: str = "", by: User) -> int:
    """Write points of one cohort's people by part, None to take them back; returns how many cells changed.

    Completion is decided anew in the same transaction; for many people in a round of jobs.
    """
    with transaction.atomic(), changing(scores, by=by):
        held = Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=scores).order_by("pk")
        people = list(held.values_list("pk", flat=True))
        before = {(row.enrolment_id, row.part): row for row in AssessmentScore.objects.filter(enrolment__in=people)}
        cells = {
            (pk, part): (_shown(before.get((pk, part))), shown(*points) if points else "", points)
            for pk in people
            for part, points in scores[pk].items()
        }
        changed = {place: cell for place, cell in cells.items() if cell[0] != cell[1]}
        _write_scores({place: points for place, (_was, _now, points) in changed.items()}, before)
        trails = [
            row
            for (pk, part), (was, now, _points) in changed.items()
            for row in trailed(pk, "score", {part: (was, now)}, reason=reason, by=by)
        ]
        RecordChange.objects.bulk_create(trails, batch_size=ROWS)
    return len(changed)


def _write_scores(changed: Mapping[Place, Points | None], before: Mapping[Place, AssessmentScore]) -> None:
    """Three statements, whatever the number of cells."""
    gone = [before[place].pk for place, points in changed.items() if points is None]
    AssessmentScore.objects.filter(pk__in=gone).delete()
    now = timezone.now()
    AssessmentScore.objects.bulk_create(
        [
            AssessmentScore(enrolment_id=pk, part=part, points=points[0], most=points[1], recorded_at=now)
            for (pk, part), points in changed.items()
            if points is not None
        ],
        batch_size=ROWS,
        update_conflicts=True,
        unique_fields=["enrolment", "part"],
        update_fields=["points", "most", "recorded_at"],
    )


def _shown(row: AssessmentScore | None) -> str:
    return shown(row.points, row.most) if row is not None else ""


def shown(points: Decimal, most: Decimal) -> str:
    """`87.5/100`"""
    return f"{plain(points)}/{plain(most)}"


def plain(value: Decimal) -> str:
    """At most three decimals, without zeros that say nothing, and 80, never 8E+1."""
    return f"{round(value, 3):f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
