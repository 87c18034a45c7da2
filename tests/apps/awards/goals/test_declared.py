"""Badges that a program declares: offered where they are not given yet, and taken over by one press."""

import pytest
from django.urls import reverse

from saem.apps.awards.certificates.queries import newest_template
from saem.apps.awards.goals import declared, giving, levels
from saem.apps.awards.models import BadgeTemplate, Goal, Level
from saem.apps.catalog.queries import program_of
from saem.errors import SaemError
from saem.lib import content
from tests.apps.awards.a_completion import signed_in_as
from tests.apps.awards.goals.a_goal import a_goal, handed_in
from tests.apps.awards.goals.conftest import Club
from tests.sample import PROJECT


def names(club: Club) -> list[str]:
    return [each.id for each in declared.offered_in(club.cohort, levels.rules_in(club.cohort))]


def the_badge(club: Club, name: str) -> content.Badge:
    return next(each for each in program_of(club.cohort.version).badges if each.id == name)


def place(club: Club, name: str) -> str:
    return reverse("awards:goal_take_over", args=[club.cohort.pk, name])


def test_a_press_makes_the_goal_with_its_level_and_words(club: Club) -> None:
    browser, goals = signed_in_as(club.staff), reverse("awards:goals", args=[club.cohort.pk])
    assert "콩을 읽는 사람" in browser.get(goals).text
    answer = browser.post(place(club, "bean-reader"))
    goal = Goal.objects.get()
    assert answer["Location"] == reverse("awards:goal", args=[club.cohort.pk, goal.pk])
    assert (goal.project, goal.level, goal.percent, goal.baseline) == (PROJECT, Level.SHARE, 90, "")
    words = giving.words_of(goal)
    assert (words.name_ko, words.name_en, words.hours) == ("콩을 읽는 사람", "Reader of beans", None)
    assert words.criteria_en == "Earned at least 90% of the points."
    student = club.student()
    handed_in(student, 3.6)
    assert levels.reached(goal).keys() == {student.pk}


def test_what_is_given_is_offered_no_more_and_again_when_it_was_closed(club: Club) -> None:
    assert names(club) == ["bean-reader", "gardener"]
    goal = a_goal(club.cohort, club.staff, percent=90)
    assert names(club) == ["gardener"]
    with pytest.raises(SaemError, match=r"goal\.there_already"):
        declared.take_over(club.cohort, the_badge(club, "bean-reader"), by=club.staff)
    answer = signed_in_as(club.staff).post(place(club, "bean-reader"), follow=True)
    assert "이미 있어요" in answer.text
    giving.close(goal, by=club.staff)
    assert names(club) == ["bean-reader", "gardener"]


def test_a_level_that_the_rule_of_now_does_not_know_is_not_offered(club: Club) -> None:
    badge = the_badge(club, "bean-reader")
    rules = levels.rules_in(club.cohort)
    ranked = badge.model_copy(update={"earned_by": content.Earned(project=PROJECT, beats="mean")})
    unknown = badge.model_copy(update={"earned_by": content.Earned(project=PROJECT, beats="median")})
    elsewhere = badge.model_copy(update={"earned_by": content.Earned(project="other", percent=90)})
    assert [declared.can_be_reached(each, rules) for each in (ranked, unknown, elsewhere)] == [True, False, False]
    goal = declared.take_over(club.cohort, ranked, by=club.staff)
    assert goal is not None
    assert (goal.level, goal.percent, goal.baseline) == (Level.BASELINE, 0, "mean")


def test_the_badge_for_completing_becomes_the_cohorts_own_unless_there_is_one(club: Club) -> None:
    browser, goals = signed_in_as(club.staff), reverse("awards:goals", args=[club.cohort.pk])
    assert "콩 기르는 사람" in browser.get(goals).text
    assert browser.post(place(club, "gardener"))["Location"] == reverse("awards:cohort", args=[club.cohort.pk])
    template = newest_template(club.cohort)
    assert template is not None
    assert (template.name_ko, template.goal) == ("콩 기르는 사람", None)
    assert "콩 기르는 사람" not in browser.get(goals).text
    assert "이미 있어요" in browser.post(place(club, "gardener"), follow=True).text
    assert BadgeTemplate.objects.count() == 1


def test_what_the_program_does_not_declare_has_no_page(club: Club) -> None:
    assert signed_in_as(club.staff).post(place(club, "nothing")).status_code == 404
    assert signed_in_as(club.student().user).post(place(club, "bean-reader")).status_code == 404
