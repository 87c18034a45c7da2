"""A class that has been given the sample project, and files to hand in."""

from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.jobs.worker import drain
from saem.apps.people.models import User
from saem.apps.projects.models import Submission
from tests import cast
from tests.sample import PROJECT, beans_csv, published_sample


@dataclass
class Stage:
    """The cast around one project."""

    cohort: Cohort
    classroom: Classroom
    student: Enrolment

    def client(self, user: User | None = None, language: str = "ko") -> Client:
        client = Client(headers={"accept-language": language})
        if user is not None:
            client.force_login(user)
        return client

    def address(self, name: str = "project", *more: str, enrolment: Enrolment | None = None) -> str:
        return reverse(f"projects:{name}", args=[(enrolment or self.student).pk, PROJECT, *more])

    def token(self, client: Client) -> str:
        return str(client.get(self.address()).context["form"].initial["token"])

    def send(self, client: Client, data: bytes | str, *, name="submission.csv", token=None, enrolment=None, **extra):
        file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
        form = {"token": token or self.token(client), "file": file}
        return client.post(self.address("submit", enrolment=enrolment), form, **extra)

    def hand_in(self, data: bytes | str, *, name="submission.csv", language="ko") -> tuple[Submission, str]:
        """Hand in, grade, and read the page that the student then sees."""
        client = self.client(self.student.user, language)
        answer = self.send(client, data, name=name)
        assert answer.status_code == 302, answer.content.decode()
        drain()
        page = client.get(answer["Location"])
        assert page.status_code == 200
        return Submission.objects.latest("pk"), page.content.decode()


@pytest.fixture
def stage(db, sandbox, site_sandbox, tmp_path) -> Stage:
    cohort = cast.a_cohort(published_sample(sandbox, tmp_path))
    classroom = cast.a_classroom(cohort)
    return Stage(cohort, classroom, cast.a_student(classroom))


def heights() -> dict[int, float]:
    """The true heights of the test's beans by id."""
    rows = [line.split(",") for line in beans_csv().splitlines()[1:]]
    return {number: float(row[1]) for number, row in enumerate(rows, start=1) if number % 2 == 0}


def predictions(*, off: float = 1.0, change=None) -> str:
    """A sound file whose every value is `off` from the truth; `change` works on its lines."""
    lines = ["id,height", *(f"{key},{value + off:.3f}" for key, value in heights().items())]
    lines = change(lines) if change else lines
    return "\n".join(lines) + "\n"
