"""Somebody comes or goes: by the code on the screen, or as the teacher records it for them."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.models import Crossing, CrossingHow, Enrolment, Session
from saem.apps.cohorts.sessions.codes import takes
from saem.apps.cohorts.sessions.planning import note
from saem.apps.cohorts.sessions.queries import places_in
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib.completion import Way


@dataclass(frozen=True)
class Checked:
    """The crossing that stands; not `is_new` where the person had checked in (or out) already."""

    crossing: Crossing
    is_new: bool


def check_by_code(session: Session, way: Way, *, by: User, met_at: dt.datetime) -> Checked:
    """Record that `by` came or went when their browser met the code. Raises SaemError where that cannot be."""
    place = places_in(by, session).first()
    if place is None:
        raise SaemError("checkin.not_yours", status=403)
    if not takes(session, way, met_at):
        raise SaemError("checkin.closed", status=409)
    return cross(session, place, way, at=met_at, how=CrossingHow.QR, by=by)


def cross(
    session: Session, place: Enrolment, way: Way, *, at: dt.datetime, how: CrossingHow, by: User, key: str = ""
) -> Checked:
    """Add a crossing. Who is in already does not come in again: the first moment stands."""
    own = list(session.crossings.filter(enrolment=place).order_by("happened_at", "pk"))
    if own and own[-1].way == way.value:
        return Checked(own[-1], is_new=False)
    # Two presses at once count the same crossings before them: they have one key, and the database takes one of them.
    crossing = Crossing(
        session=session,
        enrolment=place,
        way=way.value,
        happened_at=at,
        how=how,
        recorded_by=by,
        key=key or f"{session.pk}:{place.pk}:{len(own)}:{way}",
    )
    try:
        with transaction.atomic():
            crossing.save()
            note("attendance.crossed", session, by=by, enrolment=place.pk, way=way.value, how=str(how))
            facts_changed([place.pk], by=by)
    except IntegrityError:
        return Checked(Crossing.objects.get(key=crossing.key), is_new=False)
    return Checked(crossing, is_new=True)


def next_way(crossings: list[Crossing]) -> Way:
    """What a press of the person would mean now: out for who is in, else in."""
    return Way.OUT if crossings and crossings[-1].way == Way.IN.value else Way.IN
