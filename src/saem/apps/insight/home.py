"""What the home page shows each person: first what waits for them, then the places they may go."""

from dataclasses import dataclass, field

from django.urls import reverse

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import programs_kept_by, programs_written_by, published_programs
from saem.apps.cohorts.calls.queries import own_applications
from saem.apps.cohorts.models import Application, Classroom, Cohort, Enrolment, Reviewer
from saem.apps.cohorts.queries import classrooms_taught_by, cohorts_run_by, enrolments_of
from saem.apps.cohorts.selection.queries import reviewing_of
from saem.apps.insight.marks import Mark, StepMark
from saem.apps.insight.progress import StepHead, marks_of, steps_of
from saem.apps.learning.practice.bank import has_practice
from saem.apps.learning.queries import NextStep, next_step
from saem.apps.people.models import User
from saem.apps.people.queries import institutions_run_by
from saem.apps.projects.milestones.board import OwnTeam, own_teams
from saem.apps.projects.models import Submission

SHOWN = 12


@dataclass(frozen=True)
class Course:
    """One program that a student is in: where to go on, and how far they are."""

    enrolment: Enrolment
    title: str
    next: NextStep | None
    next_title: str
    next_url: str
    steps: list[tuple[StepHead, StepMark]]
    has_practice: bool


@dataclass(frozen=True)
class Home:
    """Everything on the page; empty lists are left out of it."""

    courses: list[Course] = field(default_factory=list)
    teams: list[OwnTeam] = field(default_factory=list)
    results: list[Submission] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    reviewing: list[Reviewer] = field(default_factory=list)
    classrooms: list[Classroom] = field(default_factory=list)
    cohorts: list[Cohort] = field(default_factory=list)
    may_open_cohorts: bool = False
    programs: list[Version] = field(default_factory=list)
    banks: list[Version] = field(default_factory=list)
    may_operate: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(vars(self).values())


def home_of(user: User, language: str) -> Home:
    """Collect the page. The newest course comes first: its button is the page's main one."""
    enrolments = list(
        enrolments_of(user).select_related("classroom__cohort__version__program").order_by("-last_seen_at", "-pk")[:3]
    )
    return Home(
        courses=[course_of(enrolment, language) for enrolment in enrolments],
        teams=own_teams(user),
        results=list(Submission.objects.filter(enrolment__in=enrolments).order_by("-created_at")[:5]),
        applications=list(own_applications(user).order_by("-saved_at", "-pk")[:SHOWN]),
        reviewing=list(reviewing_of(user)[:SHOWN]),
        classrooms=list(classrooms_taught_by(user).select_related("cohort").order_by("name")[:SHOWN]),
        cohorts=list(cohorts_run_by(user).select_related("institution")[:SHOWN]),
        may_open_cohorts=institutions_run_by(user).exists(),
        programs=list(programs_written_by(user)[:SHOWN]),
        banks=list(published_programs().filter(program__in=programs_kept_by(user))[:SHOWN]),
        may_operate=user.is_superuser,
    )


def course_of(enrolment: Enrolment, language: str) -> Course:
    cohort = enrolment.classroom.cohort
    steps = steps_of(cohort, language)
    marks = marks_of([enrolment.pk], steps)[enrolment.pk]
    pairs = list(zip(steps, marks, strict=True))
    handed_in = {step.id for step, mark in pairs if step.kind == "project" and mark.mark == Mark.DONE}
    following = next_step(enrolment, projects_done=handed_in)
    return Course(
        enrolment,
        cohort.version.local_title,
        following,
        following.title.in_(language) if following else "",
        step_url(enrolment, following.kind, following.id) if following else "",
        pairs,
        has_practice(cohort.version),
    )


def step_url(enrolment: Enrolment, kind: str, step: str) -> str:
    name = "learning:lesson" if kind == "lesson" else "projects:project"
    return reverse(name, args=[enrolment.pk, step])
