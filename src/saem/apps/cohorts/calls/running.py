"""What staff do: open and change calls, build forms, publish both."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.calls.definition import Problem, canonical, hash_of, read_definition
from saem.apps.cohorts.models import Call, Cohort, FormVersion
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.errors import SaemError

Draft = dict[str, Any]


def open_call(cohort: Cohort, *, by: User, facts: Mapping[str, Any], form: Draft) -> Call:
    """Prepare a call; nobody but staff sees it before it is published."""
    with transaction.atomic():
        # Two presses of the button queue here, and the second finds the call that the first made.
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        same = {key: facts[key] for key in ("title", "opens_at", "closes_at")}
        call, is_new = Call.objects.get_or_create(cohort=cohort, **same, defaults={**facts, "form_draft": form})
        if is_new:
            note("call.opened", call, by=by)
    return call


def change_call(call: Call, *, by: User, facts: Mapping[str, Any]) -> None:
    """Change what a call says. Dates of a published one may move: applicants see the new ones at once."""
    with transaction.atomic():
        row = locked(call)
        before = {"opens_at": row.opens_at.isoformat(), "closes_at": row.closes_at.isoformat(), "seats": row.seats}
        for key, value in facts.items():
            setattr(row, key, value)
        row.save()
        note("call.changed", row, by=by, before=before)


def locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("form").get(pk=call.pk)


def publish_call(call: Call, *, by: User) -> list[Problem]:
    """Show a call to everybody; with problems in its form, nothing happens and they are returned."""
    with transaction.atomic():
        problems = publish_form(call, by=by)
        if problems:
            return problems
        row = locked(call)
        if row.published_at is None:
            row.published_at = timezone.now()
            row.save(update_fields=["published_at"])
            note("call.published", row, by=by)
    return []


def edit_form(call: Call, *, by: User, revision: int, edit: Callable[[list[Draft]], list[Draft]]) -> Call:
    """Change the form that is being built; refused where a colleague changed it since the page was made."""
    with transaction.atomic():
        row = locked(call)
        if row.form_draft_revision != revision:
            raise SaemError("form.changed_by_other", status=409)
        row.form_draft = {"questions": edit(list(row.form_draft.get("questions", [])))}
        row.form_draft_revision += 1
        row.save(update_fields=["form_draft", "form_draft_revision"])
        note("form.edited", row, by=by)
    return row


def publish_form(call: Call, *, by: User) -> list[Problem]:
    """Make the built form the one that applicants meet: a new version, unless nothing changed."""
    with transaction.atomic():
        row = locked(call)
        definition, problems = read_definition(row.form_draft)
        if problems:
            return problems
        digest = hash_of(definition)
        if row.form is not None and row.form.sha256 == digest:
            return []
        row.form = FormVersion.objects.create(
            call=row,
            number=row.form_versions.count() + 1,
            definition=canonical(definition),
            sha256=digest,
            created_by=by,
        )
        row.save(update_fields=["form"])
        note("form.published", row, by=by, number=row.form.number, sha256=digest)
    return []


def note(verb: str, call: Call, *, by: User, **facts: object) -> None:
    record(verb, actor=by, object_kind="call", object_id=call.pk, cohort_id=call.cohort_id, facts=facts)
