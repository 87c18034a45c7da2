"""Projects and submissions as one person may see them, and what higher rooms ask about many students at once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.cohorts.queries import cohorts_run_by, enrolments_seen_by
from saem.apps.people.models import User
from saem.apps.projects.models import ProjectRun, Submission, SubmissionKind, SubmissionState, VerdictFigure
from saem.lib import content

# What a list of submissions shows; the checks and questions of verdicts stay where they are.
LISTED = (
    *("id", "enrolment", "project", "kind", "name", "state", "is_final", "created_at", "decided_at"),
    *("verdict__score", "verdict__max_score", "verdict__metrics", "verdict__private_metrics", "verdict__status"),
)
REJECTED_IN_ROW = 3
# Kinds with a place on the board: how far off they are, the board says.
RANKED = (SubmissionKind.PREDICTIONS, SubmissionKind.MODEL)
WAITING_SINCE = dt.timedelta(days=14)
UNGRADED_AFTER = dt.timedelta(minutes=5)


def enrolment_for(user: User, pk: int) -> Enrolment:
    """An enrolment that `user` may read: their own, or one of a class they teach or run."""
    found = enrolments_seen_by(user).filter(pk=pk).select_related("user", "classroom__cohort__version__program").first()
    if found is None:
        raise Http404
    return found


def own_enrolment_for(user: User, pk: int) -> Enrolment:
    """The user's own enrolment: only students hand in. A teacher who only reads is told so."""
    found = enrolment_for(user, pk)
    if found.user_id != user.pk:
        raise PermissionDenied
    return found


def submission_for(user: User, pk: int) -> Submission:
    """A submission of an enrolment that `user` may read; classmates may not."""
    asked = Submission.objects.filter(pk=pk).select_related(
        "verdict", "enrolment__user", "enrolment__classroom__cohort__version__program"
    )
    # Their own first: that is who waits for a verdict and asks again and again, and it needs no roles.
    found = (
        asked.filter(enrolment__user_id=user.pk, enrolment__left_at=None).first()
        or asked.filter(enrolment__in=enrolments_seen_by(user).values("pk")).first()
    )
    if found is None:
        raise Http404
    return found


def file_of(submission: Submission) -> bytes:
    """The bytes as they were handed in."""
    return bytes(submission.file.data)


def figure_for(submission: Submission, figure: int) -> VerdictFigure:
    """One figure of the submission's newest verdict."""
    found = VerdictFigure.objects.filter(pk=figure, verdict__submission=submission).first()
    if found is None:
        raise Http404
    return found


def figures_of(submission: Submission) -> QuerySet[VerdictFigure]:
    """The figures of the verdict that counts, without their bytes."""
    return VerdictFigure.objects.filter(verdict=submission.verdict_id).defer("png").order_by("pk")


def cohort_run_by(user: User, pk: int) -> Cohort:
    """A cohort whose staff `user` is."""
    found = cohorts_run_by(user).filter(pk=pk).select_related("version__program").first()
    if found is None:
        raise Http404
    return found


def runs_cohort(user: User, pk: int) -> bool:
    return cohorts_run_by(user).filter(pk=pk).exists()


def somebody_in(cohort: Cohort) -> int | None:
    """An enrolment of the cohort, through which its staff look at the board."""
    everybody = Enrolment.objects.present().filter(classroom__cohort=cohort)
    return everybody.order_by("pk").values_list("pk", flat=True).first()


def project_in(cohort: Cohort, project: str) -> content.Project:
    """A project of the version that the cohort has pinned."""
    found = program_of(cohort.version).projects.get(project)
    if found is None:
        raise Http404
    return found


def submissions_of(enrolment: Enrolment, project: str) -> QuerySet[Submission]:
    """A student's submissions to one project, newest first."""
    mine = Submission.objects.filter(enrolment=enrolment, project=project).order_by("-created_at", "-pk")
    return mine.select_related("verdict").only(*LISTED)


def previous_scored(submission: Submission) -> Submission | None:
    """The scored submission of the same kind just before this one."""
    return (
        submissions_of(submission.enrolment, submission.project)
        .filter(state=SubmissionState.SCORED, kind=submission.kind)
        .filter(Q(created_at__lt=submission.created_at) | Q(created_at=submission.created_at, pk__lt=submission.pk))
        .first()
    )


def run_of(cohort_id: int, project: str) -> ProjectRun:
    """The project's run in a cohort; one that has not been stored where nothing has happened in it yet."""
    found = ProjectRun.objects.filter(cohort_id=cohort_id, project=project).select_related("graded_by").first()
    return found or ProjectRun(cohort_id=cohort_id, project=project)


def rule_in(run: ProjectRun, cohort: Cohort) -> Version:
    """The version whose rule grades a project: the cohort's own until a regrade has chosen another."""
    return run.graded_by or cohort.version


def rule_of(cohort: Cohort, project: str) -> Version:
    return rule_in(run_of(cohort.pk, project), cohort)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something in a class that needs the teacher; `what` says why."""

    submission: int
    enrolment: int
    nickname: str
    project: str
    what: Promise | str
    since: dt.datetime


def waiting(classroom: Classroom) -> list[Waiting]:
    """What needs the teacher: work we could not grade, files refused again and again, work that is far off.

    One query: each student's newest work decides, so a student who has moved on is no longer listed.
    """
    recent = (
        Submission.objects.filter(
            enrolment__classroom=classroom,
            enrolment__left_at=None,
            created_at__gte=timezone.now() - WAITING_SINCE,
        )
        .order_by("-created_at", "-pk")
        .select_related("verdict", "enrolment")
        .only(*LISTED, "enrolment__nickname")
    )
    by_student: dict[tuple[int, str], list[Submission]] = {}
    for submission in recent:
        by_student.setdefault((submission.enrolment_id, submission.project), []).append(submission)
    found = [
        Waiting(
            submission=work[0].pk,
            enrolment=work[0].enrolment_id,
            nickname=work[0].enrolment.nickname,
            project=work[0].project,
            what=why,
            since=work[0].created_at,
        )
        for work in by_student.values()
        if (why := _why_waiting(work)) is not None
    ]
    return sorted(found, key=lambda one: one.since)


def _why_waiting(newest_first: Sequence[Submission]) -> Promise | None:
    newest = newest_first[0]
    if newest.state == SubmissionState.FAULT:
        return _("저희 쪽 문제로 채점하지 못했어요")
    if newest.is_pending and newest.created_at < timezone.now() - UNGRADED_AFTER:
        return _("채점을 오래 기다리고 있어요")
    last = newest_first[:REJECTED_IN_ROW]
    if len(last) == REJECTED_IN_ROW and all(one.state == SubmissionState.REJECTED for one in last):
        return _("파일이 세 번 이어서 되돌아왔어요")
    verdict = newest.verdict
    if (
        newest.kind not in RANKED
        and newest.state == SubmissionState.SCORED
        and verdict is not None
        and verdict.score < verdict.max_score / 2
    ):
        return _("확인 항목 점수가 절반에 못 미쳐요")
    return None
