"""A team's page, written, allowed and let out as the services do it."""

import io

from PIL import Image

from saem.apps.cohorts.models import Enrolment, TraineeRecord
from saem.apps.people.models import User
from saem.apps.projects.models import Showcase, ShowcaseVersion, Team
from saem.apps.projects.showcase import answering, publishing, queries, writing
from saem.apps.projects.showcase.answering import Answer
from saem.apps.projects.showcase.writing import Written
from tests.apps.projects.teams.a_team import mine

PARTS = {
    "title": "비 오는 날의 우산",
    "problem": "아침에 비가 안 와서 우산을 두고 온 친구가 젖었다.",
    "whose": "걸어서 집에 가는 학생",
    "method": "날씨 기록으로 내일 비를 맞혔다.",
    "found": "늘 안 온다고 하는 것보다 나았다.",
    "limits": "산에서는 틀린다.",
    "ai_use": "코드를 고칠 때 물어봤다.",
    "reflection": "기록을 먼저 모으길 잘했다.",
    "link": "https://demo.example.org/rain",
    "picture_alt": "",
}


def written(**changes) -> Written:
    parts = PARTS | {name: value for name, value in changes.items() if name in PARTS}
    rest = {name: value for name, value in changes.items() if name not in PARTS}
    skills = [{"id": "mean", "ko": "평균", "en": "Mean"}]
    return Written(**{"parts": parts, "area": "climate", "methods": ["classify"], "skills": skills, **rest})


def a_page(team: Team, writer: Enrolment, **changes) -> ShowcaseVersion:
    newest = queries.newest_version(queries.showcase_of(team))
    version = writing.save_version(mine(team, writer), written(**changes), seen=newest.number if newest else 0)
    assert version is not None
    return version


def say(team: Team, student: Enrolment, *, allows: bool = True, name: str = "", of_age: bool = True) -> None:
    asked = queries.asked_for(student.user, team.pk)
    answering.answer(asked, Answer(allows=allows, shown_name=name, is_of_age=of_age))


def asked_page(team: Team, *students: Enrolment, **changes) -> Showcase:
    """Written, and everybody asked."""
    a_page(team, students[0], **changes)
    return answering.hand_in(mine(team, students[0]))


def let_out(team: Team, by: User) -> Showcase:
    publishing.approve(team, by=by, seen=Showcase.objects.get(team=team).revision)
    return Showcase.objects.get(team=team)


def a_public_page(team: Team, *students: Enrolment, by: User, **changes) -> Showcase:
    """All the way: the address works for everybody."""
    asked_page(team, *students, **changes)
    for student in students:
        say(team, student)
    return let_out(team, by)


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """With what a camera writes: the device and the place."""
    picture, out = Image.new("RGB", size, (200, 40, 40)), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Saem Camera"
    exif[0x8825] = {1: "N", 2: (37.0, 30.0, 0.0)}
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def born(student: Enrolment, day) -> None:
    """A birth date that the cohort knows from the record of a training."""
    TraineeRecord.objects.create(enrolment=student, name="아무개", birth_date=day)
