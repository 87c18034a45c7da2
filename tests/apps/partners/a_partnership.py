"""Mentors, teams and partners for the tests of this room."""

import datetime as dt
import uuid
from typing import Any

from django.test import Client
from django.utils import timezone

from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.partners.contact import pairs
from saem.apps.partners.mentors import inviting, vetting
from saem.apps.partners.mentors.inviting import Promise
from saem.apps.partners.mentors.vetting import Check
from saem.apps.partners.models import Mentor, Pairing, Slot, VettingKind
from saem.apps.people.models import Institution, InstitutionKind, Role, Scope, User
from saem.apps.people.services import grant
from saem.apps.projects.models import Membership, Team
from tests.cast import a_classroom, a_person, a_student

BOTH = tuple(VettingKind)
DAY = dt.timedelta(days=1)


def today() -> dt.date:
    return timezone.localdate()


def staff_of(host: Institution) -> User:
    user = a_person("최담당")
    grant(user, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=host.pk)
    return user


def a_company(name: str = "내일기상") -> Institution:
    return Institution.objects.get_or_create(name=name, defaults={"kind": InstitutionKind.COMPANY})[0]


def a_speaker(partner: Institution) -> User:
    """Who acts for a partner."""
    user = a_person("이협력")
    grant(user, role=Role.PARTNER, scope=Scope.INSTITUTION, scope_id=partner.pk)
    return user


def check(*kinds: VettingKind, first: dt.date | None = None, last: dt.date | None = None) -> Check:
    """Both kinds from a month ago to three months ahead, unless told otherwise."""
    return Check(
        kinds=kinds or BOTH,
        holds_from=first or today() - 30 * DAY,
        holds_until=last or today() + 90 * DAY,
        reference="조회-1",
    )


def promise(**facts: Any) -> Promise:
    values = {
        "places": 2,
        "minutes": 120,
        "topics": ["image", "text"],
        "languages": ["ko"],
        "times": ["mon", "tue"],
        "about": "",
    }
    return Promise(**{**values, **facts})


def a_mentor(host: Institution, name: str = "한멘토", *, checked: Check | None = None, **facts: Any) -> Mentor:
    """Somebody who was invited, said what they promise, and is cleared."""
    staff, person = staff_of(host), a_person(name)
    mentor = inviting.invite(host, email=str(person.email), name=name, home=a_company(), by=staff)
    inviting.declare(mentor, promise(**facts), by=person)
    vetting.record(mentor, checked or check(), by=staff)
    mentor.refresh_from_db()
    return mentor


def a_team(classroom: Classroom | None = None, name: str = "빗방울", *, people: int = 2) -> Team:
    classroom = classroom or a_classroom()
    team = Team.objects.create(classroom=classroom, project="rain", name=name)
    for _number in range(people):
        join(team, a_student(classroom))
    return team


def join(team: Team, enrolment: Enrolment) -> User:
    Membership.objects.create(team=team, project=team.project, enrolment=enrolment, role="data")
    return enrolment.user


def host_of(team: Team) -> Institution:
    return team.classroom.cohort.institution


def a_member(team: Team) -> User:
    return team.memberships.order_by("pk")[0].enrolment.user


def a_pair(team: Team | None = None, mentor: Mentor | None = None) -> Pairing:
    team = team or a_team()
    return pairs.make_pairing(team, mentor or a_mentor(host_of(team)), run=None, by=None)


def a_slot(mentor: Mentor, *, days: int = 3, minutes: int = 0) -> Slot:
    starts_at = timezone.now().replace(second=0, microsecond=0) + dt.timedelta(days=days, minutes=minutes)
    return Slot.objects.create(
        mentor=mentor,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=30),
        where="https://meet.example.org",
    )


def back(slot: Slot, days: int = 1) -> None:
    """The half hour lies so many days behind."""
    starts_at = timezone.now() - dt.timedelta(days=days)
    Slot.objects.filter(pk=slot.pk).update(starts_at=starts_at, ends_at=starts_at + dt.timedelta(minutes=30))
    slot.refresh_from_db()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def a_token() -> uuid.UUID:
    return uuid.uuid4()
