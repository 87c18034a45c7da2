"""The pages of gains: too few learners, enough of them, and always the same number of questions."""

import csv
import io
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.apps.cohorts.models import Classroom
from saem.apps.insight import gain_columns
from saem.apps.learning.diagnosis.rescoring import score
from saem.apps.learning.models import Calibration, Diagnosis
from saem.lib.sandbox import Sandbox
from tests import cast
from tests.quiz import a_quiz_version

ENTRY = {"seed": 1, "discrimination": 1.0, "guess": 0.0, "upper": 1.0, "difficulty": 0.0}


@pytest.fixture
def classroom(db: None, sandbox: Sandbox, tmp_path: Path) -> Classroom:
    return cast.a_classroom(cast.a_cohort(a_quiz_version(sandbox, tmp_path, 10)), name="2학년 3반")


def add_learners(classroom: Classroom, learners: int, *, before: int = 2, after: int = 8) -> None:
    """Learners with so many right answers to the ten items, more or less."""
    for number in range(learners):
        enrolment = cast.a_student(classroom)
        for moment, day, right in (("before", "2026-09-01", before), ("after", "2026-10-01", after)):
            scores = [int(item < right + number % 2) for item in range(10)]
            given = [
                {"item": f"sum-{item}", "score": right_or_not, **ENTRY} for item, right_or_not in enumerate(scores)
            ]
            row = Diagnosis(
                enrolment=enrolment, version=classroom.cohort.version, moment=moment, given=given,
                started_at=f"{day}T00:00Z", finished_at=f"{day}T01:00Z",
            )  # fmt: skip
            score(row, {}, None)
            row.save()


def page(user: object, name: str, pk: int, language: str = "ko") -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client.get(reverse(f"insight:{name}", args=[pk])).content.decode()


def test_fewer_than_five_pairs_have_no_mean(classroom: Classroom):
    add_learners(classroom, 4)
    text = page(cast.a_teacher(classroom), "classroom_gains", classroom.pk)
    assert "4명이에요" in text
    assert "95% 구간은" not in text


def test_a_cohort_without_any_pair_says_so(classroom: Classroom):
    cast.a_student(classroom)
    text = page(cast.a_staff_member(classroom.cohort), "cohort_gains", classroom.cohort.pk)
    assert "95% 구간은" not in text
    assert "2학년 3반" in text


def test_a_class_reads_its_gain_with_its_error_and_what_it_does_not_mean(classroom: Classroom):
    add_learners(classroom, 6)
    teacher = cast.a_teacher(classroom)
    text = page(teacher, "classroom_gains", classroom.pk)
    assert "분명히 올랐어요" in text
    assert "95% 구간은" in text
    assert "비교 집단이 없으므로" in text
    assert "no comparison group" in page(teacher, "classroom_gains", classroom.pk, "en")
    assert "성장 폭" in page(teacher, "classroom", classroom.pk)


def test_no_gain_is_called_unclear(classroom: Classroom):
    add_learners(classroom, 6, before=5, after=5)
    text = page(cast.a_teacher(classroom), "classroom_gains", classroom.pk)
    assert "아직 알 수 없어요" in text
    assert "분명히 올랐어요" not in text


def test_the_cohort_s_page_leaves_small_classes_empty(classroom: Classroom):
    add_learners(classroom, 6)
    small = cast.a_classroom(classroom.cohort, name="작은 반")
    add_learners(small, 2)
    text = page(cast.a_staff_member(classroom.cohort), "cohort_gains", classroom.cohort.pk)
    assert "학생 8명은" in text
    row = text[text.index("작은 반") :].split("</tr>")[0]
    assert row.count("–") == 1


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_export_has_both_tests_and_the_gain_with_their_standard_errors(classroom: Classroom, suffix: str):
    add_learners(classroom, 2)
    half = cast.a_student(classroom, "가운데까지")
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.a_teacher(classroom))
    name = {"csv": "skills_csv", "xlsx": "skills_workbook"}[suffix]
    data = b"".join(client.get(reverse(f"insight:{name}", args=[classroom.pk])).streaming_content)
    head, *lines = table_of(data, suffix)
    assert head[-8:] == [
        "Before (of 100 items)", "Before (of 100 items): standard error",
        "After (of 100 items)", "After (of 100 items): standard error",
        "Gain (of 100 items)", "Gain (of 100 items): standard error",
        "Gain (logits)", "Gain (logits): standard error",
    ]  # fmt: skip
    rows = {line[0]: line[-8:] for line in lines}
    assert set(rows.pop(half.nickname)) <= {"", None}
    for values in rows.values():
        before, before_error, after, after_error, gained, gained_error, logits, logits_error = map(float, values)
        assert gained == pytest.approx(after - before)
        assert gained_error == pytest.approx(np.hypot(before_error, after_error))
        assert 0 < logits_error < logits


def test_a_cohort_s_file_has_every_student_in_chunks(classroom: Classroom, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gain_columns, "EXPORT_CHUNK", 2)
    add_learners(classroom, 3)
    other = cast.a_classroom(classroom.cohort, name="=반")
    add_learners(other, 2)
    client = Client()
    client.force_login(cast.a_staff_member(classroom.cohort))
    answer = client.get(reverse("insight:cohort_gains_csv", args=[classroom.cohort.pk]))
    head, *lines = table_of(b"".join(answer.streaming_content), "csv")
    assert head[:2] == ["학급", "학생"]
    assert sorted(line[0] for line in lines) == ["'=반"] * 2 + ["2학년 3반"] * 3
    assert all(float(line[-4]) > 0 for line in lines)


def table_of(data: bytes, suffix: str) -> list[list[str]]:
    if suffix == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)]


def test_the_number_of_queries_does_not_grow(classroom: Classroom):
    counts = []
    teacher, staff = cast.a_teacher(classroom), cast.a_staff_member(classroom.cohort)
    for _ in range(2):
        add_learners(classroom, 6)
        for user, name, pk in (
            (teacher, "classroom_gains", classroom.pk),
            (staff, "cohort_gains", classroom.cohort.pk),
        ):
            client = Client()
            client.force_login(user)
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(f"insight:{name}", args=[pk]))
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_a_page_says_that_results_are_being_scored_again(classroom: Classroom):
    add_learners(classroom, 6)
    teacher = cast.a_teacher(classroom)
    assert "다시 계산하고 있어요" not in page(teacher, "classroom_gains", classroom.pk)
    Calibration.objects.create(program=classroom.cohort.version.program, number=1)
    assert "6명의 결과를 다시 계산하고 있어요" in page(teacher, "classroom_gains", classroom.pk)
    assert "6 students" in page(teacher, "classroom_gains", classroom.pk, "en")


def test_classes_and_students_come_in_pages(classroom: Classroom):
    add_learners(classroom, 51)
    for number in range(25):
        cast.a_classroom(classroom.cohort, name=f"1학년 {number:02d}반")
    staff, teacher = cast.a_staff_member(classroom.cohort), cast.a_teacher(classroom)
    first = page(staff, "cohort_gains", classroom.cohort.pk)
    assert ("1학년 19반" in first, "1학년 20반" in first, "2학년 3반" in first) == (True, False, False)
    assert "학생 51명은" in first
    text = page(teacher, "classroom_gains", classroom.pk)
    assert text.count("/diagnosis/") == 50
    assert "학생 51명은" in text
