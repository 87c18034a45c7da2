"""Opens and changes cohorts and classrooms."""

import datetime as dt

from django.db import IntegrityError, transaction

from saem.apps.catalog.models import Version
from saem.apps.cohorts.completion.rounds import cohort_changed
from saem.apps.cohorts.models import Classroom, Cohort, new_join_code
from saem.apps.events.services import record
from saem.apps.people.models import Institution, User

CODE_TRIES = 5


def open_cohort(
    *,
    by: User,
    institution: Institution,
    version: Version,
    title: str,
    title_en: str,
    starts_on: dt.date,
    ends_on: dt.date | None,
) -> Cohort:
    """Open a cohort. One that is the same in everything is a second press of the button and is returned as it is."""
    with transaction.atomic():
        # Two presses at once queue here, so that the second finds what the first made.
        Institution.objects.select_for_update().get(pk=institution.pk)
        cohort, is_new = Cohort.objects.get_or_create(
            institution=institution,
            version=version,
            title=title,
            title_en=title_en,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        if is_new:
            facts = {"version": version.content_hash, "institution": institution.pk}
            record(
                "cohort.opened", actor=by, object_kind="cohort", object_id=cohort.pk, cohort_id=cohort.pk, facts=facts
            )
    return cohort


def change_cohort(
    cohort: Cohort, *, by: User, title: str, title_en: str, starts_on: dt.date, ends_on: dt.date | None
) -> None:
    """Rename a cohort or move its dates. The version stays: what students began, they finish."""
    with transaction.atomic():
        before = Cohort.objects.select_for_update().get(pk=cohort.pk)
        facts = {"title_before": before.title, "starts_on": str(starts_on), "ends_on": str(ends_on or "")}
        cohort.title, cohort.title_en, cohort.starts_on, cohort.ends_on = title, title_en, starts_on, ends_on
        cohort.save(update_fields=["title", "title_en", "starts_on", "ends_on"])
        record("cohort.changed", actor=by, object_kind="cohort", object_id=cohort.pk, cohort_id=cohort.pk, facts=facts)
        cohort_changed(cohort, by=by)


def open_classroom(cohort: Cohort, *, by: User, name: str) -> Classroom | None:
    """Open a classroom with a fresh join code, or return None where the cohort has one of that name."""
    for _try in range(CODE_TRIES):
        try:
            with transaction.atomic():
                classroom = Classroom.objects.create(cohort=cohort, name=name)
                note("classroom.opened", classroom, by=by, name=name)
        except IntegrityError:
            # Either the name is taken, or the code: one in 887 million, but two classes must never share one.
            if cohort.classrooms.filter(name=name).exists():
                return None
        else:
            return classroom
    raise RuntimeError("no free join code was found")


def change_classroom(classroom: Classroom, *, by: User, name: str, join_open: bool) -> bool:
    """Rename a classroom, open or close it to new students; False where the name is taken."""
    try:
        with transaction.atomic():
            classroom.name, classroom.join_open = name, join_open
            classroom.save(update_fields=["name", "join_open"])
            note("classroom.changed", classroom, by=by, name=name, join_open=join_open)
    except IntegrityError:
        return False
    return True


def renew_code(classroom: Classroom, *, by: User) -> None:
    """Give a classroom a new join code; the old one opens nothing from then on."""
    for _try in range(CODE_TRIES):
        try:
            with transaction.atomic():
                classroom.join_code = new_join_code()
                classroom.save(update_fields=["join_code"])
                note("classroom.code_renewed", classroom, by=by)
        except IntegrityError:
            continue
        return
    raise RuntimeError("no free join code was found")


def note(verb: str, classroom: Classroom, *, by: User, **facts: object) -> None:
    """Append an event about a classroom."""
    record(
        verb,
        actor=by,
        object_kind="classroom",
        object_id=classroom.pk,
        cohort_id=classroom.cohort_id,
        facts=facts,
    )
