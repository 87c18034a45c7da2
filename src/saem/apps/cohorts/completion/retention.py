"""How long each field of a record is kept, and taking away what has been kept long enough.

Personal numbers serve the report alone and go first; the record itself goes when its own years are over. The number,
the day and the credits of a completion stay: they say nothing of a person without the name.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from saem.apps.cohorts.models import AssessmentScore, Completion, Enrolment, RecordChange, TraineeRecord, TrainingCourse
from saem.apps.cohorts.retention.periods import years_after
from saem.apps.events.services import record

PERSONAL = ("birth_date", "neis_number", "designation_number")
RECORD = ("name", "school", "office", "district", "kind")
SCORES = "scores"
EMPTY: dict[str, object] = {"birth_date": None}


def purge(today: dt.date) -> int:
    """Take away every field whose time is over; returns from how many people something was taken. Again: nothing."""
    taken = 0
    ended = TrainingCourse.objects.filter(cohort__ends_on__lt=today).select_related("cohort")
    for course in ended.order_by("pk"):
        over = [field for field in (*PERSONAL, *RECORD, SCORES) if is_over(course, field, today)]
        if fields := [field for field in over if field != SCORES]:
            taken += _purge_fields(course, fields)
        if "name" in over:
            _purge_names(course)
        if SCORES in over:
            _purge_scores(course)
    return taken


def years_of(course: TrainingCourse, field: str) -> int | None:
    """How many years after the course a field is kept: its own number, else its group's; None for good."""
    own = course.retention_by_field.get(field)
    if own is not None:
        return int(own)
    return course.personal_retention_years if field in PERSONAL else course.retention_years


def is_over(course: TrainingCourse, field: str, today: dt.date) -> bool:
    years, last = years_of(course, field), course.cohort.ends_on
    return years is not None and last is not None and today > years_after(last, years)


def _purge_fields(course: TrainingCourse, fields: Sequence[str]) -> int:
    """Empty the fields and what the trail says of them; that they were purged is an event without a value."""
    empty = {field: EMPTY.get(field, "") for field in fields}
    filled = Q()
    for field, value in empty.items():
        filled |= ~Q(**({f"{field}__isnull": True} if value is None else {field: value}))
    with transaction.atomic():
        people = TraineeRecord.objects.filter(filled, enrolment__classroom__cohort=course.cohort_id)
        ids = list(people.values_list("pk", flat=True))
        if not ids:
            return 0
        TraineeRecord.objects.filter(pk__in=ids).update(**empty)
        RecordChange.objects.filter(enrolment__in=ids, subject="trainee", field__in=fields).update(before="", after="")
        record(
            "records.purged",
            actor=None,
            object_kind="cohort",
            object_id=course.cohort_id,
            cohort_id=course.cohort_id,
            facts={"fields": list(fields), "people": len(ids)},
        )
    return len(ids)


def _purge_names(course: TrainingCourse) -> None:
    """The names that completions were printed with."""
    people = people_of(course)
    with transaction.atomic():
        Completion.objects.filter(enrolment__in=people).exclude(name="").update(name="")
        RecordChange.objects.filter(enrolment__in=people, subject="completion", field="name").update(
            before="", after=""
        )


def _purge_scores(course: TrainingCourse) -> None:
    people = people_of(course)
    with transaction.atomic():
        AssessmentScore.objects.filter(enrolment__in=people).delete()
        RecordChange.objects.filter(enrolment__in=people, subject="score").update(before="", after="")


def people_of(course: TrainingCourse) -> QuerySet[Any, Any]:
    return Enrolment.objects.filter(classroom__cohort=course.cohort_id).values("pk")
