"""Two teams go on as one; nothing of either is lost."""

import pytest

from saem.apps.notices.models import Notice
from saem.apps.projects.models import Membership, MembershipEnd, Team, TeamMerge, TeamRole
from saem.apps.projects.teams import forming, merging, queries
from saem.errors import SaemError
from tests import cast
from tests.apps.projects.teams.a_team import a_team, mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def students():
    room = cast.a_classroom()
    return [cast.a_student(room, name) for name in ("하늘", "도윤", "서연", "지호")]


def proposed(students) -> tuple[Team, Team, TeamMerge]:
    one, other = a_team(*students[:2]), a_team(students[2], name="한강")
    return one, other, merging.propose_merge(one, other, by=mine(one, students[0]), most=4)


def test_people_go_over_with_roles_of_their_own_and_the_old_team_stays_readable(students):
    one, other, merge = proposed(students)
    merging.answer_merge(merge, accepts=True, by=mine(other, students[2]), most=4)
    members = list(queries.members_of(other))
    assert {member.enrolment for member in members} == set(students[:3])
    assert len({member.role for member in members}) == 3
    assert Membership.objects.filter(team=one, ended=MembershipEnd.MERGED).count() == 2
    assert Team.objects.get(pk=one.pk).merged_into == other
    assert one in queries.teams_seen_by(students[2].user)
    assert Notice.objects.filter(kind="team.merge_answered").count() == 3


def test_what_went_into_a_team_before_goes_on_with_it(students):
    one, other, merge = proposed(students)
    merging.answer_merge(merge, accepts=True, by=mine(other, students[2]), most=4)
    third = a_team(students[3], name="바람")
    again = merging.propose_merge(other, third, by=mine(other, students[2]), most=4)
    merging.answer_merge(again, accepts=True, by=mine(third, students[3]), most=4)
    assert set(third.merged.values_list("pk", flat=True)) == {one.pk, other.pk}


def test_no_leaves_both_as_they_are(students):
    one, other, merge = proposed(students)
    merging.answer_merge(merge, accepts=False, by=mine(other, students[2]), most=4)
    assert Team.objects.working().count() == 2
    assert queries.members_of(one).count() == 2


def test_too_many_together_are_refused_when_asked_and_when_answered(students):
    one, other, merge = proposed(students)
    with pytest.raises(SaemError, match=r"^team\.merge_too_large$"):
        merging.propose_merge(one, other, by=mine(one, students[0]), most=2)
    forming.join_team(students[3], project=other.project, code=other.join_code, most=4)
    newest = TeamMerge.objects.get(answered_at=None)
    with pytest.raises(SaemError, match=r"^team\.merge_too_large$"):
        merging.answer_merge(newest, accepts=True, by=mine(other, students[2]), most=3)
    assert merge.pk == newest.pk
    assert TeamMerge.objects.get(answered_at=None), "it may still fit later"


def test_a_proposal_is_answered_once(students):
    _one, other, merge = proposed(students)
    merging.answer_merge(merge, accepts=False, by=mine(other, students[2]), most=4)
    with pytest.raises(SaemError, match=r"^team\.answered$"):
        merging.answer_merge(merge, accepts=True, by=mine(other, students[2]), most=4)


def test_a_team_does_not_merge_with_itself_or_with_another_class(students):
    team = a_team(students[0])
    elsewhere = a_team(cast.a_student(cast.a_classroom()), name="먼 곳")
    for other in (team, elsewhere):
        with pytest.raises(SaemError, match=r"^team\.merge_with_itself$"):
            merging.propose_merge(team, other, by=mine(team, students[0]), most=4)


def test_both_teams_propose_at_once_and_one_answer_ends_the_other_proposal(students):
    one, other, merge = proposed(students)
    merging.propose_merge(other, one, by=mine(other, students[2]), most=4)
    merging.answer_merge(merge, accepts=True, by=mine(other, students[2]), most=4)
    assert not TeamMerge.objects.filter(answered_at=None).exists()
    assert {member.role for member in queries.members_of(other)} == {TeamRole.DATA, TeamRole.MODEL, TeamRole.USER}
