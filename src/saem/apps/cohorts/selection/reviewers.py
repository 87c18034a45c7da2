"""Who reviews: staff invite accounts, the rule assigns readings, conflicts of interest take them away again."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.models import (
    Application,
    ConflictOfInterest,
    Result,
    ReviewAssignment,
    Reviewer,
    Selection,
    SelectionState,
)
from saem.apps.cohorts.selection import loading
from saem.apps.cohorts.selection.drawing import locked
from saem.apps.cohorts.selection.noting import note
from saem.apps.cohorts.selection.settling import may_change_scores
from saem.apps.notices.services import Telling, notify_many
from saem.apps.people.models import User
from saem.apps.people.services import account_by_email
from saem.errors import SaemError
from saem.lib import selection as lib

BATCH = 1000


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


def coming_to(selection: Selection, stage: str) -> QuerySet[Application]:
    """Applications to be read in a stage: all complete ones in the first, else who advanced from the stage before."""
    names = [each.id for each in loading.rules_of(selection).stages]
    found = loading.applicants(selection)
    place = names.index(stage)
    if place:
        return found.filter(candidate__outcomes__stage=names[place - 1], candidate__outcomes__result=Result.ADVANCED)
    return found.filter(candidate__isnull=False) if selection.is_drawn else found


def assign(selection: Selection, stage: str, *, by: User) -> lib.Assignment:
    """Give every application of a stage its reviewers by the rule; readings that are given already stay."""
    return _assign(selection, stage, extra=0, only=None, by=by)


def add_reader(selection: Selection, stage: str, receipts: Collection[str], *, by: User) -> lib.Assignment:
    """One reader more for these applications, on whom their reviewers do not agree."""
    return _assign(selection, stage, extra=1, only=receipts, by=by)


def _assign(selection: Selection, stage: str, *, extra: int, only: Collection[str] | None, by: User) -> lib.Assignment:
    with transaction.atomic():
        row = locked(selection)
        if not may_change_scores(row, stage):
            raise SaemError("selection.stage_settled", status=409)
        found = coming_to(row, stage)
        people = {one.receipt or "": one for one in (found if only is None else found.filter(receipt__in=only))}
        given = _given(row, stage)
        wanted = loading.rules_of(row).stage(stage).reviews + extra
        assignment = lib.assign(
            loading.readings_of(row, people.values()),
            _available(row, given, people),
            wanted,
            seed=f"{row.commitment}:{stage}",
            given={receipt: names for receipt, names in given.items() if receipt in people},
        )
        _write(row, stage, assignment, people, by=by)
    return assignment


def _given(selection: Selection, stage: str) -> dict[str, list[str]]:
    given: dict[str, list[str]] = defaultdict(list)
    now = selection.readings.filter(stage=stage, withdrawn_at=None, reviewer__isnull=False)
    for receipt, reviewer in now.values_list("application__receipt", "reviewer_id"):
        given[str(receipt)].append(str(reviewer))
    return given


def _available(selection: Selection, given: dict[str, list[str]], people: Collection[str]) -> list[lib.Reviewer]:
    """Reviewers with the room they have left beside readings of other applications; who left keeps what is done."""
    elsewhere: dict[str, int] = defaultdict(int)
    mine: dict[str, int] = defaultdict(int)
    for receipt, names in given.items():
        for name in names:
            (mine if receipt in people else elsewhere)[name] += 1
    found = []
    for one in Reviewer.objects.filter(selection=selection).order_by("pk"):
        name = str(one.pk)
        room = mine[name] if one.left_at else max(one.limit - elsewhere[name], mine[name])
        found.append(loading.as_reviewer(one, limit=room))
    return found


def _write(
    selection: Selection, stage: str, assignment: lib.Assignment, people: dict[str, Application], *, by: User
) -> None:
    """New readings, those taken back that are given again, and a word to each reviewer who got some."""
    every = selection.readings.filter(stage=stage, reviewer__isnull=False, application__in=list(people.values()))
    known = {(one.application_id, str(one.reviewer_id)): one for one in every}
    made, back = list[ReviewAssignment](), list[int]()
    wanted = set()
    for receipt, names in assignment.reviewers.items():
        for name in names:
            place = (people[receipt].pk, name)
            wanted.add(place)
            old = known.get(place)
            if old is None:
                made.append(
                    ReviewAssignment(
                        selection=selection, application=people[receipt], reviewer_id=int(name), stage=stage
                    )
                )
            elif old.withdrawn_at is not None:
                back.append(old.pk)
    gone = [one.pk for place, one in known.items() if place not in wanted and one.withdrawn_at is None]
    ReviewAssignment.objects.bulk_create(made, batch_size=BATCH)
    ReviewAssignment.objects.filter(pk__in=back).update(withdrawn_at=None)
    ReviewAssignment.objects.filter(pk__in=gone, submitted_at=None).update(withdrawn_at=timezone.now())
    if made or back or gone:
        note("assigned", selection, by=by, stage=stage, readings=len(made), unmet=len(assignment.unmet))
        _tell(selection, stage, {one.reviewer_id for one in made if one.reviewer_id})


def _tell(selection: Selection, stage: str, reviewers: set[int]) -> None:
    call, title = selection.call, loading.rules_of(selection).stage(stage).title
    facts = {"call": {"ko": call.title, "en": call.title_en or call.title}, "stage": title.model_dump()}
    notify_many(
        "review.assigned",
        [
            Telling(
                recipient=one.user,
                facts=facts,
                path=reverse("selection:reviewing", args=[call.pk]),
                key=f"selection:{selection.pk}:{stage}:{one.pk}:{timezone.localdate()}",
            )
            for one in Reviewer.objects.filter(pk__in=reviewers).select_related("user")
        ],
    )


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
