"""Staff see the teams of all classes: where each is, who is waited for, since when; narrowed, in pages, as a table."""

import csv
import datetime as dt
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saem.apps.catalog.queries import program_of
from saem.apps.projects.milestones.board import TEAMS_A_PAGE
from saem.apps.projects.milestones.cohort_board import Narrowed, cohort_page, cohort_teams, counts
from saem.apps.projects.models import MilestoneStatus, Team, TeamMilestone
from saem.lib import content
from tests import cast
from tests.apps.projects.teams.a_team import Room, a_room, a_team
from tests.sample import PROJECT

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db, site_sandbox, tmp_path) -> Room:
    return a_room(site_sandbox, tmp_path)


def project_of(room: Room) -> content.Project:
    return program_of(room.cohort.version).projects[PROJECT]


def stage(team: Team, number: int, status: MilestoneStatus, days: float = 0) -> None:
    """The number-th stage of the team has been so for so many days."""
    milestone = program_of(team.classroom.cohort.version).projects[PROJECT].milestones[number].id
    since = timezone.now() - dt.timedelta(days=days)
    TeamMilestone.objects.create(team=team, milestone=milestone, status=status, since=since)


def three_teams(room: Room) -> tuple[Team, Team, Team]:
    """One at work, one that waits at its second gate for ten days, one of another class that has passed everything."""
    working, waiting = a_team(room.students[0], name="하나"), a_team(room.students[1], name="둘")
    done = a_team(cast.a_student(cast.a_classroom(room.cohort, "나반"), "다봄"), name="셋")
    stage(waiting, 0, MilestoneStatus.PASSED, 20)
    stage(waiting, 1, MilestoneStatus.WAITING, 10)
    for number in range(len(project_of(room).milestones)):
        stage(done, number, MilestoneStatus.PASSED, 1)
    return working, waiting, done


def shown(room: Room, **asked: object) -> list[str]:
    return [line.team.name for line in cohort_page(room.cohort, project_of(room), Narrowed(**asked), None)[1]]


def test_the_longest_waiting_comes_first_and_each_part_can_be_asked_for(room: Room):
    working, _waiting, done = three_teams(room)
    assert shown(room) == ["둘", "하나", "셋"]
    assert shown(room, waits_for="judge") == ["둘"]
    assert shown(room, waits_for="team") == ["하나"]
    assert shown(room, waits_for="nobody") == ["셋"]
    assert shown(room, classroom=done.classroom_id) == ["셋"]
    assert shown(room, days=7) == ["둘"]
    assert shown(room, days=14) == []
    assert counts(cohort_teams(room.cohort, project_of(room))) == {"judge": 1, "team": 1, "nobody": 1}
    Team.objects.filter(pk=working.pk).update(closed_at=timezone.now())
    assert shown(room) == ["둘", "셋"]


def test_the_database_says_of_each_team_what_its_line_says(room: Room):
    three_teams(room)
    reopened = a_team(room.students[2], name="넷")
    stage(reopened, 0, MilestoneStatus.RETURNED, 2)
    stage(reopened, 1, MilestoneStatus.WAITING, 30)
    page, lines = cohort_page(room.cohort, project_of(room), Narrowed(), None)
    assert [(team.turn, team.since) for team in page.object_list] == [(line.waits_for, line.since) for line in lines]
    assert len(lines) == 4


def test_only_staff_of_the_cohort_and_what_is_no_filter_narrows_nothing(room: Room):
    three_teams(room)
    staff = room.client(cast.a_staff_member(room.cohort))
    address = reverse("projects:stages", args=[room.cohort.pk, PROJECT])
    for who in (room.teacher, room.students[0]):
        assert room.client(who).get(address).status_code == 404
    assert staff.get(reverse("projects:stages", args=[room.cohort.pk, "nothing"])).status_code == 404
    page = staff.get(address, {"classroom": "x", "waits": "magic", "days": "-1", "page": "99"})
    assert all(name in page.content.decode() for name in ("하나", "둘", "셋"))
    narrowed = staff.get(address, {"waits": "judge"}).content.decode()
    assert "둘</a>" in narrowed
    assert "하나</a>" not in narrowed
    assert address in staff.get(reverse("insight:cohort", args=[room.cohort.pk])).content.decode()


def test_a_page_asks_as_often_for_many_teams_as_for_few(room: Room):
    three_teams(room)
    staff, address = (
        room.client(cast.a_staff_member(room.cohort)),
        reverse("projects:stages", args=[room.cohort.pk, PROJECT]),
    )

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            staff.get(address)
        return len(found)

    asked()
    few = asked()
    for number in range(TEAMS_A_PAGE + 5):
        a_team(cast.a_student(room.classroom), name=f"모둠 {number}")
    assert asked() == few
    assert "page=2" in staff.get(address).content.decode()


@pytest.mark.parametrize(("language", "waits"), [("ko", "선생님이나 멘토"), ("en", "teacher or mentor")])
def test_the_same_as_csv_and_as_a_workbook(room: Room, language: str, waits: str):
    three_teams(room)
    a_team(room.students[3], name="=1+1")
    staff = room.client(cast.a_staff_member(room.cohort), language)
    answer = staff.get(reverse("projects:stages_table", args=[room.cohort.pk, PROJECT]))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["둘", "하나", "'=1+1", "셋"]
    assert (rows[1][4], rows[1][6], rows[1][8], rows[1][9]) == ("2", waits, "10", "1")
    answer = staff.get(reverse("projects:stages_workbook", args=[room.cohort.pk, PROJECT]), {"waits": "nobody"})
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "셋" in text
    assert "하나" not in text
