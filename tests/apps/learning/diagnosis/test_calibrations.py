"""One scale for both moments: numbered calibrations, results kept on them, and everybody scored again by the next one."""

from copy import deepcopy
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from saem.apps.catalog.models import Version
from saem.apps.cohorts.models import Classroom
from saem.apps.insight.gains import Pairs, pairs_of
from saem.apps.jobs.models import Job
from saem.apps.jobs.worker import drain
from saem.apps.learning.diagnosis import services
from saem.apps.learning.diagnosis.bank import bank_of
from saem.apps.learning.itembank import calibrations
from saem.apps.learning.itembank.services import request_refits
from saem.apps.learning.models import Calibration, Diagnosis, ItemRecord
from saem.lib.sandbox import Sandbox
from tests import cast
from tests.apps.learning.diagnosis.exams import Exam, an_exam
from tests.apps.learning.diagnosis.test_measuring import sit
from tests.quiz import a_quiz_version

RESULT = ("pk", "ability", "error", "calibration__number")


def both(exam: Exam, seed: int = 3) -> tuple[Diagnosis, Diagnosis]:
    rng = np.random.default_rng(seed)
    before = sit(exam, "before", 0.0, rng)
    exam.learn()
    return before, sit(exam, "after", 0.0, rng)


def harder(exam: Exam, moment: str, by: float = 1.0) -> None:
    """Practice finds that the items of one moment are harder than thought."""
    for entry in exam.row(moment).given:
        facts = {"difficulty": entry["difficulty"] + by, "responses": 100, "variance": 0.1}
        ItemRecord.objects.update_or_create(program=exam.row().version.program, item=entry["item"], defaults=facts)


def renew(classroom: Classroom) -> Calibration | None:
    with transaction.atomic():
        return calibrations.renew(classroom.cohort.version.program)


def the_pairs(classroom: Classroom) -> Pairs:
    bank = bank_of(classroom.cohort.version)
    assert bank is not None
    return pairs_of(classroom.enrolments.all(), bank)


def test_the_first_diagnosis_makes_the_first_calibration_and_all_use_it(exam: Exam, classroom: Classroom):
    assert not Calibration.objects.exists()
    exam.client.get(exam.url())
    assert not Calibration.objects.exists(), "reading changes nothing"
    row = services.start(exam.sitting()).row
    services.start(an_exam(classroom).sitting())
    calibration = Calibration.objects.get()
    assert row is not None
    assert (calibration.number, len(calibration.items)) == (1, 40)
    assert row.given[0]["difficulty"] == calibration.items[row.given[0]["item"]]["difficulty"]


def test_practice_moves_no_scale_under_a_diagnosis(exam: Exam, classroom: Classroom):
    before, _after = both(exam)
    value = the_pairs(classroom).logits[0]
    harder(exam, "after")
    assert the_pairs(classroom).logits[0] == pytest.approx(value)
    bank = bank_of(classroom.cohort.version)
    assert bank is not None
    assert bank.parameters[before.given[0]["item"]].difficulty == before.given[0]["difficulty"]


def test_the_end_of_a_diagnosis_keeps_its_result_and_the_pages_read_it(exam: Exam):
    """A page must read what is stored: a result that was tampered with shows."""
    before, after = both(exam)
    assert before.calibration == after.calibration == Calibration.objects.get()
    first = exam.client.get(exam.url()).content.decode()
    Diagnosis.objects.filter(moment="before").update(ability=6.0, error=0.01)
    assert exam.client.get(exam.url()).content.decode() != first
    assert "개쯤" in first


def test_a_new_calibration_scores_both_moments_again(exam: Exam, classroom: Classroom):
    """Items of the second test turn out to be harder than thought: the gain is larger, and what was given stays."""
    before, after = both(exam)
    old = the_pairs(classroom)
    kept = deepcopy(after.given)
    harder(exam, "after")
    calibration = renew(classroom)
    assert calibration is not None
    assert calibration.number == 2
    assert the_pairs(classroom).outdated == 1
    assert drain() == 1
    new = the_pairs(classroom)
    assert new.outdated == 0
    assert new.logits[0] == pytest.approx(old.logits[0] + 1, abs=0.02)
    assert new.before.abilities == pytest.approx(old.before.abilities)
    assert exam.row("after").given == kept
    assert {row.calibration for row in (exam.row("before"), exam.row("after"))} == {calibration}
    assert exam.row("before").finished_at == before.finished_at


