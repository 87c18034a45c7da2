"""After publishing: offers are accepted, declined, run out and pass on to the reserve, by the goals of the seats."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from saem.apps.cohorts.calls.queries import complete
from saem.apps.cohorts.models import (
    ApplicationState,
    Candidate,
    Classroom,
    Decision,
    DecisionKind,
    Enrolment,
    Offer,
    OfferState,
    Selection,
    SelectionState,
)
from saem.apps.cohorts.selection import loading
from saem.apps.cohorts.selection.deciding import expiry, quotas_of, tell_later
from saem.apps.cohorts.selection.drawing import locked
from saem.apps.cohorts.selection.noting import note
from saem.apps.cohorts.services.joining import enrol
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib import selection as lib
from saem.lib.selection.stages import bounds_for

NICKNAME_MAX = 30


def answer_offer(offer: Offer, *, accept: bool, by: User) -> Offer:
    """Accept or decline an open offer, or give an accepted one back; a place that is given up passes on at once."""
    with transaction.atomic():
        selection = locked(offer.candidate.selection)
        row = Offer.objects.select_related("candidate__application__applicant").get(pk=offer.pk)
        is_past = row.state == OfferState.OPEN and row.expires_at <= timezone.now()
        if accept:
            if row.state == OfferState.ACCEPTED:
                return row
            if row.state != OfferState.OPEN or is_past:
                raise SaemError("offer.over", status=409)
            row.state, row.answered_at = OfferState.ACCEPTED, timezone.now()
            row.enrolment = place(selection, row.candidate)
        else:
            if row.state not in {OfferState.OPEN, OfferState.ACCEPTED}:
                return row
            give_up(row)
        row.save(update_fields=["state", "answered_at", "enrolment"])
        note(f"offer_{row.state}", selection, by=by, candidate=row.candidate.receipt)
        if not accept:
            pass_on(selection)
    return row


def give_up(row: Offer) -> None:
    """A place is left: what was accepted is given back, and its enrolment ends."""
    row.state = OfferState.WITHDRAWN if row.state == OfferState.ACCEPTED else OfferState.DECLINED
    row.answered_at = timezone.now()
    if row.enrolment is not None and row.enrolment.left_at is None:
        Enrolment.objects.filter(pk=row.enrolment.pk).update(left_at=row.answered_at)


def place(selection: Selection, candidate: Candidate) -> Enrolment | None:
    """Enrol somebody in the emptiest of the classes that staff chose; None where none is chosen yet."""
    room = emptiest(selection)
    if room is None:
        return None
    user = candidate.application.person
    mine = Enrolment.objects.filter(user=user, classroom__in=selection.classrooms.all()).order_by("left_at").first()
    if mine is not None and mine.left_at is None:
        return mine
    if mine is not None:
        mine.left_at, mine.nickname = None, free_nickname(mine.classroom, mine.nickname)
        mine.save(update_fields=["left_at", "nickname"])
        return mine
    return enrol(room, user=user, nickname=free_nickname(room, candidate.application.name))


def emptiest(selection: Selection) -> Classroom | None:
    present = Count("enrolments", filter=Q(enrolments__left_at=None))
    return selection.classrooms.annotate(people=present).order_by("people", "name", "pk").first()


def free_nickname(room: Classroom, name: str) -> str:
    """The name, or with a number behind it where somebody in the class has it."""
    present, plain = room.enrolments.present(), name[: NICKNAME_MAX - 4].strip()
    tries = (plain, *(f"{plain} {number}" for number in range(2, 1000)))
    return next(one for one in tries if not present.named(one).exists())


def choose_classrooms(selection: Selection, classrooms: Iterable[Classroom], *, by: User) -> int:
    """Into which classes accepted people go; whoever accepted before is placed now. Returns how many were."""
    with transaction.atomic():
        row = locked(selection)
        row.classrooms.set(classrooms)
        waiting = Offer.objects.filter(candidate__selection=row, state=OfferState.ACCEPTED, enrolment=None)
        number = 0
        for offer in waiting.select_related("candidate__application__applicant").order_by("answered_at", "pk"):
            offer.enrolment = place(row, offer.candidate)
            if offer.enrolment is not None:
                offer.save(update_fields=["enrolment"])
                number += 1
        note("classrooms_chosen", row, by=by, classrooms=[room.pk for room in row.classrooms.all()], placed=number)
    return number


def pass_on(selection: Selection, *, now: Any = None) -> lib.Passing | None:
    """Let offers run out whose time has come, and offer the free places to the reserve; asked twice, nothing more.

    Call inside a transaction that holds the selection, or let it hold one itself.
    """
    with transaction.atomic():
        row = locked(selection)
        if row.state != SelectionState.PUBLISHED:
            return None
        moment = now or timezone.now()
        gone = Offer.objects.filter(candidate__selection=row, state=OfferState.OPEN, expires_at__lte=moment)
        expired = gone.update(state=OfferState.EXPIRED, answered_at=moment)
        withdrawn = give_up_withdrawn(row)
        passing = _next(row)
        _offer(row, passing)
        if expired or withdrawn or passing.offers:
            facts = {"expired": expired, "withdrawn": withdrawn, "offers": list(passing.offers)}
            note(
                "passed_on",
                row,
                by=None,
                **facts,
                notes=[f"{said.note} {said.quota}".strip() for said in passing.notes],
            )
    return passing


def give_up_withdrawn(selection: Selection) -> int:
    """Offers of people who took their whole application back."""
    held = Offer.objects.filter(candidate__selection=selection, state__in=[OfferState.OPEN, OfferState.ACCEPTED])
    gone = list(
        held.filter(candidate__application__state=ApplicationState.WITHDRAWN).select_related("enrolment", "candidate")
    )
    for offer in gone:
        give_up(offer)
        offer.save(update_fields=["state", "answered_at"])
    return len(gone)


def waiting(selection: Selection) -> list[Candidate]:
    """The reserve, best first: whose newest decision is a place on it, and who was never offered a seat."""
    newest = Decision.objects.filter(candidate__selection=selection).values("candidate").annotate(last=Max("number"))
    last = {row["candidate"]: row["last"] for row in newest}
    on_it = Decision.objects.filter(
        candidate__selection=selection, kind=DecisionKind.RESERVE, candidate__offer=None
    ).values_list("candidate", "number")
    pks = [candidate for candidate, number in on_it if last[candidate] == number]
    ready = complete(selection.call.applications.all()).values("pk")
    found = Candidate.objects.filter(pk__in=pks, application__in=ready, application__purged_at=None)
    return list(found.select_related("application__applicant").order_by("rank", "pk"))


def _next(selection: Selection) -> lib.Passing:
    """Whom the lib would offer a seat now, with the rules as they are today."""
    rules, reserve = loading.rules_of(selection), waiting(selection)
    made = Offer.objects.filter(candidate__selection=selection, candidate__application__purged_at=None)
    offers = list(made.select_related("candidate__application"))
    holding = [one.candidate for one in offers if lib.OfferState(one.state).holds]
    everybody = sorted([*reserve, *holding], key=lambda one: (one.rank is None, one.rank, one.pk))
    people = [loading.as_candidate(one) for one in everybody]
    known = {one.id for one in people}
    return lib.next_offers(
        [one.id for one in people],
        bounds_for(rules, people),
        rules.seats,
        [
            lib.Offer(one.candidate.receipt, lib.OfferState(one.state), one.expires_at)
            for one in offers
            if one.candidate.receipt in known
        ],
        [one.receipt for one in reserve],
    )


def _offer(selection: Selection, passing: lib.Passing) -> None:
    """Offers and decisions for those whose turn has come."""
    if not passing.offers:
        return
    rules, placed = loading.rules_of(selection), {each.id: each for each in passing.choice.placements}
    found = Candidate.objects.filter(selection=selection, receipt__in=passing.offers).order_by("rank", "pk")
    offer_seats(
        selection,
        [
            (
                one,
                {
                    "code": "selection.from_reserve",
                    "params": {"rank": one.rank, **quotas_of(placed[one.receipt], rules)},
                },
            )
            for one in found
        ],
    )


def offer_seats(selection: Selection, chosen: list[tuple[Candidate, dict[str, Any]]]) -> None:
    """Make offers now, each with a decision that says why, and let the letters follow."""
    Offer.objects.bulk_create([Offer(candidate=one, expires_at=expiry(selection)) for one, _reason in chosen])
    decisions = [
        Decision(
            candidate=one,
            number=next_number(one),
            kind=DecisionKind.ACCEPTED,
            rank=one.rank,
            total=one.total,
            reasons=[reason],
        )
        for one, reason in chosen
    ]
    tell_later(Decision.objects.bulk_create(decisions))


def next_number(candidate: Candidate) -> int:
    return (candidate.decisions.aggregate(last=Max("number"))["last"] or 0) + 1


def pass_all_on() -> int:
    """Every published selection whose offers may have run out; returns how many seats were offered."""
    made = 0
    published = Selection.objects.filter(state=SelectionState.PUBLISHED)
    with_offers = published.filter(candidates__offer__state__in=[OfferState.OPEN, OfferState.ACCEPTED]).distinct()
    for selection in with_offers.order_by("pk"):
        passing = pass_on(selection)
        made += len(passing.offers) if passing else 0
    return made
