"""Completions and certificates as one person may see them."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from saem.apps.awards.models import Badge, BadgeTemplate, Batch, BatchItem, Certificate, ItemState
from saem.apps.cohorts.models import Cohort, Completion
from saem.apps.cohorts.queries import cohorts_run_by
from saem.apps.people.models import User


def completions_in(cohort: Cohort) -> QuerySet[Completion]:
    return Completion.objects.filter(enrolment__classroom__cohort=cohort)


def valid_in(cohort: Cohort) -> QuerySet[Completion]:
    return completions_in(cohort).filter(withdrawn_at=None)


def with_awards(completions: QuerySet[Completion]) -> QuerySet[Completion]:
    """Completions with `has_certificate`, `has_badge` and `is_waiting`, looked up in the same query."""
    certificates = Certificate.objects.unrevoked().filter(completion=OuterRef("pk"))
    badges = Badge.objects.filter(completion=OuterRef("pk"), revoked_at=None)
    waiting = BatchItem.objects.filter(completion=OuterRef("pk"), state=ItemState.WAITING)
    return completions.annotate(
        has_certificate=Exists(certificates), has_badge=Exists(badges), is_waiting=Exists(waiting)
    )


def lacking(completions: QuerySet[Completion], *, badge: bool) -> QuerySet[Completion]:
    """Valid completions that still lack something and do not wait for it already."""
    needed = Q(has_certificate=False) | (Q(has_badge=False) if badge else Q())
    found = with_awards(completions).filter(needed, withdrawn_at=None)
    return found.exclude(pk__in=BatchItem.objects.filter(state=ItemState.WAITING).values("completion"))


def newest_template(cohort: Cohort) -> BadgeTemplate | None:
    """What is given with the certificate; the badges of goals have words of their own."""
    return BadgeTemplate.objects.filter(cohort=cohort, goal=None).order_by("-number").first()


def completion_run_for(user: User, pk: int) -> Completion:
    """A completion, withdrawn ones too, of a cohort that `user` runs."""
    found = Completion.objects.filter(enrolment__classroom__cohort__in=cohorts_run_by(user))
    return get_object_or_404(found.select_related("enrolment__classroom__cohort", "institution"), pk=pk)


def certificates_of(completion: Completion) -> list[Certificate]:
    """All issues, the newest first."""
    found = Certificate.objects.filter(completion=completion)
    return list(
        found.select_related("completion", "successor", "replaces", "issued_by", "revoked_by").order_by("-issue")
    )


def certificate_run_for(user: User, pk: int) -> Certificate:
    found = Certificate.objects.filter(completion__enrolment__classroom__cohort__in=cohorts_run_by(user))
    return get_object_or_404(found.select_related("completion__enrolment__classroom", "successor"), pk=pk)


def own_certificates(user: User) -> QuerySet[Certificate]:
    """The learner's own, from classes that they have left, too."""
    found = Certificate.objects.filter(completion__enrolment__user_id=user.pk)
    return found.select_related("completion", "successor").order_by("-issued_at", "-pk")


def own_certificate_for(user: User, pk: int) -> Certificate:
    return get_object_or_404(own_certificates(user), pk=pk)


def readable_certificate_for(user: User, pk: int) -> Certificate:
    """The holder's own, or one of a cohort that `user` runs."""
    seen = Q(completion__enrolment__user_id=user.pk) | Q(
        completion__enrolment__classroom__cohort__in=cohorts_run_by(user)
    )
    return get_object_or_404(Certificate.objects.filter(seen).select_related("completion", "successor"), pk=pk)


def certificate_by(code: str) -> Certificate | None:
    """What a stranger looks up."""
    found = Certificate.objects.select_related("completion__institution", "successor", "replaces")
    return found.filter(code=code).first() if code else None


def certificate_with_file(sha256: str) -> Certificate | None:
    found = Certificate.objects.select_related("completion__institution", "successor", "replaces")
    return found.filter(files__sha256=sha256).first()


def batches_of(cohort: Cohort) -> QuerySet[Batch]:
    """Batches with how many they are for, how many are made and how many failed, the newest first."""
    item = "parts__items"
    return (
        Batch.objects.filter(cohort=cohort, for_goal=None)
        .select_related("asked_by")
        .annotate(
            total=Count(item),
            made=Count(item, filter=Q(parts__items__state=ItemState.MADE)),
            failed=Count(item, filter=Q(parts__items__state=ItemState.FAILED)),
        )
        .order_by("-asked_at", "-pk")
    )


@dataclass(frozen=True)
class Progress:
    """How many people a batch is for, and what became of them."""

    total: int
    made: int
    failed: int

    @property
    def done(self) -> int:
        return self.made + self.failed

    @property
    def is_waiting(self) -> bool:
        return self.done < self.total


def progress_of(batch: Batch) -> Progress:
    return progress_in(Counter(BatchItem.objects.filter(part__batch=batch).values_list("state", flat=True)))


def progress_in(states: Counter[str]) -> Progress:
    return Progress(states.total(), states[ItemState.MADE], states[ItemState.FAILED])


def failed_of(batch: Batch) -> QuerySet[BatchItem]:
    found = BatchItem.objects.filter(part__batch=batch, state=ItemState.FAILED)
    return found.select_related("completion__enrolment__classroom").order_by("completion__name", "pk")
