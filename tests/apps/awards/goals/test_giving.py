"""Badges for results: who reaches a level, given once whoever asks, and never silently taken back."""

from pathlib import Path

import pytest

from saem.apps.awards.badges.issuing import revoke
from saem.apps.awards.checking.verifying import check_badge
from saem.apps.awards.goals import giving, levels
from saem.apps.awards.models import Badge, Batch, Earning, GoalItem, ItemState
from saem.apps.events.models import Event
from saem.apps.jobs.models import Job
from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Notice
from saem.apps.projects.models import Submission
from saem.errors import SaemError
from saem.lib.credentials.badges import is_recipient
from tests.apps.awards.goals.a_goal import RANKED, a_goal, graded_again, handed_in
from tests.apps.awards.goals.conftest import Club
from tests.at_once import at_once, database_that_threads_share
from tests.sample import PROJECT


@pytest.mark.parametrize(("points", "reaches"), [(3.2, True), (4.0, True), (3.199, False), (0.0, False)])
def test_a_share_of_the_points_is_at_or_above_the_level(club: Club, points: float, reaches: bool) -> None:
    goal, student = a_goal(club.cohort, club.staff), club.student()
    handed_in(student, points)
    assert (student.pk in levels.reached(goal)) is reaches


def test_work_without_points_reaches_no_share(club: Club) -> None:
    goal = a_goal(club.cohort, club.staff)
    handed_in(club.student(), 0, most=0)
    assert levels.reached(goal) == {}


def test_a_baseline_must_be_beaten_not_met(club: Club) -> None:
    goal = a_goal(club.cohort, club.staff, **RANKED)
    (bar,) = levels.baselines_of(club.cohort.version, PROJECT)
    better, equal, worse, none = (club.student() for _person in range(4))
    for student, value in ((better, bar.score - 0.1), (equal, bar.score), (worse, bar.score + 1), (none, None)):
        handed_in(student, rmse=value)
    assert levels.reached(goal).keys() == {better.pk}


def test_the_best_of_many_counts_and_of_equals_the_first(club: Club) -> None:
    goal, student = a_goal(club.cohort, club.staff), club.student()
    first = [handed_in(student, points) for points in (3.2, 4, 4)][1]
    assert levels.reached(goal)[student.pk].submission == first


def test_what_was_not_scored_or_belongs_to_another_cohort_counts_not(club: Club) -> None:
    goal, student = a_goal(club.cohort, club.staff), club.student()
    row = handed_in(student)
    Submission.objects.filter(pk=row.pk).update(state="rejected")
    assert levels.reached(goal) == {}
    Submission.objects.filter(pk=row.pk).update(state="scored", project="other")
    assert levels.reached(goal) == {}


def test_a_press_gives_everybody_who_reached_it_one_badge_each(club: Club) -> None:
    goal = a_goal(club.cohort, club.staff)
    people = [club.student() for _person in range(3)]
    for student in people:
        handed_in(student)
        handed_in(student, 3.5)
    handed_in(club.student(), 1)
    batch = giving.start(goal, by=club.staff)
    assert giving.start(goal, by=club.staff) == batch
    drain()
    assert Badge.objects.count() == Earning.objects.count() == 3
    assert set(Badge.objects.values_list("holder", flat=True)) == {each.user_id for each in people}
    assert Notice.objects.filter(kind="badge.ready").count() == 3
    assert Event.objects.filter(verb="badge.issued").count() == 3
    with pytest.raises(SaemError, match=r"goal\.nobody"):
        giving.start(goal, by=club.staff)


def test_the_badge_says_project_version_and_score_and_names_nobody(club: Club) -> None:
    goal, student = a_goal(club.cohort, club.staff), club.student()
    student.user.display_name = "김하늘"
    student.user.save()
    handed_in(student, 3.5)
    giving.start(goal, by=club.staff)
    drain()
    badge = Badge.objects.get()
    subject = badge.credential["credentialSubject"]
    described = subject["achievement"]["resultDescription"][0]
    assert described["requiredValue"] == "80"
    assert subject["result"] == [{"type": ["Result"], "resultDescription": described["id"], "value": "87.5"}]
    (evidence,) = badge.credential["evidence"]
    assert evidence["name"] == "콩의 키 맞히기" or evidence["name"]
    assert club.cohort.version.content_hash in evidence["narrative"]
    assert "4점 가운데 3.5점(87.5%)" in evidence["narrative"]
    assert "김하늘" not in str(badge.credential)
    assert student.nickname not in str(badge.credential)
    assert check_badge(badge.credential).is_valid
    assert is_recipient(badge.credential, student.user.email or student.user.username)


def test_a_badge_for_beating_a_baseline_tells_both_scores_in_its_language(club: Club) -> None:
    goal, student = a_goal(club.cohort, club.staff, **RANKED), club.student()
    student.user.language = "en"
    student.user.save()
    handed_in(student, rmse=1.25)
    giving.start(goal, by=club.staff)
    drain()
    credential = Badge.objects.get().credential
    assert credential["credentialSubject"]["result"][0]["value"] == "1.25"
    assert "rmse 1.25; the baseline “Always the mean” has" in credential["evidence"][0]["narrative"]
    assert check_badge(credential).is_valid


