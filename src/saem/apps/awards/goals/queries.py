"""Goals and their badges as staff may see them."""

from collections import Counter

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from saem.apps.awards.models import BadgeTemplate, Batch, Earning, Goal, GoalItem, ItemState
from saem.apps.cohorts.models import Cohort
from saem.apps.cohorts.queries import cohorts_run_by
from saem.apps.people.models import User

WITH_COHORT = ("cohort__version__program", "cohort__institution")


def goals_of(cohort: Cohort) -> QuerySet[Goal]:
    """Open ones first, each with its words (`newest`), how many hold its badge and how many fell below."""
    words = BadgeTemplate.objects.order_by("number")
    return (
        Goal.objects.filter(cohort=cohort)
        .select_related(*WITH_COHORT)
        .prefetch_related(Prefetch("templates", words))
        .annotate(
            held=Count("earnings", filter=Q(earnings__ended_at=None)),
            fell=Count("earnings", filter=Q(earnings__ended_at=None, earnings__fell_at__isnull=False)),
        )
        .order_by(F("closed_at").asc(nulls_first=True), "pk")
    )


def goal_run_for(user: User, cohort: int, pk: int) -> Goal:
    found = Goal.objects.filter(cohort__in=cohorts_run_by(user), cohort=cohort).select_related(*WITH_COHORT)
    return get_object_or_404(found, pk=pk)


def holders_of(goal: Goal) -> QuerySet[Earning]:
    """Who was given the badge: those whose result fell first, then the newest; those it was taken back from last."""
    found = Earning.objects.filter(goal=goal).select_related("enrolment__classroom", "badge__revoked_by")
    return found.order_by(F("ended_at").asc(nulls_first=True), F("fell_at").asc(nulls_last=True), "-earned_at", "-pk")


def batches_for(goal: Goal) -> QuerySet[Batch]:
    """The newest first, each with how many it is for, how many are made and how many failed."""
    item = "parts__goal_items"
    return (
        Batch.objects.filter(for_goal__goal=goal)
        .select_related("asked_by")
        .annotate(
            total=Count(item),
            made=Count(item, filter=Q(parts__goal_items__state=ItemState.MADE)),
            failed=Count(item, filter=Q(parts__goal_items__state=ItemState.FAILED)),
        )
        .order_by("-asked_at", "-pk")
    )


def states_in(batch: Batch) -> Counter[str]:
    return Counter(GoalItem.objects.filter(part__batch=batch).values_list("state", flat=True))


def failed_in(batch: Batch) -> QuerySet[GoalItem]:
    found = GoalItem.objects.filter(part__batch=batch, state=ItemState.FAILED)
    return found.select_related("enrolment__classroom").order_by("enrolment__nickname", "pk")
