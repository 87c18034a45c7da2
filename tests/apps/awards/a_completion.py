"""Completions, certificates and badges for the tests of this room."""

import datetime as dt
import json
from itertools import count
from typing import Any

from django.test import Client

from saem.apps.awards.badges.wording import set_template
from saem.apps.awards.certificates.batches import start
from saem.apps.awards.models import Badge, BadgeTemplate, Certificate
from saem.apps.catalog.models import Program
from saem.apps.cohorts.models import Cohort, Completion, Enrolment, TraineeRecord, TrainingCourse
from saem.apps.jobs.worker import drain
from saem.apps.people.models import Agreement, Institution, InstitutionKind, Role, Scope, User
from saem.apps.people.services import grant
from tests.cast import a_classroom, a_cohort, a_person, a_staff_member, a_student

_numbers = count(1)
WORDS = {
    "name_ko": "비 예측가",
    "name_en": "Rain forecaster",
    "description_ko": "비를 예측했어요.",
    "description_en": "Predicted rain.",
    "criteria_ko": "프로젝트 하나를 끝냈어요.",
    "criteria_en": "Finished one project.",
    "hours": 15,
}


def a_completion(enrolment: Enrolment, name: str = "김하늘", **facts: Any) -> Completion:
    institution, number = enrolment.classroom.cohort.institution, next(_numbers)
    given = {
        "year": 2026,
        "sequence": number,
        "number": f"제 샘물-집합-2026-{number:06d}호",
        "completed_on": dt.date(2026, 11, 20),
        "minutes": 15 * 60,
        "rule": "default",
        "rule_hash": "0" * 64,
    }
    return Completion.objects.create(enrolment=enrolment, institution=institution, name=name, **(given | facts))


def a_finished_cohort(people: int = 1, *, badge: bool = False, **facts: Any) -> tuple[Cohort, User, list[Completion]]:
    """A cohort with its staff member and so many who completed."""
    cohort = a_cohort(**facts)
    classroom, staff = a_classroom(cohort), a_staff_member(cohort)
    completions = [a_completion(a_student(classroom), name=f"김하늘{place}") for place in range(people)]
    if badge:
        a_template(cohort, staff)
    return cohort, staff, completions


def a_template(cohort: Cohort, staff: User, **words: Any) -> BadgeTemplate:
    return set_template(cohort, by=staff, words=WORDS | words)


def a_training(cohort: Cohort, **facts: Any) -> TrainingCourse:
    given = {"hours": 15, "number_name": "샘물", "area": "직무연수"}
    return TrainingCourse.objects.create(cohort=cohort, **(given | facts))


def a_trainee(enrolment: Enrolment, **facts: Any) -> TraineeRecord:
    given = {
        "name": "김하늘",
        "birth_date": dt.date(1985, 3, 2),
        "school": "샘물중학교",
        "designation_number": "2026-1",
    }
    return TraineeRecord.objects.create(enrolment=enrolment, **(given | facts))


def everything_made(cohort: Cohort, staff: User) -> None:
    start(cohort, by=staff)
    drain()


def a_certificate(**facts: Any) -> tuple[Certificate, User]:
    """One that was really made, and who made it."""
    cohort, staff, (completion,) = a_finished_cohort(**facts)
    everything_made(cohort, staff)
    return Certificate.objects.select_related("completion").get(completion=completion), staff


def a_badge(**facts: Any) -> tuple[Badge, User]:
    cohort, staff, (_completion,) = a_finished_cohort(badge=True, **facts)
    everything_made(cohort, staff)
    return Badge.objects.select_related(
        "key", "template__cohort__institution", "status_list", "completion"
    ).get(), staff


def a_partner(cohort: Cohort) -> tuple[Institution, User]:
    """A university in an agreement with the cohort's institution, and somebody of its staff."""
    university = Institution.objects.create(kind=InstitutionKind.UNIVERSITY, name=f"바다대학교 {next(_numbers)}")
    agreement = Agreement.objects.create(title="협약", starts_on=dt.date(2026, 1, 1))
    agreement.institutions.set([cohort.institution, university])
    Program.objects.filter(pk=cohort.version.program_id).update(agreement=agreement)
    person = a_person("서교수")
    grant(person, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=university.pk)
    return university, person


def signed_in_as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def fetched(address: str) -> dict[str, Any]:
    """A public document, as a stranger gets it."""
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return json.loads(answer.content)
