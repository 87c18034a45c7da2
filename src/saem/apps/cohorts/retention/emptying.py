"""What is taken out of applications that were kept long enough. Numbers, moments and results stay, and are nobody's."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.models import (
    Appeal,
    Application,
    ApplicationRevision,
    Call,
    Candidate,
    ConflictOfInterest,
    Decision,
    Document,
    GuardianConsent,
    Recommendation,
    ReviewAssignment,
    ScoreChange,
    SelectionSheet,
    SelectionSnapshot,
)
from saem.apps.events.services import forget_actors
from saem.apps.notices.services import forget
from saem.apps.people.services import remove_unused_accounts

Emptied = Mapping[str, Any]


def empty(call: Call, applications: Collection[int]) -> int:
    """Empty these applications and all that belongs to them; returns how many accounts went that nothing else used.

    Call inside a transaction that holds the rows.
    """
    rows = Application.objects.filter(pk__in=applications)
    people = list(rows.values_list("applicant", flat=True))
    _forget_letters(applications)
    _forget_names_of_acts(call, applications, people)
    for found, emptied in _parts(applications):
        found.update(**emptied)
    Document.objects.filter(application__in=applications).delete()
    # The receipt is a number that leads to nobody: lists go on to name their rows.
    rows.update(
        name=Coalesce(F("receipt"), Value("")),
        birth_date=None,
        answers={},
        saved_tab="",
        applicant=None,
        purged_at=timezone.now(),
    )
    return remove_unused_accounts(people)


def _parts(applications: Collection[int]) -> list[tuple[QuerySet[Any], Emptied]]:
    """Everything that belongs to applications, with what its fields become. The rest of each row stays."""
    return [
        (ApplicationRevision.objects.filter(application__in=applications), {"answers": {}, "documents": {}}),
        (
            Recommendation.objects.filter(application__in=applications),
            {"name": "", "email": "", "school": "", "role": "", "answers": {}},
        ),
        (
            GuardianConsent.objects.filter(application__in=applications),
            {
                "guardian_name": "",
                "contact": "",
                "relation": "",
                "note": "",
                "evidence": None,
                "token_sha256": None,
            },
        ),
        (ConflictOfInterest.objects.filter(application__in=applications), {"reason": ""}),
        (ReviewAssignment.objects.filter(application__in=applications), {"comment": ""}),
        (ScoreChange.objects.filter(reading__application__in=applications), {"reason": ""}),
        (Candidate.objects.filter(application__in=applications), {"attributes": {}}),
        (Decision.objects.filter(candidate__application__in=applications), {"reasons": []}),
        (
            Appeal.objects.filter(decision__candidate__application__in=applications),
            {"text": "", "answer": ""},
        ),
    ]


def _forget_letters(applications: Collection[int]) -> None:
    """What applicants, recommenders and guardians were written."""
    asked = Recommendation.objects.filter(application__in=applications)
    consents = GuardianConsent.objects.filter(application__in=applications)
    keys = [f"recommendation:{pk}" for pk in asked.values_list("pk", flat=True)]
    for pk in consents.values_list("pk", flat=True):
        keys += [f"consent:{pk}", f"consent:{pk}:confirmed"]
    forget(paths=[reverse("calls:application", args=[pk]) for pk in applications], keys=keys)


def _forget_names_of_acts(call: Call, applications: Collection[int], people: Collection[int | None]) -> None:
    """The record of what happened says that it happened, and no more which applicant did it."""
    actors = [pk for pk in people if pk is not None]
    forget_actors(actors, object_kind="application", object_ids=applications)
    selection = getattr(call, "selection", None)
    if selection is not None:
        forget_actors(actors, object_kind="selection", object_ids=[selection.pk])


def drop_copies(call: Call) -> None:
    """Spreadsheets that were handed in for a call, and what was worked out for pages."""
    SelectionSheet.objects.filter(call=call).delete()
    SelectionSnapshot.objects.filter(selection__call=call).delete()
