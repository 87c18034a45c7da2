"""Teams wait at a gate and nobody could decide: staff of the cohort are told once."""

import pytest
from django.urls import reverse

from saem.apps.cohorts.services.teachers import remove_teacher
from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Notice
from saem.apps.people.models import Role, Scope
from saem.apps.people.services import grant
from saem.apps.projects.milestones.attending import tell_unattended
from saem.apps.projects.models import MilestoneStatus, TeamMilestone
from tests import cast
from tests.apps.projects.teams.a_team import Room, a_room, a_team
from tests.sample import PROJECT

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db, site_sandbox, tmp_path) -> Room:
    return a_room(site_sandbox, tmp_path)


def waiting(room: Room) -> None:
    team = a_team(*room.students[:2])
    TeamMilestone.objects.create(team=team, milestone="find", status=MilestoneStatus.WAITING)


def told() -> list[str]:
    return sorted(Notice.objects.filter(kind="gate.unattended").values_list("recipient__display_name", flat=True))


def test_staff_hear_when_the_last_teacher_leaves_a_class_with_teams_at_a_gate(room: Room):
    of_cohort, of_house = cast.a_staff_member(room.cohort, "최담당"), cast.a_person("남담당")
    grant(of_house, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=room.cohort.institution_id)
    waiting(room)
    tell_unattended(room.classroom)
    assert told() == []
    remove_teacher(room.classroom, room.teacher, by=of_cohort)
    drain()
    assert told() == ["남담당", "최담당"]
    assert Notice.objects.filter(kind="gate.unattended")[0].path == reverse(
        "projects:teams", args=[room.classroom.pk, PROJECT]
    )
    tell_unattended(room.classroom)
    assert told() == ["남담당", "최담당"]
    again = cast.a_teacher(room.classroom, "새선생")
    remove_teacher(room.classroom, again, by=of_cohort)
    drain()
    assert told() == ["남담당", "남담당", "최담당", "최담당"]


def test_a_teacher_of_the_cohort_is_enough_and_so_is_nobody_waiting(room: Room):
    staff = cast.a_staff_member(room.cohort)
    remove_teacher(room.classroom, room.teacher, by=staff)
    drain()
    assert told() == []
    waiting(room)
    everywhere = cast.a_person("두루선생")
    grant(everywhere, role=Role.TEACHER, scope=Scope.COHORT, scope_id=room.cohort.pk)
    tell_unattended(room.classroom)
    assert told() == []
    everywhere.grants.all().delete()
    tell_unattended(room.classroom)
    assert told() == [staff.display_name]
