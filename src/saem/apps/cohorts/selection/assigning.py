"""Who reads what: the rule gives the applications of a stage to reviewers; what is given already stays."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.models import Application, ConflictOfInterest, Result, ReviewAssignment, Reviewer, Selection
from saem.apps.cohorts.selection import loading
from saem.apps.cohorts.selection.drawing import locked
from saem.apps.cohorts.selection.noting import note
from saem.apps.cohorts.selection.settling import TRIES, fresh, may_change_scores
from saem.apps.notices.services import Telling, notify_many
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib import selection as lib

BATCH = 1000
# Readings by application and reviewer.
Given = Mapping[str, list[str]]
Ground = tuple[object, ...]


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """An assignment that is not written yet, and what it rests on.

    `made` are new readings, `back` keys of those that were taken away and are given again, `taken` of those taken away.
    """

    stage: str
    ground: Ground
    assignment: lib.Assignment
    made: Sequence[ReviewAssignment]
    back: Sequence[int]
    taken: Sequence[int]


def coming_to(selection: Selection, stage: str) -> QuerySet[Application]:
    """Applications to be read in a stage: all complete ones in the first, else who advanced from the stage before."""
    names = [each.id for each in loading.rules_of(selection).stages]
    found = loading.applicants(selection)
    place = names.index(stage)
    if place:
        return found.filter(candidate__outcomes__stage=names[place - 1], candidate__outcomes__result=Result.ADVANCED)
    return found.filter(candidate__isnull=False) if selection.is_drawn else found


def refuse(selection: Selection, stage: str) -> None:
    """Nobody is given anything to read in a stage that is decided. Raises SaemError."""
    if not may_change_scores(selection, stage):
        raise SaemError("selection.stage_settled", status=409)


def compute(selection: Selection, stage: str, *, extra: int = 0, only: Collection[str] | None = None) -> Assigned:
    """Reviewers for every application of a stage, or for `only` these receipts `extra` more; nothing is written."""
    ground = ground_of(selection, stage)
    people = [one for one in coming_to(selection, stage) if only is None or one.receipt in only]
    receipts = {one.receipt or "": one.pk for one in people}
    given = _given(selection, stage)
    assignment = lib.assign(
        loading.readings_of(selection, people),
        _available(selection, given, receipts),
        loading.rules_of(selection).stage(stage).reviews + extra,
        seed=f"{selection.commitment}:{stage}",
        given={receipt: names for receipt, names in given.items() if receipt in receipts},
    )
    wanted = {(receipts[receipt], int(name)) for receipt, names in assignment.reviewers.items() for name in names}
    known = _known(selection, stage, set(receipts.values()))
    return Assigned(
        stage=stage,
        ground=ground,
        assignment=assignment,
        made=[
            ReviewAssignment(selection=selection, application_id=one, reviewer_id=reviewer, stage=stage)
            for one, reviewer in sorted(wanted - known.keys())
        ],
        back=[pk for place, (pk, is_live) in known.items() if place in wanted and not is_live],
        taken=[pk for place, (pk, is_live) in known.items() if place not in wanted and is_live],
    )


def _known(
    selection: Selection, stage: str, applications: Collection[int]
) -> dict[tuple[int, int | None], tuple[int, bool]]:
    """Readings of these applications by application and reviewer: their keys, and whether they were not taken away."""
    every = selection.readings.filter(stage=stage, reviewer__isnull=False)
    rows = every.values_list("pk", "application_id", "reviewer_id", "withdrawn_at")
    return {(one, reviewer): (pk, gone is None) for pk, one, reviewer, gone in rows if one in applications}


def ground_of(selection: Selection, stage: str) -> Ground:
    """All that an assignment rests on: rules, who comes, who reads what, reviewers, conflicts; four light queries."""
    readings = selection.readings.filter(stage=stage, withdrawn_at=None, reviewer__isnull=False).order_by("pk")
    reviewers = Reviewer.objects.filter(selection=selection).order_by("pk")
    conflicts = ConflictOfInterest.objects.filter(reviewer__selection=selection).order_by("pk")
    return (
        selection.rules_id,
        list(coming_to(selection, stage).values_list("pk", "sent_id")),
        list(readings.values_list("pk", flat=True)),
        list(reviewers.values_list("pk", "limit", "ties", "left_at")),
        list(conflicts.values_list("pk", flat=True)),
    )


def writer(selection: Selection, found: Assigned, *, by: User | None) -> Callable[[], bool]:
    """What is returned writes readings and tells reviewers; False where something that it rests on changed since.

    It raises SaemError where the stage was decided meanwhile.
    """

    def write() -> bool:
        with transaction.atomic():
            row = locked(selection)
            refuse(row, found.stage)
            if ground_of(row, found.stage) != found.ground:
                return False
            _write(row, found, by=by)
        return True

    return write


def assign(selection: Selection, stage: str, *, by: User) -> lib.Assignment:
    """Give every application of a stage its reviewers by the rule; readings that are given already stay."""
    return _assign(selection, stage, extra=0, only=None, by=by)


def add_reader(selection: Selection, stage: str, receipts: Collection[str], *, by: User) -> lib.Assignment:
    """One reader more for these applications, on whom their reviewers do not agree."""
    return _assign(selection, stage, extra=1, only=receipts, by=by)


def _assign(selection: Selection, stage: str, *, extra: int, only: Collection[str] | None, by: User) -> lib.Assignment:
    for _try in range(TRIES):
        row = fresh(selection.pk)
        refuse(row, stage)
        found = compute(row, stage, extra=extra, only=only)
        if writer(row, found, by=by)():
            return found.assignment
    raise SaemError("selection.busy", status=409)


def _given(selection: Selection, stage: str) -> Given:
    given: dict[str, list[str]] = defaultdict(list)
    now = selection.readings.filter(stage=stage, withdrawn_at=None, reviewer__isnull=False)
    for receipt, reviewer in now.values_list("application__receipt", "reviewer_id"):
        given[str(receipt)].append(str(reviewer))
    return given


def _available(selection: Selection, given: Given, people: Collection[str]) -> list[lib.Reviewer]:
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


def _write(selection: Selection, found: Assigned, *, by: User | None) -> None:
    """Give and take readings, and tell each reviewer who got new ones."""
    ReviewAssignment.objects.bulk_create(found.made, batch_size=BATCH)
    ReviewAssignment.objects.filter(pk__in=found.back).update(withdrawn_at=None)
    ReviewAssignment.objects.filter(pk__in=found.taken, submitted_at=None).update(withdrawn_at=timezone.now())
    if found.made or found.back or found.taken:
        numbers = {"readings": len(found.made), "unmet": len(found.assignment.unmet)}
        note("assigned", selection, by=by, stage=found.stage, **numbers)
        _tell(selection, found.stage, {one.reviewer_id for one in found.made if one.reviewer_id})


def _tell(selection: Selection, stage: str, reviewers: set[int]) -> None:
    call, title = selection.call, loading.rules_of(selection).stage(stage).title
    facts = {"call": call.titles, "stage": title.model_dump()}
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
