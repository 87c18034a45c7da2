"""Whether a learner may show the portfolio outside: 14 or older, or with a guardian's consent (ADR 22)."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from saem.apps.awards.models import Portfolio, SharingConsent
from saem.apps.cohorts.births import birth_date_of
from saem.apps.cohorts.calls.ages import needs_guardian
from saem.apps.cohorts.models import ConsentWay, GuardianConsent
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.errors import SaemError

# A consent is bound to what its words name (PIPA §15, §22): one to an application covers this only where they say so.
NAMED_IN_CONSENT = "포트폴리오"


class Age(StrEnum):
    OLD_ENOUGH = "old_enough"
    UNDER_14 = "under_14"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Gate:
    """What is known of the learner's age, and whether a guardian agreed."""

    age: Age
    has_consent: bool

    @property
    def is_open(self) -> bool:
        return self.age is Age.OLD_ENOUGH or self.has_consent


def gate_of(portfolio: Portfolio) -> Gate:
    """Asked anew each time a link is opened: a consent that was taken back closes every link at once."""
    age = age_of(portfolio)
    return Gate(age, age is not Age.OLD_ENOUGH and has_consent(portfolio.user_id))


def age_of(portfolio: Portfolio) -> Age:
    """By the birth date that the learner gave elsewhere; else by what they said here."""
    born = birth_date_of(portfolio.user_id)
    if born is not None:
        return Age.UNDER_14 if needs_guardian(born, timezone.localdate()) else Age.OLD_ENOUGH
    return Age.OLD_ENOUGH if portfolio.of_age_since is not None else Age.UNKNOWN


def has_consent(user: int) -> bool:
    if SharingConsent.objects.filter(user=user, withdrawn_at=None).exists():
        return True
    given = GuardianConsent.objects.filter(application__applicant=user, given_at__isnull=False, withdrawn_at=None)
    last_no = SharingConsent.objects.filter(user=user).aggregate(at=Max("withdrawn_at"))["at"]
    if last_no is not None:
        # Whoever said no to showing it since has said no to what an application had asked along with other things.
        given = given.filter(given_at__gt=last_no)
    return given.filter(text__text__contains=NAMED_IN_CONSENT).exists()


def declare_of_age(portfolio: Portfolio) -> None:
    """Keep that the learner says to be 14 or older; refused where a birth date says otherwise."""
    if age_of(portfolio) is Age.UNDER_14:
        raise SaemError("portfolio.under_14", status=409)
    with transaction.atomic():
        Portfolio.objects.filter(pk=portfolio.pk, of_age_since=None).update(of_age_since=timezone.now())
        record("portfolio.of_age", actor=portfolio.user, object_kind="portfolio", object_id=portfolio.pk)
    portfolio.refresh_from_db(fields=["of_age_since"])


def consent_in_force(user: User) -> SharingConsent | None:
    return SharingConsent.objects.filter(user=user.pk, withdrawn_at=None).select_related("recorded_by").first()


def record_consent(
    learner: User, *, guardian_name: str, way: ConsentWay, given_on: dt.date, note: str, by: User
) -> SharingConsent:
    """Keep a guardian's consent as evidence; one that is in force stays."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=learner.pk)
        if consent_in_force(learner) is not None:
            raise SaemError("consent.given_already", status=409)
        kept = SharingConsent.objects.create(
            user=learner, guardian_name=guardian_name, way=way, given_on=given_on, note=note, recorded_by=by
        )
        record("portfolio.consent_recorded", actor=by, object_kind="user", object_id=learner.pk, facts={"way": way})
    return kept


def withdraw_consent(learner: User, *, by: User | None) -> bool:
    """Note that the guardian took the consent back: the learner's links close, the evidence stays."""
    with transaction.atomic():
        gone = SharingConsent.objects.filter(user=learner.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
        if gone:
            record("portfolio.consent_withdrawn", actor=by, object_kind="user", object_id=learner.pk)
    return bool(gone)
