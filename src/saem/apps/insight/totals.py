"""A cohort in numbers: counted at every request while it is small, kept for a minute when it is large."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone

from saem.apps.cohorts.models import Cohort, Enrolment
from saem.apps.insight.progress import StepHead
from saem.apps.learning.models import LessonProgress
from saem.apps.projects.models import Submission, SubmissionState

ACTIVE_WITHIN = dt.timedelta(days=7)
# From this many students on, counting all their work takes longer than the rest of the page.
LARGE = 1000
RECENT = dt.timedelta(minutes=1)
KEPT_S = 3600
COUNTING_S = 30

Done = dict[tuple[str, str], int]
# (students, active, (kind, step) → how many finished it, when it was counted): plain values, as the cache keeps them.
Counted = tuple[int, int, Done, dt.datetime]


@dataclass(frozen=True)
class Totals:
    """The cohort in numbers; `done` pairs every step with how many finished it and their share in percent.

    `counted_at` is None where the numbers are of this very moment.
    """

    students: int
    active: int
    done: list[tuple[StepHead, int, int]]
    counted_at: dt.datetime | None


def totals_of(cohort: Cohort, steps: Sequence[StepHead]) -> Totals:
    """Numbers of now for a small cohort; for a large one those of the last minute, with their moment."""
    students, active, done, at = _counted(cohort)
    counts = [done.get((step.kind, step.id), 0) for step in steps]
    shares = [round(100 * count / students) if students else 0 for count in counts]
    return Totals(students, active, list(zip(steps, counts, shares, strict=True)), at if students >= LARGE else None)


def _counted(cohort: Cohort) -> Counted:
    key = f"insight:totals:{cohort.pk}:{cohort.version_id}"
    kept: Counted | None = cache.get(key)
    if kept is not None:
        is_recent = kept[-1] > timezone.now() - RECENT
        # When a minute is over one reader counts; the others are shown the last numbers meanwhile.
        if is_recent or not cache.add(f"{key}:counting", True, COUNTING_S):
            return kept
    fresh = count_now(cohort)
    if fresh[0] >= LARGE:
        cache.set(key, fresh, KEPT_S)
        cache.delete(f"{key}:counting")
    return fresh


def count_now(cohort: Cohort) -> Counted:
    """Three queries."""
    now = timezone.now()
    students = Enrolment.objects.present().filter(classroom__cohort=cohort)
    number = students.aggregate(all=Count("pk"), active=Count("pk", filter=Q(last_seen_at__gte=now - ACTIVE_WITHIN)))
    lessons = (
        LessonProgress.objects.filter(
            enrolment__classroom__cohort=cohort, enrolment__left_at=None, done_at__isnull=False
        )
        .values_list("lesson")
        .annotate(number=Count("pk"))
    )
    projects = (
        Submission.objects.filter(
            enrolment__classroom__cohort=cohort, enrolment__left_at=None, state=SubmissionState.SCORED
        )
        .values_list("project")
        .annotate(number=Count("enrolment", distinct=True))
    )
    done: Done = {("lesson", lesson): count for lesson, count in lessons}
    done |= {("project", project): count for project, count in projects}
    return number["all"], number["active"], done, now
