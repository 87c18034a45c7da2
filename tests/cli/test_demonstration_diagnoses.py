"""The demonstration's diagnoses are real ones: given, scored and paired by the product, on the days they belong to."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from saem.apps.awards.models import Audience, ReflectionVersion
from saem.apps.awards.portfolio import entries
from saem.apps.insight.gains import group_report, pairs_of
from saem.apps.learning.diagnosis.bank import bank_of
from saem.apps.learning.models import Attempt, Diagnosis, DiagnosisMoment, LessonProgress
from saem.cli.demonstration.diagnoses import diagnose
from saem.cli.demonstration.portfolio import reflect
from saem.cli.demonstration.work import Pupil, cast_pupils
from saem.lib.sandbox import Sandbox
from tests import cast, sample
from tests.quiz import a_quiz_version

PUPILS = 10


@pytest.fixture
def pupils(db: None, sandbox: Sandbox, tmp_path: Path) -> list[Pupil]:
    room = cast.a_classroom(cast.a_cohort(a_quiz_version(sandbox, tmp_path, 40)))
    return cast_pupils([cast.a_student(room, f"학생 {place:02d}") for place in range(PUPILS)], 1)


def finish_a_lesson(pupils: list[Pupil]) -> None:
    for pupil in pupils:
        LessonProgress.objects.create(enrolment=pupil.enrolment, lesson=sample.LESSON, done_at=timezone.now())


def test_both_moments_make_pairs_in_order(pupils: list[Pupil]) -> None:
    first = diagnose(pupils, DiagnosisMoment.BEFORE, days_ago=11)
    finish_a_lesson(pupils)
    second = diagnose(pupils, DiagnosisMoment.AFTER, days_ago=1)
    rows = list(Diagnosis.objects.all())
    assert len(rows) == first + second
    assert all(row.finished_at and row.ability is not None and 8 <= len(row.given) <= 15 for row in rows)
    assert {(timezone.now() - row.started_at).days for row in rows} == {11, 1}
    assert Attempt.objects.count() == sum(len(row.given) for row in rows)
    assert all(15_000 <= took <= 100_000 for took in Attempt.objects.values_list("took_ms", flat=True))
    room = pupils[0].enrolment.classroom
    bank = bank_of(room.cohort.version)
    assert bank is not None
    report = group_report(pairs_of(room.enrolments.present(), bank))
    assert report is not None
    assert report.pairs >= 5


def test_a_program_without_items_has_no_diagnoses(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    room = cast.a_classroom(cast.a_cohort(sample.published_sample(sandbox, tmp_path)))
    assert diagnose(cast_pupils([cast.a_student(room)] * 7, 1), DiagnosisMoment.BEFORE, days_ago=1) == 0
    assert diagnose([], DiagnosisMoment.BEFORE, days_ago=1) == 0


def test_the_newcomers_pupil_has_something_to_show(pupils: list[Pupil]) -> None:
    enrolment = pupils[0].enrolment
    finish_a_lesson(pupils[:1])
    reflect(enrolment.user, enrolment)
    shown = entries.everything(entries.portfolio_of(enrolment.user), entries.courses_of(enrolment.user))
    assert {each.audience for each in shown if each.kind == "reflection"} == set(Audience)
    assert next(each for each in shown if each.kind == "lessons").remark
    assert ReflectionVersion.objects.count() == 4
    client = Client()
    client.force_login(enrolment.user, backend="django.contrib.auth.backends.ModelBackend")
    assert "떨린다" not in client.get(reverse("portfolio:preview")).content.decode()
