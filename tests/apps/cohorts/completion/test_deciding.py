"""Facts change, and in the same transaction what they mean: standings, numbers, records taken back."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.completion import ruling
from saem.apps.cohorts.completion.deciding import CORRECTED, facts_changed, record_again
from saem.apps.cohorts.completion.due import decide_due
from saem.apps.cohorts.completion.recording import correct_name, withdraw
from saem.apps.cohorts.models import Completion, RecordChange, Standing, StandingOutcome
from saem.apps.events.models import Event
from saem.apps.notices.models import Notice
from saem.errors import SaemError
from tests.apps.cohorts.completion.a_course import (
    RULES,
    Course,
    a_course,
    a_participant,
    attend,
    designate,
    score,
)
from tests.cast import a_student

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db: None, a_version_with_content: object) -> Course:
    return a_course(version=a_version_with_content)


def standing(course: Course) -> Standing:
    return Standing.objects.get(enrolment=course.teacher)


def test_nobody_without_rules_has_a_standing(a_version_with_content: object):
    course = a_course(version=a_version_with_content)
    other = a_student(course.teacher.classroom)
    Standing.objects.all().delete()
    course.cohort.completion_rules.all().delete()
    facts_changed([other.pk])
    assert not Standing.objects.exists()


def test_each_fact_brings_a_decision_that_explains_itself(course: Course):
    attend(course, course.teacher)
    found = standing(course)
    assert (found.outcome, found.rule) == (StandingOutcome.NOT_YET, "ninety")
    attendance, total = found.findings["parts"]
    assert (attendance["state"], attendance["have"], attendance["wanted"]) == ("met", "900", "810")
    assert (total["state"], total["missing"]) == ("missing", "60")
    score(course, course.teacher, 70, 50)
    total = standing(course).findings["parts"][1]
    assert (total["state"], total["have"]) == ("met", "62")


def test_a_training_waits_for_the_designation_number_and_then_numbers_at_once(course: Course):
    attend(course, course.teacher)
    score(course, course.teacher, 70, 50)
    assert standing(course).outcome == StandingOutcome.COMPLETED
    assert not Completion.objects.exists()
    designate(course, course.teacher)
    made = Completion.objects.get()
    year = timezone.localdate().year
    assert made.number == f"제 샘물교육연수원-혼합-{year}-000001호"
    assert (made.minutes, made.credits, str(made.total), made.name) == (900, 1, "62.000", "이연수")
    assert made.rule_hash == standing(course).rule_hash
    assert Event.objects.filter(verb="cohorts.completed", facts__completion=made.pk).count() == 1
    assert Notice.objects.filter(recipient=course.teacher.user, kind="completion.reached").count() == 1
    facts_changed([course.teacher.pk])
    assert Completion.objects.count() == 1


def complete(course: Course) -> Completion:
    attend(course, course.teacher)
    score(course, course.teacher, 70, 50)
    designate(course, course.teacher)
    return Completion.objects.get(withdrawn_at=None)


def test_a_corrected_fact_takes_the_record_back_and_a_second_correction_gives_a_new_number(course: Course):
    first = complete(course)
    attend(course, course.teacher, times=2)
    first.refresh_from_db()
    assert (first.withdrawal_reason, first.withdrawn_by) == (CORRECTED, course.staff)
    assert standing(course).outcome == StandingOutcome.NO_LONGER_POSSIBLE
    assert Event.objects.filter(verb="cohorts.completion_withdrawn").count() == 1
    attend(course, course.teacher)
    second = Completion.objects.get(withdrawn_at=None)
    assert (second.sequence, second.number) == (2, first.number.replace("000001", "000002"))


def test_a_total_that_is_no_decimal_is_recorded_rounded_down(course: Course):
    exact = RULES.replace("          rounding: {mode: down, places: 2}\n", "")
    thirds = exact.replace("online_exam: 60", "online_exam: 200/3").replace("assignment: 40", "assignment: 100/3")
    assert ruling.declare(course.cohort, thirds, seen=1, by=course.staff).rules is not None
    attend(course, course.teacher)
    designate(course, course.teacher)
    score(course, course.teacher, 100, 0)
    assert str(Completion.objects.get().total) == "66.666"


def test_what_a_person_took_back_no_fact_gives_again(course: Course):
    first = complete(course)
    withdraw(first, reason="본인 확인을 하지 못함", by=course.staff)
    withdraw(first, reason="또", by=course.staff)
    score(course, course.teacher, 100, 100)
    assert not Completion.objects.filter(withdrawn_at=None).exists()
    again = record_again(course.teacher, by=course.staff)
    assert again.sequence == first.sequence + 1
    assert RecordChange.objects.filter(subject="completion", field="withdrawn").count() == 1
    with pytest.raises(SaemError, match="completion_not_met"):
        record_again(course.teacher, by=course.staff)


def test_who_has_not_met_the_rules_is_never_recorded(course: Course):
    designate(course, course.teacher)
    attend(course, course.teacher)
    with pytest.raises(SaemError, match="completion_not_met"):
        record_again(course.teacher, by=course.staff)
    score(course, course.teacher, 59, 60)
    assert standing(course).findings["parts"][1]["have"] == "297/5"
    assert not Completion.objects.exists()


def test_newer_rules_do_not_undo_a_completion_but_judge_everybody_else(course: Course):
    other = a_participant(course.teacher.classroom, "박연수")
    made = complete(course)
    attend(course, other)
    designate(course, other)
    stricter = RULES.replace("points: 60", "points: 90")
    declared = ruling.declare(course.cohort, stricter, seen=1, by=course.staff)
    assert declared.rules is not None
    score(course, course.teacher, 75, 50)
    score(course, other, 70, 50)
    made.refresh_from_db()
    assert made.withdrawn_at is None
    assert Standing.objects.get(enrolment=other).outcome == StandingOutcome.NO_LONGER_POSSIBLE


def test_a_failed_act_leaves_no_gap(course: Course):
    attend(course, course.teacher)
    designate(course, course.teacher)

    def fail() -> None:
        with transaction.atomic():
            score(course, course.teacher, 70, 50)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not Completion.objects.exists()
    score(course, course.teacher, 70, 50)
    assert Completion.objects.get().sequence == 1


def test_a_correction_of_the_name_has_its_trail(course: Course):
    made = complete(course)
    correct_name(made, name="이연주", reason="오타", by=course.staff)
    made.refresh_from_db()
    assert made.name == "이연주"
    change = RecordChange.objects.get(subject="completion", field="name")
    assert (change.before, change.after, change.reason) == ("이연수", "이연주", "오타")
    withdraw(made, reason="취소", by=course.staff)
    with pytest.raises(SaemError, match="completion_withdrawn"):
        correct_name(made, name="이", reason="x", by=course.staff)


def test_a_day_without_a_rule_takes_nobodys_completion(course: Course):
    made = complete(course)
    course.cohort.starts_on = dt.date(2020, 3, 1)
    course.cohort.save()
    score(course, course.teacher, 0, 0)
    made.refresh_from_db()
    assert made.withdrawn_at is None
    assert standing(course).outcome == StandingOutcome.COMPLETED


def test_out_of_reach_is_told_once(course: Course):
    attend(course, course.teacher, times=1)
    attend(course, course.teacher, times=0)
    assert Notice.objects.filter(kind="completion.out_of_reach").count() == 1


def test_time_alone_ends_a_course(course: Course):
    course.cohort.ends_on = timezone.localdate() - dt.timedelta(days=1)
    course.cohort.save()
    Standing.objects.update(outcome=StandingOutcome.NOT_YET, decide_again_at=timezone.now())
    assert decide_due() == 1
    assert standing(course).outcome == StandingOutcome.NO_LONGER_POSSIBLE
    assert decide_due() == 0


def test_a_hundred_people_cost_as_many_queries_as_one(course: Course, django_assert_max_num_queries):
    people = [course.teacher, *(a_student(course.teacher.classroom) for _number in range(40))]
    facts_changed([each.pk for each in people])
    with django_assert_max_num_queries(25):
        facts_changed([each.pk for each in people])
