"""Places of the tests: the sample's lesson in a class, with a student who is signed in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from saem.apps.cohorts.models import Enrolment
from saem.apps.learning.models import CellRecord
from saem.apps.learning.queries import Place, place_for
from saem.lib.sandbox import Sandbox
from tests import cast, sample


@dataclass(frozen=True)
class Desk:
    """A student at the sample's lesson."""

    enrolment: Enrolment
    client: Client

    @property
    def place(self) -> Place:
        return place_for(self.enrolment.user, self.enrolment.pk, sample.LESSON, "ko")

    @property
    def lesson_url(self) -> str:
        return reverse("learning:lesson", args=[self.enrolment.pk, sample.LESSON])

    def cell_url(self, cell: str = sample.MEAN) -> str:
        return reverse("learning:cell", args=[self.enrolment.pk, sample.LESSON, cell])

    def post(self, code: str, cell: str = sample.MEAN, *, action: str = "run", htmx: bool = True, **more: str) -> Any:
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(self.cell_url(cell), {"action": action, "code": code, **more}, headers=headers)

    def record(self, cell: str = sample.MEAN) -> CellRecord:
        return CellRecord.objects.get(enrolment=self.enrolment, lesson=sample.LESSON, cell=cell)


def a_desk(sandbox: Sandbox, folder: Path) -> Desk:
    cohort = cast.a_cohort(sample.published_sample(sandbox, folder))
    enrolment = cast.a_student(cast.a_classroom(cohort))
    client = Client()
    client.force_login(enrolment.user, backend="django.contrib.auth.backends.ModelBackend")
    return Desk(enrolment, client)
