"""Many complete at the same moment: numbers without a gap, nobody twice."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from saem.apps.catalog.models import Version
from saem.apps.cohorts.completion import rounds
from saem.apps.cohorts.completion.training import set_scores
from saem.apps.cohorts.models import Completion
from saem.apps.jobs.models import Job
from saem.apps.jobs.worker import drain
from saem.lib.sandbox import Sandbox
from tests.apps.cohorts.completion.a_course import (
    HUNDRED,
    Course,
    a_course,
    a_participant,
    attend,
    designate,
    score,
)
from tests.at_once import at_once, database_that_threads_share
from tests.sample import published_sample

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 6


@pytest.fixture
def course(transactional_db: None, site_sandbox: Sandbox, tmp_path: Path) -> Iterator[Course]:
    version: Version = published_sample(site_sandbox, tmp_path)
    with database_that_threads_share(tmp_path):
        yield a_course(version=version)


def test_numbers_have_no_gap(course: Course):
    people = [a_participant(course.teacher.classroom, f"교사 {at}") for at in range(PEOPLE)]
    for each in people:
        attend(course, each)
        designate(course, each, f"서울-{each.pk}")
    at_once(lambda at: score(course, people[at], 80, 80), times=PEOPLE)
    assert sorted(Completion.objects.values_list("sequence", flat=True)) == list(range(1, PEOPLE + 1))


def test_two_facts_of_one_person_at_once(course: Course):
    """Neither alone completes; whoever comes second sees both."""
    for number in range(3):
        person = a_participant(course.teacher.classroom, f"교사 {number}")
        attend(course, person)
        acts = (partial(score, course, person, 80, 80), partial(designate, course, person))
        at_once(lambda at, acts=acts: acts[at]())
        assert Completion.objects.filter(enrolment=person).count() == 1


def test_two_changes_for_everybody_at_once_begin_one_round(course: Course):
    found = at_once(lambda _at: rounds.begin(course.cohort, by=course.staff))
    assert len({row.pk for row in found if row is not None}) == 1
    assert Job.objects.filter(kind=rounds.ROUND_JOB).count() == 1


def test_facts_of_people_while_a_round_decides_for_them_are_not_lost(course: Course):
    people = [a_participant(course.teacher.classroom, f"교사 {at}") for at in range(PEOPLE)]
    for each in people:
        attend(course, each)
        designate(course, each, f"서울-{each.pk}")
    row = rounds.begin(course.cohort, by=course.staff)
    assert row is not None
    points = {each.pk: dict.fromkeys(("online_exam", "assignment"), (HUNDRED, HUNDRED)) for each in people}
    acts = (drain, partial(set_scores, points, by=course.staff), partial(rounds.begin, course.cohort, by=course.staff))
    at_once(lambda at: acts[at](), times=3)
    drain()
    assert sorted(Completion.objects.values_list("sequence", flat=True)) == list(range(1, PEOPLE + 1))
    assert rounds.under_way(course.cohort) is None
