"""Certificates that make themselves: once each, only where everything is known, and never behind staff's back."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from saem.apps.awards.certificates import automatic, batches, issuing
from saem.apps.awards.issuers.services import set_profile
from saem.apps.awards.models import Automation, Batch, BatchItem, Certificate
from saem.apps.cohorts.completion.recording import Result, complete_all, withdraw
from saem.apps.cohorts.models import Cohort, Completion, Enrolment
from saem.apps.events.services import record
from saem.apps.jobs.models import Job
from saem.apps.jobs.services import keep_nightly
from saem.apps.jobs.worker import drain
from saem.apps.people.models import User
from saem.errors import SaemError
from tests.apps.awards.a_completion import (
    a_completion,
    a_finished_cohort,
    a_trainee,
    a_training,
    everything_made,
    signed_in_as,
)
from tests.at_once import at_once, database_that_threads_share
from tests.cast import a_student

pytestmark = pytest.mark.django_db


def with_signer(people: int = 0, **facts: Any) -> tuple[Cohort, User, list[Completion]]:
    cohort, staff, completions = a_finished_cohort(people, **facts)
    set_profile(cohort.institution, by=staff, officer="샘물교육연수원장", officer_en="", name="", seal=None)
    return cohort, staff, completions


def completes(enrolment: Enrolment) -> Completion:
    """As `completion.recording` leaves it."""
    made, cohort = a_completion(enrolment), enrolment.classroom.cohort_id
    record("cohorts.completed", actor=None, object_kind="completion", object_id=made.pk, cohort_id=cohort)
    return made


def newcomer(cohort: Cohort) -> Enrolment:
    return a_student(cohort.classrooms.get())


def test_it_is_off_until_somebody_turns_it_on_and_then_makes_what_is_there() -> None:
    cohort, staff, (first,) = with_signer(1, badge=True)
    completes(newcomer(cohort))
    drain()
    assert not Certificate.objects.exists()
    automatic.set_automatic(cohort, is_on=True, by=staff)
    drain()
    assert Certificate.objects.count() == 2
    assert first.badges.count() == 1
    latest = completes(newcomer(cohort))
    drain()
    certificate = Certificate.objects.get(completion=latest)
    assert certificate.issued_by is None
    assert Batch.objects.latest("pk").is_automatic
    automatic.set_automatic(cohort, is_on=False, by=staff)
    completes(newcomer(cohort))
    drain()
    assert Certificate.objects.count() == 3
    assert not Job.objects.exclude(state="done").exists()


def test_without_a_signer_it_cannot_be_turned_on() -> None:
    cohort, staff, _people = a_finished_cohort(1)
    with pytest.raises(SaemError, match=r"certificate\.no_signer"):
        automatic.set_automatic(cohort, is_on=True, by=staff)
    assert not Automation.objects.exists()


def test_a_training_waits_for_the_birth_date_and_the_night_finds_it() -> None:
    cohort, staff, _people = with_signer()
    a_training(cohort)
    automatic.set_automatic(cohort, is_on=True, by=staff)
    enrolment = newcomer(cohort)
    completes(enrolment)
    trainee = a_trainee(newcomer(cohort), birth_date=None)
    completes(trainee.enrolment)
    drain()
    assert not BatchItem.objects.exists()
    assert automatic.unready_in(cohort).count() == 2
    a_trainee(enrolment)
    keep_nightly()
    Job.objects.filter(kind="certificates.nightly").update(
        not_before="2020-01-01T00:00:00Z", due_at="2020-01-01T00:00:00Z"
    )
    drain()
    assert Certificate.objects.get().completion.enrolment == enrolment
    assert automatic.unready_in(cohort).count() == 1


def test_what_was_taken_back_or_failed_is_left_to_staff() -> None:
    cohort, staff, (first,) = with_signer(1)
    everything_made(cohort, staff)
    issuing.revoke(Certificate.objects.get(completion=first), by=staff, reason="잘못 줌")
    second, part = a_completion(newcomer(cohort)), BatchItem.objects.get().part
    BatchItem.objects.create(part=part, completion=second, state="failed", code="certificate.signs")
    assert automatic.set_automatic(cohort, is_on=True, by=staff) is None
    drain()
    assert Certificate.objects.count() == 1


def test_who_completed_and_lost_it_before_the_job_gets_none() -> None:
    cohort, staff, _people = with_signer()
    automatic.set_automatic(cohort, is_on=True, by=staff)
    soon = completes(newcomer(cohort))
    withdraw(soon, reason="출결 정정", by=staff)
    drain()
    assert not Certificate.objects.exists()
    later = completes(newcomer(cohort))
    assert automatic.make(cohort) is not None
    withdraw(later, reason="출결 정정", by=staff)
    drain()
    assert not Certificate.objects.exists()


def test_a_class_that_completes_together_leaves_one_job() -> None:
    cohort, staff, _people = with_signer()
    automatic.set_automatic(cohort, is_on=True, by=staff)
    result = Result(minutes=600, credits=0, total=None, rule="rule-1", rule_hash="0" * 64)
    complete_all([(newcomer(cohort), result) for _person in range(3)], now=timezone.now())
    assert Job.objects.filter(kind=automatic.FOLLOW).count() == 1
    drain()
    assert Certificate.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_many_completions_and_presses_at_once_make_one_each(tmp_path: Path) -> None:
    cohort, staff, _people = with_signer()
    automatic.set_automatic(cohort, is_on=True, by=staff)
    for _person in range(25):
        completes(newcomer(cohort))
    with database_that_threads_share(tmp_path):

        def act(number: int) -> None:
            if number == 0:
                batches.start(cohort, by=staff)
            drain()

        at_once(act, 3)
        drain()
        assert Certificate.objects.count() == 25
        assert Certificate.objects.values("completion").distinct().count() == 25
        assert not BatchItem.objects.exclude(state="made").exists()


def test_the_switch_is_on_the_cohorts_page() -> None:
    cohort, staff, _people = a_finished_cohort(1)
    browser, address = signed_in_as(staff), reverse("awards:automatic", args=[cohort.pk])
    page = reverse("awards:cohort", args=[cohort.pk])
    assert "찍을지 정한 뒤에" in browser.get(page).text
    assert "먼저 정해 주세요" in browser.post(address, {"on": "yes"}, follow=True).text
    set_profile(cohort.institution, by=staff, officer="샘물교육연수원장", officer_en="", name="", seal=None)
    assert "이제 이수하면" in browser.post(address, {"on": "yes"}, follow=True).text
    assert automatic.is_automatic(cohort)
    drain()
    assert Certificate.objects.count() == 1
    browser.post(address, {"on": "no"})
    assert not automatic.is_automatic(cohort)
