"""A learner with something to show: a finished lesson, graded work, mastery, a completion."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.test import Client
from django.utils import timezone

from saem.apps.awards.models import Audience, Portfolio
from saem.apps.awards.portfolio import entries
from saem.apps.cohorts.models import Classroom, Completion, Enrolment
from saem.apps.learning.models import LessonProgress, SkillMastery
from saem.apps.people.models import User
from saem.apps.projects.models import BoardRow, Submission, SubmissionKind, SubmissionState, Verdict
from tests import cast
from tests.sample import LESSON, PROJECT

METRIC = "rmse"
NOON = dt.datetime(2026, 10, 5, 3, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Shelf:
    """One learner, their class and its teacher."""

    enrolment: Enrolment
    classroom: Classroom
    teacher: User

    @property
    def user(self) -> User:
        return self.enrolment.user

    def client(self, user: User | None = None, language: str = "ko") -> Client:
        return client_of(user or self.user, language)

    @property
    def portfolio(self) -> Portfolio:
        return entries.stored(self.user)

    def everything(self) -> list[entries.Shown]:
        return entries.everything(self.portfolio, entries.courses_of(self.user))

    def ref(self, kind: str) -> str:
        return next(each.ref for each in self.everything() if each.kind == kind)

    def show(self, ref: str, audience: Audience = Audience.LINK, remark: str = "") -> None:
        entries.choose(self.portfolio, ref, audience=audience, remark=remark)


def client_of(user: User | None, language: str = "ko") -> Client:
    client = Client(headers={"accept-language": language})
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def fill(enrolment: Enrolment) -> None:
    """One of everything that a learner can have without a diagnosis."""
    LessonProgress.objects.create(enrolment=enrolment, lesson=LESSON, done_at=NOON)
    SkillMastery.objects.create(enrolment=enrolment, skill="mean", value=0.72, low=0.55, high=0.86, responses=9)
    scored(enrolment, 6.0, low=5.0, high=7.0)
    complete(enrolment)


def scored(enrolment: Enrolment, value: float, *, low: float, high: float, at: dt.datetime = NOON) -> Submission:
    """A file with this score, and the learner's line on the board."""
    submission = Submission.objects.create(
        enrolment=enrolment,
        project=PROJECT,
        kind=SubmissionKind.PREDICTIONS,
        token=uuid.uuid4(),
        name="submission.csv",
        size=4,
        sha256="0" * 64,
        state=SubmissionState.SCORED,
        created_at=at,
    )
    submission.verdict = Verdict.objects.create(
        submission=submission,
        status="scored",
        metrics={METRIC: value},
        intervals={METRIC: [low, high]},
        isolation="B",
        content_version="sha256:0",
    )
    submission.save(update_fields=["verdict"])
    board = {"submission": submission, "score": value, "low": low, "high": high}
    BoardRow.objects.update_or_create(
        cohort=enrolment.classroom.cohort, project=PROJECT, enrolment=enrolment, defaults=board
    )
    return submission


def complete(enrolment: Enrolment, name: str = "김하늘") -> Completion:
    institution = enrolment.classroom.cohort.institution
    sequence = Completion.objects.filter(institution=institution).count() + 1
    return Completion.objects.create(
        enrolment=enrolment,
        institution=institution,
        year=2026,
        sequence=sequence,
        number=f"제 샘물-원격-2026-{sequence:06d}호",
        name=name,
        completed_on=timezone.localdate(NOON),
        rule="r",
        rule_hash="0" * 64,
    )


def a_shelf(classroom: Classroom) -> Shelf:
    return Shelf(cast.a_student(classroom, "하늘"), classroom, cast.a_teacher(classroom))
