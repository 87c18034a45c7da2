"""Learners take places, wait, and pass them on; a child's place waits for a guardian where it is outside school.

Every act here holds the opportunity's row: of two for the last place, one waits.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from saem.apps.cohorts.guardians.asking import ages_of, refused
from saem.apps.notices.moments import when_of
from saem.apps.partners.models import (
    LIVE,
    TAKEN,
    Opportunity,
    OpportunityGuardian,
    OpportunityState,
    SignUp,
    SignUpState,
)
from saem.apps.partners.noting import note
from saem.apps.partners.opportunities.services import locked, tell
from saem.apps.people.models import User
from saem.errors import SaemError

# How long a place is kept for a guardian's answer, while others wait.
KEPT_FOR = dt.timedelta(days=7)


def sign_up(opportunity: Opportunity, user: User, *, is_of_age: bool = False) -> SignUp:
    """A place where there is one, else the end of the waiting list. Signing up twice is once.

    `is_of_age`: they say to be 14 or older, now or later. Raises SaemError `opportunity.over`.
    """
    try:
        with transaction.atomic():
            row = locked(opportunity)
            known = row.sign_ups.filter(user=user, state__in=LIVE).first()
            return _said_again(row, known, is_of_age=is_of_age) if known else _new(row, user, is_of_age=is_of_age)
    except IntegrityError:
        return SignUp.objects.get(opportunity=opportunity, user=user, state__in=LIVE)


def _new(row: Opportunity, user: User, *, is_of_age: bool) -> SignUp:
    if not row.takes_sign_ups:
        raise SaemError("opportunity.over", status=409)
    pass_on(row)
    # Whoever waits already goes first.
    waits = free_places(row) == 0 or row.sign_ups.filter(state=SignUpState.WAITING).exists()
    made = SignUp(opportunity=row, user=user, is_of_age=is_of_age, state=SignUpState.WAITING)
    if not waits:
        _take_place(row, [made])
    made.save()
    note("signed_up", made, by=user, opportunity=row.pk, state=made.state)
    return made


def _said_again(row: Opportunity, known: SignUp, *, is_of_age: bool) -> SignUp:
    """Who forgot to say that they are 14 or older says it now."""
    if is_of_age and not known.is_of_age:
        known.is_of_age = True
        if known.state == SignUpState.HELD:
            _take_place(row, [known])
        known.save(update_fields=["is_of_age", "state", "held_until"])
        note("said_age", known, by=known.user, opportunity=row.pk, state=known.state)
    return known


def give_up(opportunity: Opportunity, user: User) -> None:
    """Somebody does not come; the first who waits gets the place, until the thing begins."""
    with transaction.atomic():
        row = locked(opportunity)
        if row.starts_at <= timezone.now():
            raise SaemError("opportunity.begun", status=409)
        if end(row, [user.pk]):
            note("gave_up", row, by=user)
            pass_on(row)


def pass_on(opportunity: Opportunity) -> list[SignUp]:
    """Free places go to those who wait, in their order. Inside a transaction that holds the opportunity."""
    end_overdue(opportunity)
    if opportunity.state != OpportunityState.OPEN or opportunity.starts_at <= timezone.now():
        return []
    waiting = opportunity.sign_ups.filter(state=SignUpState.WAITING).select_related("user").order_by("pk")
    moved = list(waiting[: free_places(opportunity)])
    _take_place(opportunity, moved)
    for one in moved:
        one.moved_up_at = timezone.now()
        note("moved_up", one, by=None, opportunity=opportunity.pk, state=one.state)
        until = when_of(one.held_until) if one.held_until is not None else None
        tell(opportunity, "opportunity.moved_up", [one.user], key=f"opportunity.moved_up:{one.pk}", until=until)
    SignUp.objects.bulk_update(moved, ["state", "held_until", "moved_up_at"])
    return moved


def change_places(opportunity: Opportunity, places: int, *, by: User) -> None:
    """More places are passed on at once; fewer take nobody's away."""
    with transaction.atomic():
        row = locked(opportunity)
        row.places = places
        row.save(update_fields=["places"])
        note("places_changed", row, by=by, places=places)
        pass_on(row)


def free_places(opportunity: Opportunity) -> int:
    return max(opportunity.places - opportunity.sign_ups.filter(state__in=TAKEN).count(), 0)


def uncovered(opportunity: Opportunity, rows: Sequence[SignUp]) -> set[int]:
    """Whose guardian has to agree and has not, by user: children, where it takes place outside school."""
    if not opportunity.is_outside or not rows:
        return set()
    no = refusals(opportunity, [row.user_id for row in rows])
    ages = ages_of((row.user_id, row.is_of_age and row.user_id not in no) for row in rows)
    children = {user for user, age in ages.items() if age.is_child}
    given = OpportunityGuardian.objects.filter(
        opportunity=opportunity, user__in=children, given_on__isnull=False, withdrawn_at=None
    )
    return children - set(given.values_list("user", flat=True))


def refusals(opportunity: Opportunity, users: list[int]) -> set[int]:
    """Whose guardian said no to this, or not any more."""
    return refused(OpportunityGuardian.objects.filter(opportunity=opportunity, user__in=users), "user")


def _take_place(opportunity: Opportunity, rows: Sequence[SignUp]) -> None:
    """Give each of them a place, kept for a while where a guardian has to agree first."""
    missing, until = uncovered(opportunity, rows), min(timezone.now() + KEPT_FOR, opportunity.starts_at)
    for row in rows:
        is_held = row.user_id in missing
        row.state, row.held_until = (SignUpState.HELD, until) if is_held else (SignUpState.GOING, None)


def end(opportunity: Opportunity, users: Iterable[int]) -> int:
    """Those of them who are still in it are no more, and what their guardians were asked is over; returns how many."""
    now, theirs = timezone.now(), list(users)
    questions = OpportunityGuardian.objects.filter(opportunity=opportunity, user__in=theirs)
    questions.filter(given_on=None, declined_at=None, closed_at=None).update(closed_at=now)
    live = opportunity.sign_ups.filter(user__in=theirs, state__in=LIVE)
    return live.update(state=SignUpState.CANCELLED, cancelled_at=now, held_until=None)


def end_overdue(opportunity: Opportunity) -> int:
    """Places that were kept long enough are free again. Inside a transaction that holds the opportunity."""
    held = opportunity.sign_ups.filter(state=SignUpState.HELD, held_until__lte=timezone.now())
    rows = list(held.select_related("user"))
    end(opportunity, [row.user_id for row in rows])
    for row in rows:
        note("hold_ended", row, by=None, opportunity=opportunity.pk)
        tell(opportunity, "opportunity.hold_ended", [row.user], key=f"opportunity.hold_ended:{row.pk}")
    return len(rows)


def pass_on_overdue() -> int:
    """Each night: whatever was kept too long is passed on; returns for how many opportunities."""
    overdue = SignUp.objects.filter(state=SignUpState.HELD, held_until__lte=timezone.now()).values("opportunity")
    found = list(Opportunity.objects.filter(pk__in=overdue).order_by("pk"))
    for opportunity in found:
        with transaction.atomic():
            pass_on(locked(opportunity))
    return len(found)
