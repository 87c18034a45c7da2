"""What staff write down of a training and its people: the course, each person's record, points of assessments."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.completion.recording import trail
from saem.apps.cohorts.models import AssessmentScore, Cohort, Enrolment, TraineeRecord, TrainingCourse
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


def set_training(cohort: Cohort, facts: Mapping[str, Any], *, by: User) -> TrainingCourse:
    """Make a cohort a training, or change what it says; credits and designation are looked at anew."""
    with transaction.atomic():
        course, _is_new = TrainingCourse.objects.update_or_create(cohort=cohort, defaults=facts)
        record("training.set", actor=by, object_kind="cohort", object_id=cohort.pk, cohort_id=cohort.pk)
        facts_changed(Enrolment.objects.filter(classroom__cohort=cohort).values_list("pk", flat=True), by=by)
    return course


def set_trainee(enrolment: Enrolment, facts: Mapping[str, Any], *, reason: str = "", by: User) -> None:
    """Write a person's record; only what `facts` names changes, and each change has its trail."""
    with transaction.atomic():
        row = _locked(enrolment)
        changes = {}
        for field, value in facts.items():
            changes[field] = (_text(getattr(row, field)), _text(value))
            setattr(row, field, value)
        row.save()
        trail(enrolment, "trainee", changes, reason=reason, by=by)
        facts_changed([enrolment.pk], by=by)


def _locked(enrolment: Enrolment) -> TraineeRecord:
    TraineeRecord.objects.get_or_create(
        enrolment=enrolment, defaults={"name": enrolment.user.display_name or enrolment.nickname}
    )
    return TraineeRecord.objects.select_for_update().get(enrolment=enrolment)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def set_scores(scores: Mapping[int, Mapping[str, Points | None]], *, reason: str = "", by: User) -> int:
    """Write points by enrolment and part, None to take them back; returns how many cells changed.

    Everybody's completion is decided anew in the same transaction.
    """
    with transaction.atomic():
        people = {
            each.pk: each
            for each in Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=scores).order_by("pk")
        }
        before = {
            (row.enrolment_id, row.part): row for row in AssessmentScore.objects.filter(enrolment__in=people.keys())
        }
        changed = 0
        for pk, parts in scores.items():
            changes = {part: _put_score(people[pk], part, points, before) for part, points in parts.items()}
            trail(people[pk], "score", changes, reason=reason, by=by)
            changed += sum(was != now for was, now in changes.values())
        facts_changed(people.keys(), by=by)
    return changed


def _put_score(
    enrolment: Enrolment, part: str, points: Points | None, before: Mapping[tuple[int, str], AssessmentScore]
) -> tuple[str, str]:
    row = before.get((enrolment.pk, part))
    was = shown(row.points, row.most) if row is not None else ""
    if points is None:
        if row is not None:
            row.delete()
        return was, ""
    now = shown(*points)
    if was != now:
        AssessmentScore.objects.update_or_create(
            enrolment=enrolment,
            part=part,
            defaults={"points": points[0], "most": points[1], "recorded_at": timezone.now()},
        )
    return was, now


def shown(points: Decimal, most: Decimal) -> str:
    """`87.5/100`"""
    return f"{plain(points)}/{plain(most)}"


def plain(value: Decimal) -> str:
    """At most three decimals, without zeros that say nothing, and 80, never 8E+1."""
    return f"{round(value, 3):f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
