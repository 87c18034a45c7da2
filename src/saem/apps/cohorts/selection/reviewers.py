"""Who reviews: staff invite accounts and let them go, conflicts of interest take readings away."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from saem.apps.cohorts.models import ConflictOfInterest, ReviewAssignment, Reviewer, Selection, SelectionState
from saem.apps.cohorts.selection.drawing import locked
from saem.apps.cohorts.selection.noting import note
from saem.apps.cohorts.selection.settling import may_change_scores
from saem.apps.people.models import User
from saem.apps.people.services import account_by_email


def invite(
    selection: Selection, *, email: str, name: str, limit: int, ties: Sequence[str], by: User, language: str = ""
) -> Reviewer:
    """Make an account a reviewer; again changes limit and schools, and takes back who had left."""
    with transaction.atomic():
        row = locked(selection)
        user, _is_new = account_by_email(email, display_name=name, language=language)
        reviewer, is_new = Reviewer.objects.get_or_create(selection=row, user=user)
        reviewer.limit, reviewer.ties, reviewer.left_at = limit, list(ties), None
        reviewer.save(update_fields=["limit", "ties", "left_at"])
        note("reviewer_invited" if is_new else "reviewer_changed", row, by=by, user=user.pk, limit=limit)
    return reviewer


def let_go(reviewer: Reviewer, *, by: User) -> None:
    """Somebody reviews no more: what they have not handed in is given to others at the next assignment."""
    with transaction.atomic():
        row, now = locked(reviewer.selection), timezone.now()
        Reviewer.objects.filter(pk=reviewer.pk, left_at=None).update(left_at=now)
        reviewer.readings.filter(submitted_at=None, withdrawn_at=None).update(withdrawn_at=now)
        note("reviewer_left", row, by=by, user=reviewer.user_id)


def declare_conflict(reading: ReviewAssignment, *, by: User, reason: str) -> None:
    """A reviewer must not read this application: it is taken away, whatever was written about it counts no more."""
    with transaction.atomic():
        row, now = locked(reading.selection), timezone.now()
        assert reading.reviewer is not None
        ConflictOfInterest.objects.get_or_create(
            reviewer=reading.reviewer, application=reading.application, defaults={"reason": reason[:200]}
        )
        mine = row.readings.filter(reviewer=reading.reviewer, application=reading.application, withdrawn_at=None)
        # A decided stage rests on what was read in it: there staff decide what a conflict means.
        stages = [one.stage for one in mine if may_change_scores(row, one.stage)]
        mine.filter(stage__in=stages).update(withdrawn_at=now)
        row.revision += 1
        row.save(update_fields=["revision"])
        note("conflict_declared", row, by=by, application=reading.application_id)


def with_loads(selection: Selection) -> QuerySet[Reviewer]:
    """Reviewers with how many readings they have and have handed in."""
    live = Q(readings__withdrawn_at=None)
    return (
        Reviewer.objects.filter(selection=selection)
        .select_related("user")
        .annotate(
            given=Count("readings", filter=live),
            done=Count("readings", filter=live & Q(readings__submitted_at__isnull=False)),
            said=Count("conflicts", distinct=True),
        )
        .order_by("left_at", "user__display_name", "pk")
    )


def fixed(selection: Selection) -> bool:
    return selection.state == SelectionState.PUBLISHED
