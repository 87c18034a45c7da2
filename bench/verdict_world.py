"""What `bench.verdict` hands in: a pupil, a project, and files that will be scored."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.urls import reverse

from bench import page_world
from saem.apps.catalog.queries import assignment_of, program_of
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.people.models import User
from saem.apps.projects.models import Submission
from saem.cli.demonstration.work import solution_predictions
from saem.lib.sandbox import LocalSandbox


@dataclass(frozen=True)
class World:
    """A signed-in pupil, where to submit, and what; `clear` takes the day's attempts back."""

    session: str
    submit_url: str
    files: dict[str, bytes]
    clear: Callable[[], None]


def build(folder: Path) -> World:
    base = page_world.build(folder)
    room = Classroom.objects.create(cohort=base.cohort, name="bench")
    user = User.objects.create_account(display_name="학생")
    student = Enrolment.objects.create(classroom=room, user=user, nickname="학생")
    version = base.cohort.version
    project = next(iter(program_of(version).projects.values()))
    with LocalSandbox() as sandbox:
        predictions = solution_predictions(project, dict(assignment_of(version, project.id).public), sandbox)
    notebook = next(solution.file for solution in project.solutions if solution.file.endswith(".ipynb"))

    def clear() -> None:
        Submission.objects.filter(enrolment=student).update(created_at="2026-01-01T00:00:00Z")

    return World(
        session=page_world.session_of(user),
        submit_url=reverse("projects:submit", args=[student.pk, project.id]),
        files={"submission.csv": predictions, "notebook.ipynb": (project.folder / notebook).read_bytes()},
        clear=clear,
    )
