"""Learners before the diagnosis of a program of items in two skills."""

from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.learning.diagnosis.queries import Sitting, sitting_for
from saem.apps.learning.models import Diagnosis, LessonProgress
from tests import cast, sample


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
