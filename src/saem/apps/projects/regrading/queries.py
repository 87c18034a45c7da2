"""Regrades as staff and students may see them."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from saem.apps.cohorts.models import Cohort, Enrolment
from saem.apps.people.models import User
from saem.apps.projects.models import OPEN_REGRADES, Regrade, RegradeItem, RegradeItemState, Submission, Verdict
from saem.apps.projects.queries import cohort_run_by

NOTICED_FOR = dt.timedelta(days=14)
NOTICES_SHOWN = 10


def regrade_for(user: User, pk: int, project: str, regrade: int) -> Regrade:
    """A regrade of a cohort whose staff `user` is."""
    found = regrades_of(cohort_run_by(user, pk), project).filter(pk=regrade).first()
    if found is None:
        raise Http404
    return found


def regrades_of(cohort: Cohort, project: str) -> QuerySet[Regrade]:
    """All regrades of a project, the newest first."""
    mine = Regrade.objects.filter(cohort=cohort, project=project)
    return mine.select_related("version", "before", "started_by").order_by("-pk")


def open_regrade(cohort: Cohort, project: str) -> Regrade | None:
    return regrades_of(cohort, project).filter(state__in=OPEN_REGRADES).first()


def notices_of(enrolment: Enrolment, project: str) -> Sequence[RegradeItem]:
    """What the newest regrade of the last days changed of a student's submissions to a project; one query."""
    changed = RegradeItem.objects.filter(
        submission__enrolment=enrolment,
        submission__project=project,
        state=RegradeItemState.APPLIED,
        is_changed=True,
        regrade__applied_at__gte=timezone.now() - NOTICED_FOR,
    )
    items = list(
        changed.select_related("regrade", "submission")
        .defer("report", "checks")
        .order_by("-regrade_id", "-submission__created_at")[:NOTICES_SHOWN]
    )
    return [item for item in items if item.regrade_id == items[0].regrade_id]


def notice_of(submission: Submission) -> RegradeItem | None:
    """What the regrade that made the newest verdict changed of this submission."""
    if submission.verdict is None or submission.verdict.regrade_id is None:
        return None
    items = submission.regrade_items.filter(regrade=submission.verdict.regrade_id, is_changed=True)
    return items.select_related("regrade").defer("report", "checks").first()


def verdicts_of(submission: Submission) -> list[Verdict]:
    """The history of verdicts, the newest first; empty while there has been no regrade."""
    if submission.verdict is None or submission.verdict.regrade_id is None:
        return []
    known = submission.verdicts.only("status", "score", "max_score", "metrics", "created_at", "submission")
    return list(known.order_by("-pk"))
