"""What is measured: a gain whose truth is known, for one learner, a class and a cohort."""

import uuid
from dataclasses import replace

import numpy as np
import pytest

from saem.apps.cohorts.models import Classroom
from saem.apps.insight.gains import Pairs, cohort_report, group_report, pairs_of, student_gains
from saem.apps.learning.diagnosis import services
from saem.apps.learning.diagnosis.bank import DiagnosisBank, bank_of
from saem.apps.learning.diagnosis.measuring import by_skill, expected, gain_in_items, scored
from saem.apps.learning.diagnosis.rescoring import score
from saem.apps.learning.models import Diagnosis
from saem.lib.learners.adaptive import Measurement
from tests.apps.learning.diagnosis.exams import Exam, an_exam
from tests.quiz import right_fields

LEARNERS, GAIN = 24, 1.0


def the_bank(classroom: Classroom) -> DiagnosisBank:
    bank = bank_of(classroom.cohort.version)
    assert bank is not None
    return bank


def the_pairs(classroom: Classroom) -> Pairs:
    return pairs_of(classroom.enrolments.all(), the_bank(classroom))


def sit(exam: Exam, moment: str, ability: float, rng: np.random.Generator) -> Diagnosis:
    """Answer as somebody of this ability does, by the model and the author's difficulties."""
    row = services.start(exam.sitting(moment)).row
    assert row is not None
    while row.finished_at is None:
        waiting = row.given[-1]
        chance = 1 / (1 + np.exp(-(ability - waiting["difficulty"])))
        fields = right_fields(row) if rng.random() < chance else {"answer": ["0"]}
        services.answer(exam.sitting(moment), uuid.UUID(waiting["token"]), fields)
        row = exam.row(moment)
    return row


def test_the_gain_of_a_simulated_class_covers_the_truth(classroom: Classroom):
    rng = np.random.default_rng(20261128)
    abilities = rng.normal(-0.5, 1.0, LEARNERS)
    gains = GAIN + rng.normal(0, 0.3, LEARNERS)
    for ability, gain in zip(abilities, gains, strict=True):
        exam = an_exam(classroom)
        sit(exam, "before", ability, rng)
        exam.learn()
        sit(exam, "after", ability + gain, rng)
    bank = the_bank(classroom)
    pairs = pairs_of(classroom.enrolments.all(), bank)
    report = group_report(pairs)
    assert report is not None
    assert pairs.outdated == 0
    assert report.pairs == LEARNERS
    assert report.logits.low < GAIN < report.logits.high
    assert report.logits.low > 0, "a gain of this size must not be lost in the error"
    items = bank.tables.bank
    truth = 100 * (items.chance(abilities + gains).mean() - items.chance(abilities).mean())
    assert report.items.low < truth < report.items.high
    values, errors = pairs.logits
    assert np.mean(np.abs(values - gains) < 1.96 * errors) > 0.8
    assert report.standardised is not None
    assert report.standardised.low < report.standardised.value < report.standardised.high


def given(answers: dict[str, int], difficulty: float = 0.0) -> list[dict[str, object]]:
    facts = {"seed": 1, "discrimination": 1.0, "guess": 0.0, "upper": 1.0, "difficulty": difficulty}
    return [{"item": item, "score": score, **facts} for item, score in answers.items()]


def test_an_item_that_the_newest_version_no_longer_has_keeps_its_calibration(classroom: Classroom):
    parameters = the_bank(classroom).parameters
    easy = scored(given({"gone-1": 1, "gone-2": 0}, difficulty=-2.0), parameters)
    assert easy is not None
    assert easy.ability == pytest.approx(-2.0, abs=0.01)
    assert scored([], parameters) is None


def test_a_skill_with_few_answers_says_nothing(classroom: Classroom):
    bank = the_bank(classroom)
    few = given({f"sum-{number}": 1 for number in (0, 2, 4, 1, 3, 5, 7)})
    assert [each.skill for each in by_skill(few, bank)] == ["spread"]


def test_expected_numbers_of_items_keep_their_order_and_their_bounds(classroom: Classroom):
    bank = the_bank(classroom)
    items = bank.tables.bank
    for ability in (-6.0, 0.0, 6.0):
        found = expected(Measurement(ability, 2.0, 8), items)
        assert 0 <= found.low < found.value < found.high <= 100
    gain = gain_in_items(Measurement(-1, 0.5, 10), Measurement(0.2, 0.5, 10), items)
    assert gain.low < gain.value < gain.high
    assert gain.value == pytest.approx(
        expected(Measurement(0.2, 0.5, 10), items).value - expected(Measurement(-1, 0.5, 10), items).value
    )


def finished(exam: Exam, right: tuple[int, int]) -> None:
    """Both diagnoses with so many right answers of ten."""
    moments = {"before": "2026-09-01", "after": "2026-10-01"}
    for (moment, day), solved in zip(moments.items(), right, strict=True):
        answers = {f"sum-{number}": int(number % 10 < solved) for number in range(10 if moment == "before" else 20)}
        row = Diagnosis(
            enrolment=exam.enrolment, version=exam.enrolment.classroom.cohort.version, moment=moment,
            given=given(answers), started_at=f"{day}T00:00Z", finished_at=f"{day}T01:00Z",
        )  # fmt: skip
        score(row, {}, None)
        row.save()


def test_fewer_than_five_pairs_are_no_group(classroom: Classroom):
    for _ in range(4):
        finished(an_exam(classroom), (3, 6))
    assert group_report(the_pairs(classroom)) is None
    finished(an_exam(classroom), (3, 6))
    report = group_report(the_pairs(classroom))
    assert report is not None
    assert report.standardised is None, "all began alike, so there is no spread to divide by"


def test_a_cohort_of_many_classes_counts_classes(classroom: Classroom):
    """Learners of one class resemble each other: five classes are five observations, however many sit in them."""
    for _ in range(6):
        finished(an_exam(classroom), (3, 6))
    finished(an_exam(classroom), (2, 6))
    pairs = the_pairs(classroom)
    seven = np.arange(len(pairs))
    many, few = (
        cohort_report(replace(pairs.chosen(np.tile(seven, rooms)), classroom=np.repeat(np.arange(rooms), 7.0)))
        for rooms in (5, 4)
    )
    assert many is not None
    assert few is not None
    assert (many.by_classes, many.items.learners, many.pairs) == (True, 5, 35)
    assert (few.by_classes, few.items.learners) == (False, 28)


def test_tests_in_the_wrong_order_are_no_pair(exam: Exam, classroom: Classroom):
    finished(exam, (3, 6))
    Diagnosis.objects.filter(moment="before").update(finished_at="2026-11-01T00:00Z")
    students = classroom.enrolments.all()
    (found,) = student_gains(students, list(students), the_bank(classroom))
    assert found.before is not None
    assert found.after is not None
    assert found.gain is None
    assert len(the_pairs(classroom)) == 0


def test_the_table_of_a_class_and_its_mean_say_the_same(classroom: Classroom):
    """A student's line is computed exactly, a group's from a curve."""
    for right in ((0, 10), (3, 6), (5, 4), (9, 2), (10, 10)):
        finished(an_exam(classroom), right)
    an_exam(classroom)
    students = classroom.enrolments.order_by("pk")
    lines = [each.gain for each in student_gains(students, list(students), the_bank(classroom))]
    assert lines.pop() is None
    values, errors = the_pairs(classroom).items
    assert sorted(values) == pytest.approx(sorted(gain.value for gain in lines if gain), abs=0.001)
    assert sorted(errors) == pytest.approx(sorted(gain.error for gain in lines if gain), abs=0.01)
