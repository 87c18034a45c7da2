"""Appeals: in time, once for each decision, answered by somebody who did not review; a wrong score is put right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.models import (
    Appeal,
    AppealState,
    Candidate,
    Decision,
    DecisionKind,
    Offer,
    ReviewAssignment,
    ScoreSource,
    Selection,
    SelectionState,
)
from saem.apps.cohorts.selection.deciding import Preview, preview, reasons_of, tell_later
from saem.apps.cohorts.selection.drawing import locked
from saem.apps.cohorts.selection.noting import note
from saem.apps.cohorts.selection.offering import next_number, offer_seats
from saem.apps.cohorts.selection.scoring import change
from saem.apps.cohorts.selection.settling import compute, is_complete, write
from saem.apps.notices.services import notify
from saem.apps.people.models import User
from saem.errors import SaemError

Corrections = Mapping[int, Mapping[str, Decimal]]
Later = Callable[[Selection, User], object]


def appeal_until(decision: Decision) -> datetime:
    """The end of the last day on which a decision may be appealed."""
    days = decision.candidate.selection.appeal_days
    # Days of the calendar, also where a clock change makes one of them an hour shorter or longer.
    day = timezone.localtime(decision.made_at) + timedelta(days=days)
    return day.replace(hour=23, minute=59, second=59, microsecond=0)


def may_appeal(decision: Decision) -> bool:
    """Whether an appeal would be taken now: against the newest decision, in time, once, and not against a seat."""
    if decision.kind == DecisionKind.ACCEPTED or hasattr(decision, "appeal"):
        return False
    return timezone.now() <= appeal_until(decision)


def send_appeal(decision: Decision, *, text: str, by: User) -> Appeal:
    """Take an appeal; the second press of the button finds the first one's."""
    with transaction.atomic():
        selection = locked(decision.candidate.selection)
        newest = decision.candidate.decisions.order_by("-number").first()
        if newest is None or newest.pk != decision.pk:
            raise SaemError("appeal.over", status=409)
        had = Appeal.objects.filter(decision=decision).first()
        if had is not None:
            return had
        if not may_appeal(newest):
            raise SaemError("appeal.over", status=409)
        appeal = Appeal.objects.create(decision=decision, text=text)
        note("appealed", selection, by=by, candidate=decision.candidate.receipt)
    return appeal


def may_answer(appeal: Appeal, user: User) -> bool:
    """Not whoever reviewed the application, whatever else they are."""
    readings = ReviewAssignment.objects.filter(application=appeal.decision.candidate.application)
    return not readings.filter(reviewer__user_id=user.pk).exclude(submitted_at=None).exists()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What staff decided: the words, whether the appeal is right, and numbers to put right by reading and criterion."""

    text: str
    is_upheld: bool
    corrections: Corrections


def answer_appeal(appeal: Appeal, answer: Answer, *, by: User, later: Later | None = None) -> Decision | None:
    """Answer an appeal. Numbers that are put right leave their trail, and the outcome is computed anew; the new
    decision is returned, None where it stays or still waits for reviews of a later stage.

    With `later`, that is called instead: what computes is for a job, and so is telling what came of it.
    """
    if not may_answer(appeal, by):
        raise SaemError("appeal.own_review", status=403)
    with transaction.atomic():
        selection = locked(appeal.decision.candidate.selection)
        row = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
        if row.state != AppealState.OPEN:
            raise SaemError("appeal.answered_already", status=409)
        row.state = AppealState.UPHELD if answer.is_upheld else AppealState.REJECTED
        row.answer, row.answered_at, row.answered_by = answer.text, timezone.now(), by
        row.save()
        changed = put_right(appeal, answer, by=by) if answer.is_upheld else 0
        note("appeal_answered", selection, by=by, candidate=appeal.decision.candidate.receipt, state=row.state)
        if changed and later is not None:
            later(selection, by)
            return None
        decision = conclude(selection, by=by) if changed else {}
        if appeal.decision.candidate_id not in decision:
            tell_answer(row)
    return decision.get(appeal.decision.candidate_id)


def put_right(appeal: Appeal, answer: Answer, *, by: User) -> int:
    """Write corrected numbers of the applicant's own readings; returns how many changed."""
    number, candidate = 0, appeal.decision.candidate
    mine = ReviewAssignment.objects.select_for_update(of=("self",)).filter(
        application=candidate.application, withdrawn_at=None
    )
    for reading in mine.filter(pk__in=list(answer.corrections)):
        number += change(
            reading, answer.corrections[reading.pk], by=by, source=ScoreSource.APPEAL, reason=answer.text[:400]
        )
    if number:
        row = locked(candidate.selection)
        row.revision += 1
        row.save(update_fields=["revision"])
    return number


