"""Completions as official records: numbered without a gap, withdrawn and never deleted, each change with its trail.

Everything here is called inside the transaction of the fact that decided it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.completion.telling import tell_completed, tell_withdrawn
from saem.apps.cohorts.models import (
    Cohort,
    Completion,
    CourseMode,
    Enrolment,
    NumberSeries,
    RecordChange,
    TraineeRecord,
    TrainingCourse,
)
from saem.apps.events.services import record, record_many
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib.completion.numbers import CompletionNumber, NumberPattern

PATTERN = "제 {institution}-{mode}-{year}-{sequence}호"
# In a number the mode stands as Korean offices write it, whatever language the page is read in.
MODES = {CourseMode.REMOTE: "원격", CourseMode.IN_PERSON: "집합", CourseMode.BLENDED: "혼합"}
PROGRAM = "과정"


@dataclass(frozen=True, kw_only=True)
class Result:
    """What the record says beside the person: by which rule, with how many minutes, credits and points."""

    rule: str
    rule_hash: str
    minutes: int
    credits: int
    total: Decimal | None


def complete(enrolment: Enrolment, result: Result, *, now: dt.datetime) -> Completion:
    """Give the person a number and the record. The number's row is held until the transaction ends."""
    return complete_all([(enrolment, result)], now=now)[0]


def complete_all(people: Sequence[tuple[Enrolment, Result]], *, now: dt.datetime) -> list[Completion]:
    """Give each of them a number and the record, in a handful of statements whatever their number."""
    made: list[Completion] = []
    for cohort, some in sorted(_by_cohort(people).items(), key=lambda pair: (pair[0].institution_id, pair[0].pk)):
        rows = _completions(cohort, some, now)
        Completion.objects.bulk_create(rows)
        facts = [(row.pk, {"enrolment": row.enrolment_id, "completion": row.pk}) for row in rows]
        record_many("cohorts.completed", actor=None, object_kind="completion", cohort_id=cohort.pk, objects=facts)
        made += rows
    tell_completed(made)
    return made


def _by_cohort(people: Sequence[tuple[Enrolment, Result]]) -> dict[Cohort, list[tuple[Enrolment, Result]]]:
    found: dict[Cohort, list[tuple[Enrolment, Result]]] = {}
    for enrolment, result in people:
        found.setdefault(enrolment.classroom.cohort, []).append((enrolment, result))
    return found


def _completions(cohort: Cohort, people: Sequence[tuple[Enrolment, Result]], now: dt.datetime) -> list[Completion]:
    training = TrainingCourse.objects.filter(cohort=cohort).first()
    day, names = timezone.localdate(now), names_of([enrolment for enrolment, _result in people])
    pattern = pattern_of(training, cohort.institution.name)
    first = next_numbers(cohort.institution_id, day.year, len(people))
    return [
        Completion(
            enrolment=enrolment,
            institution_id=cohort.institution_id,
            year=day.year,
            sequence=sequence,
            number=pattern.written(CompletionNumber(day.year, sequence)),
            name=names[enrolment.pk],
            completed_on=day,
            minutes=result.minutes,
            credits=result.credits,
            total=result.total,
            rule=result.rule,
            rule_hash=result.rule_hash,
            recorded_at=now,
        )
        for sequence, (enrolment, result) in enumerate(people, start=first)
    ]


def next_numbers(institution: int, year: int, count: int) -> int:
    """The first of the next numbers of an institution in a year; who asks meanwhile waits: none is left out."""
    NumberSeries.objects.get_or_create(institution_id=institution, year=year)
    series = NumberSeries.objects.select_for_update().get(institution_id=institution, year=year)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return first


def pattern_of(training: TrainingCourse | None, institution: str) -> NumberPattern:
    name = training.number_name if training is not None else institution
    mode = MODES[CourseMode(training.mode)] if training is not None else PROGRAM
    return NumberPattern(pattern=PATTERN, institution=name, mode=mode)


def names_of(enrolments: Sequence[Enrolment]) -> dict[int, str]:
    """The names that certificates print: as recorded by the office, else the account's, else the nickname."""
    recorded = dict(TraineeRecord.objects.filter(enrolment__in=enrolments).values_list("enrolment_id", "name"))
    return {each.pk: recorded.get(each.pk) or each.user.display_name or each.nickname for each in enrolments}


def withdraw(completion: Completion, *, reason: str, by: User | None) -> None:
    """Take a completion back; its number stays used. Doing so twice changes nothing."""
    with transaction.atomic():
        now = timezone.now()
        taken = Completion.objects.filter(pk=completion.pk, withdrawn_at=None).update(
            withdrawn_at=now, withdrawn_by=by, withdrawal_reason=reason
        )
        if not taken:
            return
        completion.refresh_from_db()
        trail(completion.enrolment, "completion", {"withdrawn": ("", completion.number)}, reason=reason, by=by)
        _event("completion_withdrawn", completion, by=by)
        tell_withdrawn(completion)


def correct_name(completion: Completion, *, name: str, reason: str, by: User) -> None:
    """Correct the name of a record; the number stays. Raises SaemError `completion_withdrawn` for one taken back."""
    with transaction.atomic():
        row = Completion.objects.select_for_update(of=("self",)).get(pk=completion.pk)
        if row.withdrawn_at is not None:
            raise SaemError("completion_withdrawn", status=409)
        before, row.name = row.name, name
        row.save(update_fields=["name"])
        trail(row.enrolment, "completion", {"name": (before, name)}, reason=reason, by=by)
        _event("completion_corrected", row, by=by)


def trail(
    enrolment: Enrolment, subject: str, changes: Mapping[str, tuple[str, str]], *, reason: str = "", by: User | None
) -> None:
    """Write down who changed what; what did not change is left out."""
    RecordChange.objects.bulk_create(trailed(enrolment.pk, subject, changes, reason=reason, by=by))


def trailed(
    enrolment: int, subject: str, changes: Mapping[str, tuple[str, str]], *, reason: str = "", by: User | None
) -> list[RecordChange]:
    """The trail of one person's changes, not written yet: many people's are written at once."""
    return [
        RecordChange(
            enrolment_id=enrolment,
            subject=subject,
            field=field,
            before=before[:200],
            after=after[:200],
            reason=reason[:200],
            changed_by=by,
        )
        for field, (before, after) in changes.items()
        if before != after
    ]


def _event(verb: str, completion: Completion, *, by: User | None) -> None:
    record(
        f"cohorts.{verb}",
        actor=by,
        object_kind="completion",
        object_id=completion.pk,
        cohort_id=completion.enrolment.classroom.cohort_id,
        facts={"enrolment": completion.enrolment_id, "completion": completion.pk},
    )
