"""A program with twelve choice items, a class that answered them, and an author who looks."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from saem.apps.catalog.checking import CheckReport, check_program
from saem.apps.catalog.models import Program, Version
from saem.apps.catalog.services import add_version
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.learning.models import Attempt, ItemRecord
from saem.apps.people.models import Role, Scope, User
from saem.apps.people.services import grant
from saem.lib.content import pack
from saem.lib.learners.simulation import simulate_irt
from saem.lib.sandbox import Sandbox
from tests import cast, sample

ITEMS = tuple(f"bean-{number:02}" for number in range(1, 13))
RIGHT, WRONG, UNUSED = "right", "wrong", "unused"
ITEM = """\
- id: {id}
  kind: choice
  skills: [mean]
  prompt: {{ko: 평균은 무엇일까요?, en: What is a mean?}}
  explanation: {{ko: 합을 개수로 나눠요., en: Divide the sum by the count.}}
  hints: [{{ko: 더해 보세요., en: Add them.}}]
  options:
    - {{id: right, text: {{ko: 고르게 나눈 값, en: An even share}}, right: true}}
    - {{id: wrong, text: {{ko: 가장 큰 값, en: The greatest}}, feedback: {{ko: 최댓값이에요., en: The maximum.}}}}
    - {{id: unused, text: {{ko: 무지개, en: A rainbow}}, feedback: {{ko: 아니에요., en: No.}}}}
"""
_checked: list[tuple[CheckReport, bytes]] = []


@dataclass
class Bank:
    """The program, who answers and who looks."""

    program: Program
    version: Version
    classroom: Classroom
    author: User

    def client(self, user: User | None = None, language: str = "ko") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(user or self.author)
        return client

    def answer(self, rows: Iterable[tuple[Enrolment, str, bool]], *, version: Version | None = None) -> None:
        """First tries in this order, with the records that practice keeps of their items."""
        start = timezone.now() - dt.timedelta(hours=2)
        attempts = [
            Attempt(
                enrolment=enrolment, version=version or self.version, item=item, seed=1, token=uuid.uuid4(), answer={},
                score=float(right), chosen=[RIGHT if right else WRONG], is_first=True, hints=place % 5 == 0,
                created_at=start + dt.timedelta(seconds=place),
            )
            for place, (enrolment, item, right) in enumerate(rows)
        ]  # fmt: skip
        Attempt.objects.bulk_create(attempts, batch_size=500)
        for item in {attempt.item for attempt in attempts}:
            mine = Attempt.objects.filter(version__program=self.program, item=item)
            ItemRecord.objects.update_or_create(
                program=self.program,
                item=item,
                defaults={
                    "responses": mine.count(), "right": mine.filter(score=1).count(),
                    "difficulty": 0.25, "variance": 0.04,
                },
            )  # fmt: skip

    def students(self, number: int) -> list[Enrolment]:
        return [cast.a_student(self.classroom) for _ in range(number)]

    def simulate(self, students: int, *, items: int = len(ITEMS), seed: int = 5) -> None:
        """Learners of a two-parameter world answer the first items."""
        responses, _truth = simulate_irt(students, items, seed=seed)
        enrolled = self.students(students)
        self.answer(
            (enrolled[student], ITEMS[item], bool(score))
            for student, item, score in zip(responses.student, responses.item, responses.score, strict=True)
        )


def checked(sandbox: Sandbox, folder: Path) -> tuple[CheckReport, bytes]:
    if not _checked:
        text = "".join(ITEM.format(id=item) for item in ITEMS)
        root = sample.sample_program(folder, **{"items__means.yaml": text})
        report = check_program(root, sandbox=sandbox, cache=folder / "cache", mirrors=(), download=False)
        assert report.ok, report.problems
        _checked.append((report, pack(root)))
    return _checked[0]


@pytest.fixture
def bank(db: None, sandbox: Sandbox, tmp_path: Path) -> Bank:
    report, packed = checked(sandbox, tmp_path)
    owner, author = cast.a_school(), cast.a_person("이저자")
    version = add_version(report, packed, by=None, owner=owner, agreement=None)
    grant(author, role=Role.AUTHOR, scope=Scope.PROGRAM, scope_id=version.program_id)
    return Bank(version.program, version, cast.a_classroom(cast.a_cohort(version)), author)
