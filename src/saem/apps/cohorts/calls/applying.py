"""What an applicant does: begins, saves, submits, withdraws. Each act and its event are one transaction."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.calls import eligibility
from saem.apps.cohorts.calls.ages import needs_guardian
from saem.apps.cohorts.calls.answers import Answers, check
from saem.apps.cohorts.calls.definition import FormDefinition, Problem, read_definition
from saem.apps.cohorts.calls.telling import tell_applicant
from saem.apps.cohorts.models import Application, ApplicationRevision, ApplicationState, Audience, Call, FormVersion
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.errors import SaemError

Reader = Callable[[Mapping[str, Any]], Answers]


@dataclass(frozen=True)
class Seen:
    """What the page knew: the revision it was made of (None saves over whatever is there), and its tab."""

    revision: int | None
    tab: str = ""


class Outcome(StrEnum):
    """What came of an attempt to save or submit."""

    SAVED = "saved"
    SUBMITTED = "submitted"
    CONFLICT = "conflict"
    CLOSED = "closed"
    INCOMPLETE = "incomplete"
    FORM_CHANGED = "form_changed"


@dataclass(frozen=True)
class Result:
    """The outcome, the application as it is now, and what is wrong with it."""

    outcome: Outcome
    application: Application
    problems: list[Problem] = field(default_factory=list)


def today() -> dt.date:
    return timezone.localdate()


def definition_of(form: FormVersion) -> FormDefinition:
    """The questions of a published form; those were checked when it was published."""
    return read_definition(form.definition)[0]


def start(call: Call, *, by: User, name: str, birth_date: dt.date, grade: str) -> Application:
    """Begin an application, or take up one's own again; a withdrawn one becomes a draft with its answers."""
    if not call.takes_submissions or call.form is None:
        raise SaemError("call.not_open", status=409)
    facts = {"name": name, "birth_date": birth_date, "grade": grade}
    facts["needs_guardian"] = is_minor(call, birth_date)
    with transaction.atomic():
        # Two presses at once queue at the person, so that the second finds what the first made.
        User.objects.select_for_update().get(pk=by.pk)
        application, is_new = Application.objects.get_or_create(
            call=call, applicant=by, defaults=facts | {"form": call.form}
        )
        if not is_new and application.state == ApplicationState.WITHDRAWN:
            application.state, application.sent, application.withdrawn_at = ApplicationState.DRAFT, None, None
            application.submitted_at = None
            for key, value in facts.items():
                setattr(application, key, value)
            application.save()
            is_new = True
        if is_new:
            note("application.started", application, by=by)
    return application


def is_minor(call: Call, birth_date: dt.date) -> bool:
    return call.audience == Audience.STUDENT and needs_guardian(birth_date, today())


def change_facts(application: Application, *, by: User, name: str, birth_date: dt.date, grade: str) -> None:
    """Correct name, birth date or grade. A submitted application keeps the day on which age was counted."""
    with transaction.atomic():
        row = locked(application)
        if row.state == ApplicationState.WITHDRAWN or not row.call.takes_submissions:
            raise SaemError("call.not_open", status=409)
        day = timezone.localdate(row.submitted_at) if row.submitted_at else today()
        row.name, row.birth_date, row.grade = name, birth_date, grade
        row.needs_guardian = row.call.audience == Audience.STUDENT and needs_guardian(birth_date, day)
        row.save(update_fields=["name", "birth_date", "grade", "needs_guardian"])
        note("application.facts_changed", row, by=by)


def locked(application: Application) -> Application:
    found = Application.objects.select_for_update(of=("self",)).select_related(
        "call__form", "call__cohort", "sent", "form"
    )
    return found.get(pk=application.pk)


def save(application: Application, *, read: Reader, seen: Seen) -> Result:
    """Save the draft; `read` makes the new answers of the old ones.

    Where another tab has saved since the page was made, nothing is written and the outcome is a conflict.
    """
    with transaction.atomic():
        row = locked(application)
        if row.state == ApplicationState.WITHDRAWN:
            raise SaemError("application.withdrawn", status=409)
        if not keep(row, read=read, seen=seen):
            return Result(Outcome.CONFLICT, row)
    return Result(Outcome.SAVED, row)


