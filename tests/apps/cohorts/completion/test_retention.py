"""Fields go when their time is over, and not a day before."""

import datetime as dt

import pytest

from saem.apps.cohorts.completion import training
from saem.apps.cohorts.completion.retention import purge
from saem.apps.cohorts.models import AssessmentScore, Completion, RecordChange, TraineeRecord, TrainingCourse
from saem.apps.events.models import Event
from tests.apps.cohorts.completion.a_course import Course, a_course, attend, designate, score

pytestmark = pytest.mark.django_db
LAST = dt.date(2026, 12, 31)
PERSONAL_ENDS, RECORD_ENDS = dt.date(2029, 12, 31), dt.date(2036, 12, 31)
A_DAY = dt.timedelta(days=1)


@pytest.fixture
def course(db: None, a_version_with_content: object) -> Course:
    course = a_course(version=a_version_with_content, ends_on=LAST)
    attend(course, course.teacher)
    facts = {"birth_date": dt.date(1990, 3, 1), "neis_number": "A012345678", "school": "샘물고등학교"}
    training.set_trainee(course.teacher, facts, by=course.staff)
    designate(course, course.teacher)
    score(course, course.teacher, 80, 80)
    return course


def record() -> TraineeRecord:
    return TraineeRecord.objects.get()


def test_nothing_goes_before_its_time(course: Course):
    assert purge(PERSONAL_ENDS) == 0
    assert record().neis_number == "A012345678"


def test_personal_numbers_go_first_and_from_the_trail_too(course: Course):
    assert purge(PERSONAL_ENDS + A_DAY) == 1
    found = record()
    assert (found.neis_number, found.designation_number, found.birth_date) == ("", "", None)
    assert (found.name, found.school) == ("이연수", "샘물고등학교")
    assert not RecordChange.objects.filter(after="A012345678").exists()
    assert RecordChange.objects.filter(subject="trainee", field="neis_number").count() == 1
    assert Event.objects.filter(verb="records.purged").count() == 1
    assert purge(PERSONAL_ENDS + A_DAY) == 0
    assert Completion.objects.get().name == "이연수"


def test_the_record_goes_at_last_and_the_number_stays(course: Course):
    purge(RECORD_ENDS)
    assert record().name == "이연수"
    purge(RECORD_ENDS + A_DAY)
    assert (record().name, record().school) == ("", "")
    made = Completion.objects.get()
    assert (made.name, made.sequence) == ("", 1)
    assert not AssessmentScore.objects.exists()
    assert not RecordChange.objects.exclude(before="", after="").exclude(field="withdrawn").exists()


def test_a_field_with_years_of_its_own_goes_by_them(course: Course):
    own = {"neis_number": 1, "birth_date": 20, "scores": 2, "school": 0}
    TrainingCourse.objects.update(retention_by_field=own)
    purge(LAST + A_DAY)
    assert (record().school, record().neis_number) == ("", "A012345678")
    purge(dt.date(2028, 1, 1))
    assert (record().neis_number, record().designation_number) == ("", "서울-2026-17")
    assert AssessmentScore.objects.exists()
    purge(dt.date(2029, 1, 1))
    assert not AssessmentScore.objects.exists()
    purge(RECORD_ENDS + A_DAY)
    assert (record().name, record().birth_date) == ("", dt.date(1990, 3, 1))


def test_a_record_without_years_is_kept_for_good(course: Course):
    TrainingCourse.objects.update(retention_years=None)
    purge(dt.date(2199, 1, 1))
    assert (record().name, record().neis_number) == ("이연수", "")
    assert Completion.objects.get().name == "이연수"
