"""The named cast of the tests: plain factory functions, each making one person or place with sensible facts."""

import datetime as dt
from itertools import count

from saem.apps.catalog.models import Program, Version
from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.people.models import Institution, InstitutionKind, Role, Scope, User
from saem.apps.people.services import grant

_numbers = count(1)
PASSWORD = "spring-water-25"


def a_school(name: str = "") -> Institution:
    return Institution.objects.create(
        kind=InstitutionKind.SCHOOL, name=name or f"샘물고등학교 {next(_numbers)}", name_en="Saemmul High School"
    )


def a_person(name: str = "김하늘", **facts: str) -> User:
    email = facts.pop("email", f"person{next(_numbers)}@example.org")
    return User.objects.create_account(display_name=name, email=email, password=PASSWORD, **facts)


def a_version(slug: str = "", **facts: object) -> Version:
    """A version without content; tests that open lessons publish a real program instead (`tests.sample`)."""
    number = next(_numbers)
    program = Program.objects.create(slug=slug or f"program-{number}", owner=a_school())
    return Version.objects.create(
        program=program,
        number=1,
        content_hash=f"sha256:{number:064d}",
        title_ko="내일 비가 올까?",
        title_en="Will it rain tomorrow?",
        summary_ko="요약",
        summary_en="Summary",
        **facts,
    )


def a_cohort(version: Version | None = None, **facts: object) -> Cohort:
    version = version or a_version()
    return Cohort.objects.create(
        institution=facts.pop("institution", None) or version.program.owner,
        version=version,
        title="3기",
        title_en="Cohort 3",
        starts_on=dt.date(2026, 9, 1),
        **facts,
    )


def a_classroom(cohort: Cohort | None = None, name: str = "") -> Classroom:
    return Classroom.objects.create(cohort=cohort or a_cohort(), name=name or f"2학년 {next(_numbers)}반")


def a_student(classroom: Classroom, nickname: str = "") -> Enrolment:
    """An enrolled pupil without an e-mail."""
    nickname = nickname or f"학생 {next(_numbers)}"
    user = User.objects.create_account(display_name=nickname)
    return Enrolment.objects.create(classroom=classroom, user=user, nickname=nickname)


def a_teacher(classroom: Classroom, name: str = "박선생") -> User:
    user = a_person(name)
    grant(user, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=classroom.pk)
    return user


def a_staff_member(cohort: Cohort, name: str = "최담당") -> User:
    user = a_person(name)
    grant(user, role=Role.STAFF, scope=Scope.COHORT, scope_id=cohort.pk)
    return user


def a_stranger() -> User:
    """Somebody with an account and no role anywhere here."""
    return a_person("낯선 사람")