def test_a_refit_that_says_nothing_new_makes_no_calibration(exam: Exam, classroom: Classroom):
    assert renew(classroom) is None, "nobody was diagnosed"
    both(exam)
    assert renew(classroom) is None
    harder(exam, "after", by=0.0)
    assert renew(classroom) is None
    assert Calibration.objects.count() == 1
    assert not Job.objects.exists()


def test_whoever_ends_on_a_newer_calibration_has_both_moments_on_it(exam: Exam, classroom: Classroom):
    """The job that scores the class again has not run yet."""
    rng = np.random.default_rng(3)
    sit(exam, "before", 0.0, rng)
    harder(exam, "before")
    assert renew(classroom) is not None
    exam.learn()
    sit(exam, "after", 0.0, rng)
    assert {row.calibration.number for row in (exam.row("before"), exam.row("after")) if row.calibration} == {2}
    assert the_pairs(classroom).outdated == 0
    assert drain() == 1, "the job finds nothing to do"


def test_each_class_is_one_job_and_a_lost_one_is_asked_for_again_at_night(exam: Exam, classroom: Classroom):
    other = an_exam(cast.a_classroom(classroom.cohort, name="다른 반"))
    for each in (exam, other):
        both(each)
    harder(exam, "after")
    renew(classroom)
    assert set(Job.objects.values_list("kind", "subject_id")) == {
        (calibrations.RESCORE, each.enrolment.classroom_id) for each in (exam, other)
    }
    with transaction.atomic():
        calibrations.request_rescoring()
    assert Job.objects.count() == 2, "what waits is not doubled"
    Job.objects.all().delete()
    with transaction.atomic():
        request_refits()
    assert Job.objects.filter(kind=calibrations.RESCORE).count() == 2
    Job.objects.exclude(kind=calibrations.RESCORE).delete()
    drain()
    assert not calibrations.outdated().exists()


def test_a_newer_version_s_items_join_the_calibration_and_change_no_result(
    exam: Exam, sandbox: Sandbox, tmp_path: Path
):
    before, _after = both(exam)
    version = a_quiz_version(sandbox, tmp_path, 41)
    program, number = before.version.program, before.version.number + 1
    Version.objects.filter(pk=version.pk).update(program=program, number=number)
    version.refresh_from_db()
    late = an_exam(cast.a_classroom(cast.a_cohort(version)))
    services.start(late.sitting())
    calibration = Calibration.objects.get(program=version.program)
    assert (calibration.number, len(calibration.items)) == (1, 41)
    assert calibration.items["sum-1"]["difficulty"] == pytest.approx(-1.9, abs=0.01), "the first guess stays"
    assert not calibrations.outdated().exists()


def test_the_backfill_scores_what_was_finished_before_there_were_calibrations(exam: Exam, classroom: Classroom):
    both(exam)
    unfinished = services.start(an_exam(classroom).sitting()).row
    expected = list(Diagnosis.objects.order_by("pk").values_list(*RESULT))
    Diagnosis.objects.update(ability=0.0, error=9.0, calibration=None)
    Diagnosis.objects.filter(finished_at=None).update(ability=None, error=None)
    Calibration.objects.all().delete()
    migration = import_module("saem.apps.learning.migrations.0004_first_calibration")
    for _twice in range(2):
        migration.backfill(apps, None)
        found = list(Diagnosis.objects.order_by("pk").values_list(*RESULT))
        assert [row[3] for row in found] == [row[3] for row in expected] == [1, 1, None]
        assert [row[1:3] for row in found[:2]] == [pytest.approx(row[1:3]) for row in expected[:2]]
    assert unfinished is not None
    assert Calibration.objects.count() == 1


def test_scoring_a_class_again_takes_the_same_number_of_queries_for_many(classroom: Classroom):
    counts = []
    for _round in range(2):
        exam = an_exam(classroom)
        both(exam, seed=len(counts))
        harder(exam, "after", by=1.0 + len(counts))
        assert renew(classroom) is not None
        with CaptureQueriesContext(connection) as asked:
            drain()
        counts.append(len(asked))
    assert counts[0] == counts[1]
