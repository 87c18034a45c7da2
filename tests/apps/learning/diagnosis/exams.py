"""Learners before the diagnosis of a program of items in two skills."""

from dataclasses import dataclass
from pathlib import Path

from django.test import Client
from django.urls import reverse

from saem.apps.catalog.checking import CheckReport, check_program
from saem.apps.catalog.models import Version
from saem.apps.catalog.services import add_version
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.learning.diagnosis.queries import Sitting, sitting_for
from saem.apps.learning.models import Diagnosis, LessonProgress
from saem.lib.content import pack
from saem.lib.sandbox import Sandbox
from tests import cast, sample
from tests.quiz import quiz

TWO_SKILLS = sample.PROGRAM.replace(
    "skills: [{id: mean, title: {ko: 평균, en: Mean}}]",
    "skills: [{id: mean, title: {ko: 평균, en: Mean}}, {id: spread, title: {ko: 흩어짐, en: Spread}}]",
)
_checked: dict[int, tuple[CheckReport, bytes]] = {}


def a_quiz_version(sandbox: Sandbox, folder: Path, items: int) -> Version:
    """The sample program with so many items for diagnosis; checked once in a run of the suite."""
    if items not in _checked:
        files = {"program.yaml": TWO_SKILLS, "items__sums.yaml": quiz(items, skills=("mean", "spread"))}
        root = sample.sample_program(folder / str(items), **files)
        report = check_program(root, sandbox=sandbox, cache=folder / "cache", mirrors=(), download=False)
        assert report.ok, report.problems
        _checked[items] = report, pack(root)
    report, packed = _checked[items]
    return add_version(report, packed, by=None, owner=cast.a_school())


@dataclass(frozen=True)
class Exam:
    """One learner and their browser."""

    enrolment: Enrolment
    client: Client

    def sitting(self, moment: str = "before") -> Sitting:
        return sitting_for(self.enrolment.user, self.enrolment.pk, moment)

    def row(self, moment: str = "before") -> Diagnosis:
        return Diagnosis.objects.select_related("version__program").get(enrolment=self.enrolment, moment=moment)

    def url(self, page: str = "sitting", moment: str = "before") -> str:
        return reverse(f"diagnosis:{page}", args=[self.enrolment.pk, moment])

    def learn(self) -> None:
        """Finish the lesson, so that the second diagnosis may begin."""
        LessonProgress.objects.create(enrolment=self.enrolment, lesson=sample.LESSON, done_at="2026-10-01T00:00:00Z")


def an_exam(classroom: Classroom) -> Exam:
    enrolment = cast.a_student(classroom)
    client = Client(headers={"accept-language": "ko"})
    client.force_login(enrolment.user, backend="django.contrib.auth.backends.ModelBackend")
    return Exam(enrolment, client)