def test_where_the_goal_says_so_a_result_brings_the_badge_by_itself(club: Club) -> None:
    goal = a_goal(club.cohort, club.staff)
    early, late = club.student(), club.student()
    handed_in(early)
    drain()
    assert not Badge.objects.exists()
    giving.set_automatic(goal, is_on=True, by=club.staff)
    drain()
    assert Badge.objects.get().holder_id == early.user_id
    handed_in(late, 1)
    drain()
    assert Badge.objects.count() == 1
    handed_in(late)
    handed_in(late)
    drain()
    assert Badge.objects.count() == 2
    assert Batch.objects.get().is_automatic
    giving.set_automatic(goal, is_on=False, by=club.staff)
    handed_in(club.student())
    drain()
    assert Badge.objects.count() == 2


def test_a_result_leaves_a_job_only_where_there_is_a_goal(club: Club) -> None:
    handed_in(club.student())
    assert not Job.objects.filter(kind="badges.results").exists()


def test_a_regrade_below_the_level_takes_nothing_back_but_is_seen_and_told(club: Club) -> None:
    goal, student = a_goal(club.cohort, club.staff), club.student()
    row = handed_in(student)
    giving.start(goal, by=club.staff)
    drain()
    graded_again(row, 1)
    drain()
    earning, badge = Earning.objects.get(), Badge.objects.get()
    assert earning.fell_at is not None
    assert badge.is_in_force
    assert check_badge(badge.credential).is_valid
    assert Notice.objects.filter(recipient=student.user, kind="badge.fell").count() == 1
    graded_again(row, 1)
    drain()
    assert Notice.objects.filter(kind="badge.fell").count() == 1
    handed_in(student)
    drain()
    earning.refresh_from_db()
    assert earning.fell_at is None
    assert Badge.objects.count() == 1


def test_who_fell_and_lost_the_badge_gets_another_only_by_a_press(club: Club) -> None:
    goal, student = a_goal(club.cohort, club.staff), club.student()
    giving.set_automatic(goal, is_on=True, by=club.staff)
    row = handed_in(student)
    drain()
    graded_again(row, 1)
    drain()
    assert revoke(Badge.objects.get(), by=club.staff, reason="다시 채점")
    assert Notice.objects.filter(recipient=student.user, kind="badge.revoked").count() == 1
    assert not check_badge(Badge.objects.get().credential).is_valid
    with pytest.raises(SaemError, match=r"goal\.nobody"):
        giving.start_again(goal, student, by=club.staff)
    handed_in(student)
    drain()
    assert Badge.objects.count() == 1
    giving.start_again(goal, student, by=club.staff)
    drain()
    assert Badge.objects.filter(revoked_at=None).count() == 1
    assert Earning.objects.filter(ended_at=None).count() == 1


def test_who_falls_between_press_and_job_gets_none_and_staff_read_why(club: Club) -> None:
    goal = a_goal(club.cohort, club.staff)
    row = handed_in(club.student())
    giving.start(goal, by=club.staff)
    graded_again(row, 1)
    drain()
    assert not Badge.objects.exists()
    assert GoalItem.objects.get().code == "goal.below"


def test_who_left_is_given_none(club: Club) -> None:
    goal, student = a_goal(club.cohort, club.staff), club.student()
    handed_in(student)
    student.left_at = student.joined_at
    student.save()
    with pytest.raises(SaemError, match=r"goal\.nobody"):
        giving.start(goal, by=club.staff)


def test_a_closed_goal_gives_no_more_and_its_level_may_be_asked_for_again(club: Club) -> None:
    goal = a_goal(club.cohort, club.staff)
    with pytest.raises(SaemError, match=r"goal\.there_already"):
        a_goal(club.cohort, club.staff)
    handed_in(club.student())
    assert giving.close(goal, by=club.staff)
    assert not giving.close(goal, by=club.staff)
    with pytest.raises(SaemError, match=r"goal\.closed"):
        giving.start(goal, by=club.staff)
    a_goal(club.cohort, club.staff)


def test_a_goals_words_are_not_those_of_the_cohorts_own_badge(club: Club) -> None:
    goal = a_goal(club.cohort, club.staff)
    assert giving.words_of(goal).goal == goal
    assert not club.cohort.badge_templates.filter(goal=None).exists()


@pytest.mark.django_db(transaction=True)
def test_presses_results_and_workers_at_once_give_it_once(club: Club, tmp_path: Path) -> None:
    goal = a_goal(club.cohort, club.staff)
    giving.set_automatic(goal, is_on=True, by=club.staff)
    people = [club.student() for _person in range(6)]
    for student in people:
        handed_in(student)
    with database_that_threads_share(tmp_path):

        def act(number: int) -> None:
            if number == 0:
                giving.start(goal, by=club.staff)
            drain()

        at_once(act, 3)
        drain()
        assert Badge.objects.count() == Earning.objects.count() == 6
        assert not GoalItem.objects.exclude(state=ItemState.MADE).exists()
