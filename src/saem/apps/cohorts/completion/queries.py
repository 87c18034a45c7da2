"""Completion as one person may see it."""

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from saem.apps.cohorts.models import Cohort, Completion, Enrolment, RecordChange, StandingOutcome
from saem.apps.cohorts.queries import cohorts_run_by, enrolments_seen_by
from saem.apps.people.models import User
from saem.lib.completion import Chance

WITH_ALL = ("user", "standing__rules", "trainee", "classroom__cohort__institution", "classroom__cohort__version")


def people_of(cohort: Cohort) -> QuerySet[Enrolment]:
    """Everybody who is in the cohort now, by class and nickname."""
    people = Enrolment.objects.present().filter(classroom__cohort=cohort)
    return people.select_related("user", "classroom", "standing", "trainee").order_by(
        "classroom__name", "nickname", "pk"
    )


def awaiting_lists() -> Q:
    """People of whom `Standing.awaits_lists` is true."""
    lost = Q(standing__outcome=StandingOutcome.NO_LONGER_POSSIBLE) & ~Q(standing__chance=Chance.NO.value)
    at_risk = Q(standing__is_at_risk=True) & ~Q(standing__chance=Chance.AT_RISK.value)
    return lost | at_risk


def out_of_reach() -> Q:
    return Q(standing__outcome=StandingOutcome.NO_LONGER_POSSIBLE, standing__chance=Chance.NO.value)


def at_risk() -> Q:
    return Q(standing__is_at_risk=True, standing__chance=Chance.AT_RISK.value)


def narrowed(people: QuerySet[Enrolment], show: str) -> QuerySet[Enrolment]:
    """Those with an outcome, those at risk, those whose lists are waited for, or with "" all of them."""
    narrower = {
        "at_risk": at_risk(),
        "awaits_lists": awaiting_lists(),
        StandingOutcome.NO_LONGER_POSSIBLE.value: out_of_reach(),
    }
    if show in narrower:
        return people.filter(narrower[show])
    if show == "undesignated":
        return people.filter(standing__outcome=StandingOutcome.COMPLETED).exclude(
            pk__in=Completion.objects.filter(withdrawn_at=None).values("enrolment")
        )
    return people.filter(standing__outcome=show) if show in StandingOutcome.values else people


def counts_of(cohort: Cohort) -> dict[str, int]:
    people = Enrolment.objects.present().filter(classroom__cohort=cohort)
    return people.aggregate(
        everybody=Count("pk"),
        completed=Count("pk", filter=Q(standing__outcome=StandingOutcome.COMPLETED)),
        at_risk=Count("pk", filter=at_risk()),
        awaiting=Count("pk", filter=awaiting_lists()),
        out_of_reach=Count("pk", filter=out_of_reach()),
    )


def enrolment_run_for(user: User, cohort_pk: int, pk: int) -> Enrolment:
    """A person of a cohort that `user` runs, also one who left it: their record stays."""
    found = Enrolment.objects.filter(classroom__cohort__in=cohorts_run_by(user).values("pk"))
    return get_object_or_404(found.select_related(*WITH_ALL), pk=pk, classroom__cohort=cohort_pk)


def enrolment_seen_by(user: User, pk: int) -> Enrolment:
    """One's own place, or that of a student whom one teaches or whose cohort one runs."""
    return get_object_or_404(enrolments_seen_by(user).select_related(*WITH_ALL), pk=pk)


def completions_of(enrolment: Enrolment) -> QuerySet[Completion]:
    """The valid one first, then those taken back, the last one first."""
    return enrolment.completions.select_related("withdrawn_by").order_by("-withdrawn_at", "-pk")


def valid_completion(enrolment: Enrolment) -> Completion | None:
    return enrolment.completions.filter(withdrawn_at=None).first()


def numbers_in(people: list[Enrolment]) -> dict[int, str]:
    """The number of each valid completion, by enrolment."""
    valid = Completion.objects.filter(enrolment__in=people, withdrawn_at=None)
    return dict(valid.values_list("enrolment_id", "number"))


def changes_of(enrolment: Enrolment) -> QuerySet[RecordChange]:
    return enrolment.record_changes.select_related("changed_by").order_by("-changed_at", "-pk")
