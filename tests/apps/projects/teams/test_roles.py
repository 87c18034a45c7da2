"""Everybody gets the next part; two presses at once are one turn."""

import pytest

from saem.apps.projects.models import Membership, MembershipEnd, TeamRole
from saem.apps.projects.teams import queries, roles
from saem.apps.projects.teams.mentoring import give_mentor, take_mentor
from tests import cast
from tests.apps.projects.teams.a_team import a_team

DATA, MODEL, USER, RECORD, TALK = TeamRole


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ([DATA], [MODEL]),
        ([DATA, MODEL, USER], [MODEL, USER, RECORD]),
        ([DATA, MODEL, USER, RECORD], [MODEL, USER, RECORD, DATA]),
        ([DATA, MODEL, USER, RECORD, TALK], [MODEL, USER, RECORD, TALK, DATA]),
        ([TALK, DATA], [MODEL, USER]),  # the others have left: nobody talks in a team of two
    ],
)
def test_next_roles(now: list[TeamRole], then: list[TeamRole]):
    assert roles.next_roles(now) == then


def test_after_four_turns_everybody_of_four_has_had_every_part():
    held, seen = [DATA, MODEL, USER, RECORD], [set() for _ in range(4)]
    for _turn in range(4):
        held = roles.next_roles(held)
        for had, role in zip(seen, held, strict=True):
            had.add(role)
    assert all(had == {DATA, MODEL, USER, RECORD} for had in seen)


@pytest.mark.django_db
def test_a_turn_keeps_what_was_and_a_second_press_turns_nothing():
    room = cast.a_classroom()
    students = [cast.a_student(room) for _ in range(3)]
    team = a_team(*students)
    seen = roles.turn_of(list(queries.members_of(team)))
    assert roles.turn_roles(team, by=students[0].user, seen=seen)
    assert not roles.turn_roles(team, by=students[1].user, seen=seen)
    assert [member.role for member in queries.members_of(team)] == [MODEL, USER, RECORD]
    assert Membership.objects.filter(ended=MembershipEnd.TURNED).count() == 3


@pytest.mark.django_db
def test_a_mentor_sees_the_team_from_being_given_until_being_taken():
    room = cast.a_classroom()
    team, mentor = a_team(cast.a_student(room)), cast.a_person("멘토")
    assert give_mentor(team, mentor, by=None) == give_mentor(team, mentor, by=None)
    assert team in queries.teams_seen_by(mentor)
    take_mentor(team, mentor, by=None)
    assert team not in queries.teams_seen_by(mentor)
    assert give_mentor(team, mentor, by=None).until is None