def keep(row: Application, *, read: Reader, seen: Seen) -> bool:
    """Write the answers into a locked row, unless they are the same; False in a conflict."""
    answers = read(row.answers)
    if answers == row.answers:
        return True
    is_same_tab = bool(seen.tab) and seen.tab == row.saved_tab
    if seen.revision is not None and seen.revision != row.revision and not is_same_tab:
        return False
    row.answers, row.revision, row.saved_at, row.saved_tab = answers, row.revision + 1, timezone.now(), seen.tab
    row.save(update_fields=["answers", "revision", "saved_at", "saved_tab"])
    return True


def submit(application: Application, *, by: User, read: Reader, seen: Seen, form: FormVersion) -> Result:
    """Save, and submit what was saved if the call still takes it and nothing is missing.

    Whatever stands in the way, the answers are kept. `form` is the version that the page showed.
    """
    now = timezone.now()
    with transaction.atomic():
        row = locked(application)
        if row.state == ApplicationState.WITHDRAWN:
            raise SaemError("application.withdrawn", status=409)
        if not keep(row, read=read, seen=seen):
            return Result(Outcome.CONFLICT, row)
        if not row.call.takes_submissions_at(now):
            return Result(Outcome.CLOSED, row)
        if form.pk != row.call.form_id or row.call.form is None:
            return Result(Outcome.FORM_CHANGED, row)
        problems = problems_of(row)
        if problems:
            return Result(Outcome.INCOMPLETE, row, problems)
        send(row, by=by, now=now)
    return Result(Outcome.SUBMITTED, row)


def problems_of(application: Application) -> list[Problem]:
    """What keeps the application from being submitted: facts that do not fit, answers missing or wrong."""
    form = application.call.form
    assert form is not None
    files = set(current_documents(application))
    facts = eligibility.problems_of(application.call, birth_date=application.born, grade=application.grade)
    return facts + check(definition_of(form), application.answers, files=files)


def current_documents(application: Application) -> dict[str, dict[str, object]]:
    """The documents in use, by question: what a submitted version keeps of them."""
    current = application.documents.filter(replaced_at=None)
    return {one.field_id: {"id": one.pk, "name": one.name, "sha256": one.sha256} for one in current}


def send(row: Application, *, by: User, now: dt.datetime) -> None:
    """Keep what is submitted as a version of its own. The first one settles receipt, day and age."""
    row.form = row.call.form or row.form
    number = row.revisions.count() + 1
    row.sent = ApplicationRevision.objects.create(
        application=row,
        number=number,
        form=row.form,
        answers=row.answers,
        documents=current_documents(row),
        submitted_at=now,
    )
    if row.submitted_at is None:
        row.submitted_at = now
        row.needs_guardian = is_minor(row.call, row.born)
    row.receipt = row.receipt or f"{timezone.localdate(now).year}-{row.pk:06d}"
    row.state = ApplicationState.SUBMITTED
    # What the page saved by itself a moment before may arrive only now: it is older, and another tab's from here on.
    row.saved_tab = ""
    row.save()
    note("application.submitted", row, by=by, number=number, form=row.form.sha256)
    tell_applicant(row, "application.submitted", key=f"submitted:{number}")


def withdraw(application: Application, *, by: User) -> None:
    """Take the application back; pressing twice changes nothing."""
    with transaction.atomic():
        row = locked(application)
        if row.state == ApplicationState.WITHDRAWN:
            return
        row.state, row.withdrawn_at = ApplicationState.WITHDRAWN, timezone.now()
        row.save(update_fields=["state", "withdrawn_at"])
        note("application.withdrawn", row, by=by)


def note(verb: str, application: Application, *, by: User | None, **facts: object) -> None:
    """Append an event about an application. It names no answer: events are kept longer than applications."""
    record(
        verb,
        actor=by,
        object_kind="application",
        object_id=application.pk,
        cohort_id=application.call.cohort_id,
        facts={"call": application.call_id, **facts},
    )