def conclude(selection: Selection, *, by: User | None) -> dict[int, Decision]:
    """Compute anew after an appeal that was right, and decide for those who appealed; nobody else's decision changes.

    Where somebody came into a later stage by it, its reviews are waited for: staff assign them and settle again.
    """
    selection = locked(selection)
    found = compute(selection)
    if not found.decided or not write(selection, found, by=by):
        return {}
    selection = locked(selection)
    if not is_complete(selection):
        return {}
    return decide_upheld(selection, preview(selection))


def upheld(selection: Selection) -> QuerySet[Appeal]:
    found = Appeal.objects.filter(decision__candidate__selection=selection, state=AppealState.UPHELD)
    return found.select_related("decision__candidate__application__applicant", "decision__candidate__selection__call")


def decide_upheld(selection: Selection, found: Preview) -> dict[int, Decision]:
    """New decisions, by candidate, for those whose appeals were right; call while the selection is locked."""
    made = dict[int, Decision]()
    for appeal in upheld(selection):
        decision = decide_again(appeal, found)
        if decision is not None:
            made[decision.candidate_id] = decision
    return made


def tell_answers(selection: Selection) -> None:
    """Tell those whose appeals were right and whose decision still stands; nobody is told twice (ADR 20)."""
    for appeal in upheld(selection):
        if not Decision.objects.filter(candidate=appeal.decision.candidate, number__gt=appeal.decision.number).exists():
            tell_answer(appeal)


def decide_again(appeal: Appeal, found: Preview) -> Decision | None:
    """The decision that the corrected ranking gives; None where it says what was said before."""
    candidate = Candidate.objects.select_related("application").get(pk=appeal.decision.candidate_id)
    newest = candidate.decisions.order_by("-number").first()
    placement = found.placements.get(candidate.receipt)
    if newest is None or newest.pk != appeal.decision_id or placement is None:
        return None
    if placement.standing.is_chosen:
        if not Offer.objects.filter(candidate=candidate).exists():
            reason = {"code": "selection.appeal_won", "params": {"rank": placement.rank, "seats": found.choice.seats}}
            offer_seats(found.selection, [(candidate, reason)])
        return candidate.decisions.order_by("-number").first()
    place = found.reserve.get(candidate.receipt)
    if (newest.rank, newest.total, newest.reserve_place) == (candidate.rank, candidate.total, place):
        return None
    decision = Decision.objects.create(
        candidate=candidate,
        number=next_number(candidate),
        kind=DecisionKind.RESERVE if place else DecisionKind.DECLINED,
        rank=candidate.rank,
        total=candidate.total,
        reserve_place=place,
        reasons=reasons_of(candidate, placement, found, place),
    )
    tell_later([decision])
    return decision


def tell_answer(appeal: Appeal) -> None:
    candidate = appeal.decision.candidate
    call, application = candidate.selection.call, candidate.application
    notify(
        application.person,
        "appeal.answered",
        key=f"appeal:{appeal.pk}",
        facts={"call": call.titles, "receipt": candidate.receipt},
        path=reverse("calls:application", args=[application.pk]),
    )


def settled_after_appeal(selection: Selection) -> bool:
    """Whether the selection is published and a stage waits again, because of an appeal."""
    return selection.state == SelectionState.PUBLISHED and not is_complete(selection)
