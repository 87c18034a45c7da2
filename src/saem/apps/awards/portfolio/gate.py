"""Whether a learner may show the portfolio outside: 14 or older, or with a guardian's consent (ADR 22)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from saem.apps.awards.models import Portfolio, ShareLink, SharingGuardian
from saem.apps.cohorts.guardians.asking import Age, ages_of
from saem.apps.cohorts.models import GuardianConsent
from saem.apps.events.services import record
from saem.errors import SaemError

# A consent is bound to what its words name (PIPA §15, §22): one to an application covers this only where they say so.
NAMED_IN_CONSENT = "포트폴리오"


@dataclass(frozen=True)
class Gate:
    """What is known of the learner's age, and whether a guardian agreed."""

    age: Age
    has_consent: bool

    @property
    def is_open(self) -> bool:
        return not self.age.is_child or self.has_consent


def gate_of(portfolio: Portfolio) -> Gate:
    """Asked anew each time a link is opened: a consent that was taken back closes every link at once."""
    age = age_of(portfolio)
    return Gate(age, age.is_child and has_consent(portfolio.user_id))


def age_of(portfolio: Portfolio) -> Age:
    """By the birth date that the learner gave elsewhere; else by what they said here."""
    said = portfolio.of_age_since is not None
    return ages_of([(portfolio.user_id, said)])[portfolio.user_id]


def has_consent(user: int) -> bool:
    if SharingGuardian.objects.filter(user=user, given_on__isnull=False, withdrawn_at=None).exists():
        return True
    given = GuardianConsent.objects.filter(application__applicant=user, given_at__isnull=False, withdrawn_at=None)
    last_no = SharingGuardian.objects.filter(user=user).aggregate(at=Max("withdrawn_at"))["at"]
    if last_no is not None:
        # Whoever said no to showing it since has said no to what an application had asked along with other things.
        given = given.filter(given_at__gt=last_no)
    return given.filter(text__text__contains=NAMED_IN_CONSENT).exists()


def applications_needed(applications: Collection[int]) -> set[int]:
    """Those whose guardian's consent is what a child's open links rest on, for `cohorts.retention`."""
    consented = SharingGuardian.objects.filter(given_on__isnull=False, withdrawn_at=None)
    given = GuardianConsent.objects.filter(
        application__in=applications,
        application__applicant__in=ShareLink.objects.open_on(timezone.localdate()).values("portfolio__user"),
        given_at__isnull=False,
        withdrawn_at=None,
        text__text__contains=NAMED_IN_CONSENT,
    ).exclude(application__applicant__in=consented.values("user"))
    owners = dict(given.values_list("application", "application__applicant"))
    ages = ages_of((owner, False) for owner in owners.values())
    return {application for application, owner in owners.items() if ages[owner].is_child}


def declare_of_age(portfolio: Portfolio) -> None:
    """Keep that the learner says to be 14 or older; refused where a birth date says otherwise."""
    age = age_of(portfolio)
    if age.is_child and age.is_known:
        raise SaemError("portfolio.under_14", status=409)
    with transaction.atomic():
        Portfolio.objects.filter(pk=portfolio.pk, of_age_since=None).update(of_age_since=timezone.now())
        record("portfolio.of_age", actor=portfolio.user, object_kind="portfolio", object_id=portfolio.pk)
    portfolio.refresh_from_db(fields=["of_age_since"])
