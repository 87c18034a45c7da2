"""A project's results and a badge for them, without a sandbox at work."""

import uuid
from typing import Any

from saem.apps.awards.goals import giving
from saem.apps.awards.models import Goal, Level
from saem.apps.catalog.models import Version
from saem.apps.cohorts.models import Cohort, Enrolment
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.apps.projects.models import Submission, SubmissionKind, SubmissionState, Verdict
from tests.apps.awards.a_completion import WORDS
from tests.sample import PROJECT

GOAL = {"project": PROJECT, "level": Level.SHARE, "percent": 80, "baseline": ""}
RANKED = {"project": PROJECT, "level": Level.BASELINE, "percent": 0, "baseline": "mean"}


def a_goal(cohort: Cohort, by: User, **facts: Any) -> Goal:
    words = {name: value for name, value in WORDS.items() if name != "hours"}
    return giving.set_goal(cohort, by=by, words=words, **(GOAL | facts))


def handed_in(enrolment: Enrolment, points: float = 4, most: float = 4, rmse: float | None = None) -> Submission:
    """A file that was scored, as `projects.services` leaves it."""
    submission = Submission.objects.create(
        enrolment=enrolment,
        project=PROJECT,
        kind=SubmissionKind.PREDICTIONS,
        token=uuid.uuid4(),
        name="submission.csv",
        size=4,
        sha256="0" * 64,
        state=SubmissionState.SCORED,
    )
    judged(submission, points, most, rmse)
    told("graded", submission)
    return submission


def graded_again(submission: Submission, points: float, most: float = 4, rmse: float | None = None) -> None:
    judged(submission, points, most, rmse)
    told("regraded", submission)


def judged(submission: Submission, points: float, most: float, rmse: float | None) -> None:
    version = Version.objects.get(cohorts=submission.enrolment.classroom.cohort_id)
    submission.verdict = Verdict.objects.create(
        submission=submission,
        status="scored",
        score=points,
        max_score=most,
        metrics={} if rmse is None else {"rmse": rmse},
        isolation="B",
        content_version=version.content_hash,
    )
    submission.save(update_fields=["verdict"])


def told(verb: str, submission: Submission) -> None:
    cohort = submission.enrolment.classroom.cohort_id
    facts = {"project": submission.project}
    record(verb, actor=None, object_kind="submission", object_id=submission.pk, cohort_id=cohort, facts=facts)
