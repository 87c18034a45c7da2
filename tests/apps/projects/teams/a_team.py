"""A class with pupils, and a team of some of them, as the services make it."""

from dataclasses import dataclass
from pathlib import Path

from django.test import Client

from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.people.models import User
from saem.apps.projects.models import Membership, Team
from saem.apps.projects.teams.forming import form_team, join_team
from saem.apps.projects.teams.queries import Access, members_of, team_for
from saem.lib.sandbox import Sandbox
from tests import cast
from tests.sample import PROJECT, published_sample

MOST = 3


def a_team(*students: Enrolment, project: str = PROJECT, name: str = "두 바퀴") -> Team:
    """Formed by the first one; the others come by its code."""
    team = form_team(students[0], project=project, name=name)
    for student in students[1:]:
        join_team(student, project=project, code=team.join_code, most=5)
    return team


def mine(team: Team, student: Enrolment) -> Membership:
    """Their stretch now."""
    return members_of(team).get(enrolment=student)


@dataclass
class Room:
    """A class with the sample project, which teams of three do."""

    cohort: Cohort
    classroom: Classroom
    teacher: User
    students: list[Enrolment]

    def access(self, team: Team, user: User) -> Access:
        return team_for(user, team.pk)

    def client(self, who: Enrolment | User, language: str = "ko") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(who.user if isinstance(who, Enrolment) else who)
        return client


def a_room(sandbox: Sandbox, folder: Path, students: int = 4) -> Room:
    cohort = cast.a_cohort(published_sample(sandbox, folder))
    classroom = cast.a_classroom(cohort)
    names = ("하늘", "도윤", "서연", "지호", "하은", "준우")[:students]
    return Room(cohort, classroom, cast.a_teacher(classroom), [cast.a_student(classroom, name) for name in names])
