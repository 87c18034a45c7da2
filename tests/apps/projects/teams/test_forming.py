"""How a team comes about, who comes into it, and what is left when they go."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from saem.apps.cohorts.models import Enrolment
from saem.apps.cohorts.services import remove_student, restore_student
from saem.apps.events.models import Event
from saem.apps.notices.models import Notice
from saem.apps.projects.models import Membership, MembershipEnd, Team, TeamInvitation, TeamRole
from saem.apps.projects.teams import forming, queries
from saem.errors import SaemError
from tests import cast
from tests.apps.projects.teams.a_team import a_team, mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def students() -> list[Enrolment]:
    room = cast.a_classroom()
    return [cast.a_student(room, name) for name in ("하늘", "도윤", "서연", "지호")]


def refused(code: str):
    return pytest.raises(SaemError, match=f"^{code}$")


def test_three_come_together_by_a_code_with_a_role_each(students: list[Enrolment]):
    team = a_team(*students[:3])
    members = list(queries.members_of(team))
    assert [member.enrolment.nickname for member in members] == ["하늘", "도윤", "서연"]
    assert [member.role for member in members] == [TeamRole.DATA, TeamRole.MODEL, TeamRole.USER]
    verbs = list(Event.objects.filter(object_kind="team").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["team.formed", "team.joined", "team.joined", "team.joined"]


def test_a_name_is_there_once_in_a_class_whatever_its_letters(students: list[Enrolment]):
    a_team(students[0], name="Bike")
    with refused("team.name_taken"):
        forming.form_team(students[1], project="heights", name="bike")
    other = cast.a_student(cast.a_classroom(students[0].classroom.cohort))
    assert forming.form_team(other, project="heights", name="Bike").pk


def test_nobody_is_in_two_teams_of_one_project(students: list[Enrolment]):
    team, other = a_team(students[0]), a_team(students[1], name="한강")
    with refused("team.already"):
        forming.join_team(students[0], project="heights", code=other.join_code, most=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(team=other, project="heights", enrolment=students[0], role=TeamRole.DATA)
    assert a_team(students[0], project="rain", name="비").pk != team.pk


def test_a_code_says_nothing_to_another_class_or_project_and_nothing_once_it_is_renewed(students: list[Enrolment]):
    team = a_team(students[0])
    stranger = cast.a_student(cast.a_classroom(students[0].classroom.cohort))
    for student, project in ((stranger, "heights"), (students[1], "rain")):
        with refused("team.code_unknown"):
            forming.join_team(student, project=project, code=team.join_code, most=3)
    forming.renew_code(team, by=students[0].user)
    with refused("team.code_unknown"):
        forming.join_team(students[1], project="heights", code=team.join_code, most=3)


def test_a_code_used_when_the_team_is_full_lets_nobody_in(students: list[Enrolment]):
    team = a_team(*students[:2])
    with refused("team.full") as told:
        forming.join_team(students[2], project="heights", code=team.join_code, most=2)
    assert told.value.params == {"team": "두 바퀴", "most": 2}
    assert queries.members_of(team).count() == 2


def test_a_closed_code_lets_in_only_who_was_invited(students: list[Enrolment]):
    team = a_team(students[0])
    forming.set_open(team, is_open=False, by=students[0].user)
    with refused("team.code_closed"):
        forming.join_team(students[1], project="heights", code=team.join_code, most=3)
    invitation = forming.invite(team, students[1], by=mine(team, students[0]))
    forming.answer_invitation(invitation, accepts=True, most=3)
    assert queries.team_of(students[1], "heights") == team


def test_an_invitation_is_told_once_and_answered_once(students: list[Enrolment]):
    team = a_team(students[0])
    first = forming.invite(team, students[1], by=mine(team, students[0]))
    assert forming.invite(team, students[1], by=mine(team, students[0])) == first
    assert Notice.objects.filter(recipient=students[1].user, kind="team.invited").count() == 1
    forming.answer_invitation(first, accepts=False, most=3)
    with refused("team.answered"):
        forming.answer_invitation(first, accepts=True, most=3)
    assert queries.team_of(students[1], "heights") is None


def test_an_invitation_into_a_full_team_stays_open(students: list[Enrolment]):
    team = a_team(*students[:2])
    invitation = forming.invite(team, students[2], by=mine(team, students[0]))
    with refused("team.full"):
        forming.answer_invitation(invitation, accepts=True, most=2)
    assert TeamInvitation.objects.get().answered_at is None


def test_only_classmates_are_invited(students: list[Enrolment]):
    team = a_team(students[0])
    with refused("team.not_classmate"):
        forming.invite(team, cast.a_student(cast.a_classroom()), by=mine(team, students[0]))


def test_who_leaves_is_remembered_and_the_rest_go_on(students: list[Enrolment]):
    team = a_team(*students[:2])
    forming.leave_team(mine(team, students[0]))
    assert [member.enrolment for member in queries.members_of(team)] == [students[1]]
    stretch = Membership.objects.get(enrolment=students[0])
    assert (stretch.ended, stretch.until is not None) == (MembershipEnd.LEFT, True)
    assert Team.objects.get().is_working
    with pytest.raises(Http404):
        queries.team_for(students[0].user, team.pk)


def test_the_last_who_leaves_closes_the_team_and_ends_what_is_open(students: list[Enrolment]):
    team = a_team(students[0])
    forming.invite(team, students[1], by=mine(team, students[0]))
    forming.leave_team(mine(team, students[0]))
    closed = Team.objects.get()
    assert not closed.is_working
    assert TeamInvitation.objects.get().is_accepted is False
    with refused("team.code_unknown"):
        forming.join_team(students[1], project="heights", code=team.join_code, most=3)
    assert a_team(students[0], name="두 바퀴").pk != team.pk, "the name is free again"


def test_leaving_twice_is_leaving_once(students: list[Enrolment]):
    team = a_team(*students[:2])
    stretch = mine(team, students[0])
    forming.leave_team(stretch)
    forming.leave_team(stretch)
    assert Event.objects.filter(verb="team.left").count() == 1


def test_a_pupil_taken_out_of_the_class_is_in_no_team_until_they_are_back(students: list[Enrolment]):
    team = a_team(*students[:2])
    teacher = cast.a_teacher(team.classroom)
    remove_student(students[1], by=teacher)
    assert [member.enrolment for member in queries.members_of(team)] == [students[0]]
    restore_student(students[1], by=teacher)
    assert queries.members_of(team).count() == 2


def test_the_last_one_present_who_leaves_sets_the_absent_free(students: list[Enrolment]):
    team = a_team(*students[:2])
    teacher = cast.a_teacher(team.classroom)
    remove_student(students[1], by=teacher)
    forming.leave_team(mine(team, students[0]))
    restore_student(students[1], by=teacher)
    assert queries.team_of(students[1], "heights") is None


def test_a_teacher_takes_somebody_out(students: list[Enrolment]):
    team = a_team(*students[:2])
    forming.remove_member(mine(team, students[1]), by=cast.a_teacher(team.classroom))
    assert Membership.objects.get(enrolment=students[1]).ended == MembershipEnd.REMOVED
