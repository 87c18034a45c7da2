"""The institutions, staff, teachers and pupils of the demonstration."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from saem.apps.catalog.models import Version
from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.people.models import Agreement, Institution, InstitutionKind, Role, Scope, User
from saem.apps.people.services import grant

# The demonstration listens on loopback only, and `saem doctor` complains about these accounts.
PASSWORD = "saem-demo-2026"  # noqa: S105  # printed for every newcomer, meant to be known
PIN = "2580"
JOIN_CODE = "SAEM25"
MAIL = "demo.saem.example"

# fmt: off
NICKNAMES = (
    "하늘", "도윤", "서연", "지호", "하은", "준우", "수아", "시우",
    "지유", "은우", "서아", "유준", "아린", "건우", "나은", "현우",
    "다은", "선우", "채원", "우진", "소율", "민재", "예린", "태오",
)
# fmt: on


@dataclass(frozen=True)
class Places:
    """Who owns and runs what."""

    office: Institution
    university: Institution
    school: Institution
    agreement: Agreement


def make_places() -> Places:
    office = institution(InstitutionKind.OFFICE, "한빛교육청", "Hanbit Office of Education")
    university = institution(InstitutionKind.UNIVERSITY, "한빛대학교", "Hanbit University")
    school = institution(InstitutionKind.SCHOOL, "샘물고등학교", "Saemmul High School")
    institution(InstitutionKind.COMPANY, "내일기상", "Naeil Weather")
    agreement = Agreement.objects.create(
        title="인공지능 교육 공동 개발 협약",
        title_en="Joint development of AI education",
        starts_on=dt.date(2026, 3, 2),
    )
    agreement.institutions.set([office, university])
    return Places(office, university, school, agreement)


def institution(kind: InstitutionKind, name: str, name_en: str) -> Institution:
    return Institution.objects.create(kind=kind, name=name, name_en=name_en)


def person(name: str, mailbox: str) -> User:
    return User.objects.create_account(display_name=name, email=f"{mailbox}@{MAIL}", password=PASSWORD)


def operator() -> User:
    user = person("운영자", "operator")
    user.is_staff = user.is_superuser = True
    user.save(update_fields=["is_staff", "is_superuser"])
    return user


def open_cohort(version: Version, places: Places, *, title: str, title_en: str) -> Cohort:
    return Cohort.objects.create(
        institution=places.office,
        version=version,
        title=title,
        title_en=title_en,
        starts_on=timezone.localdate() - dt.timedelta(weeks=4),
        ends_on=timezone.localdate() + dt.timedelta(weeks=8),
    )


def open_classroom(cohort: Cohort, name: str, teacher: User, *, join_code: str | None = None) -> Classroom:
    classroom = Classroom(cohort=cohort, name=name)
    if join_code:
        classroom.join_code = join_code
    classroom.save()
    grant(teacher, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=classroom.pk)
    return classroom


def enrol(classroom: Classroom, nicknames: list[str]) -> list[Enrolment]:
    """Pupils without e-mail, all with the demonstration's PIN."""
    pin_hash = make_password(PIN)
    return [
        Enrolment.objects.create(
            classroom=classroom,
            user=User.objects.create_account(display_name=nickname),
            nickname=nickname,
            pin_hash=pin_hash,
            last_seen_at=timezone.now(),
        )
        for nickname in nicknames
    ]
