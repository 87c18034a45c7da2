"""A small program that two institutions own, and people of both."""

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from saem.apps.catalog import folders
from saem.apps.catalog.models import Artifact, Program, Version
from saem.apps.catalog.proposals.checks import CHECK_JOB
from saem.apps.catalog.proposals.models import CheckState, Proposal, RevisionCheck
from saem.apps.catalog.proposals.queries import newest_revision
from saem.apps.catalog.proposals.saving import open_proposal
from saem.apps.jobs.models import Job
from saem.apps.people.models import Agreement, Institution, InstitutionKind, Role, Scope, User
from saem.apps.people.services import grant
from saem.lib import content
from tests.cast import a_person

_numbers = count(1)
KOREAN = "lessons/first/ko.md"
PAGE = "## 보기\n\n표를 읽어요.\n\n하루의 기온을 찾아요.\n\n가장 더운 날을 말해요.\n"
PROGRAM = """\
format: 1
id: {slug}
title: {{ko: 작은 프로그램, en: A tiny program}}
summary: {{ko: 시험용이에요., en: For tests.}}
level: {{ko: 고등학교, en: Upper secondary}}
licence: CC-BY-4.0
authors: [{{name: Saem project}}]
skills:
  - id: read-table
    title: {{ko: 표 읽기, en: Reading a table}}
steps:
  - lesson: first
"""
LESSON = """\
title: {ko: 처음 보기, en: A first look}
goal: {ko: 표를 읽어요., en: Read a table.}
minutes: 50
skills: [read-table]
"""


def files_of(slug: str, **changes: str) -> dict[str, bytes]:
    texts = {
        "program.yaml": PROGRAM.format(slug=slug),
        "lessons/first/lesson.yaml": LESSON,
        KOREAN: PAGE,
        "lessons/first/en.md": "## Look\n\nRead the table.\n\nFind the temperature.\n\nName the hottest day.\n",
    }
    return {name: text.encode() for name, text in (texts | changes).items()}


def a_published(program: Program, files: dict[str, bytes]) -> Version:
    """The next version with these files, as publishing would store it."""
    with TemporaryDirectory() as place:
        folder = Path(place) / program.slug
        content.unpack(folders.zip_of(files), folder)
        digest, packed = content.content_hash(folder), content.pack(folder)
    version = Version.objects.create(
        program=program,
        number=program.versions.count() + 1,
        content_hash=digest,
        title_ko="작은 프로그램",
        title_en="A tiny program",
        summary_ko="요약",
        summary_en="Summary",
    )
    Artifact.objects.create(version=version, kind=Artifact.Kind.FOLDER, data=packed)
    return version


@dataclass(frozen=True)
class World:
    """The author and a colleague are at the university, the teacher and staff at the office."""

    office: Institution
    university: Institution
    program: Program
    version: Version
    author: User
    colleague: User
    teacher: User
    staff: User
    files: dict[str, bytes] = field(default_factory=dict)

    def opened(self, page: str = "") -> Proposal:
        files = self.files | {KOREAN: page.encode()} if page else None
        return open_proposal(self.program, by=self.author, title="기온을 고쳐요", why="헷갈렸어요.", files=files)


def a_world() -> World:
    number = next(_numbers)
    office = Institution.objects.create(kind=InstitutionKind.OFFICE, name=f"한빛교육청 {number}")
    university = Institution.objects.create(kind=InstitutionKind.UNIVERSITY, name=f"한빛대학교 {number}")
    agreement = Agreement.objects.create(title="협약", starts_on="2026-03-02")
    agreement.institutions.set([office, university])
    program = Program.objects.create(slug=f"tiny-{number}", owner=office, agreement=agreement)
    files = files_of(program.slug)
    return World(
        office=office,
        university=university,
        program=program,
        version=a_published(program, files),
        author=with_role("이집필", Role.AUTHOR, university),
        colleague=with_role("김교수", Role.AUTHOR, university),
        teacher=with_role("박선생", Role.TEACHER, office),
        staff=with_role("최담당", Role.STAFF, office),
        files=files,
    )


def with_role(name: str, role: Role, institution: Institution) -> User:
    user = a_person(name)
    grant(user, role=role, scope=Scope.INSTITUTION, scope_id=institution.pk)
    return user


def checked(proposal: Proposal, state: CheckState = CheckState.PASSED) -> None:
    """As if the job had found nothing, which only the tests of the job find out."""
    revision = newest_revision(proposal)
    RevisionCheck.objects.filter(revision=revision).update(state=state)
    Job.objects.filter(kind=CHECK_JOB).delete()
