"""Badges as one person, or anybody, may see them."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from saem.apps.awards.models import Badge, BadgeTemplate, Endorsement, StatusList
from saem.apps.cohorts.queries import cohorts_run_by
from saem.apps.people.models import Institution, User

WITH_ALL = (
    *("key", "template__cohort__institution", "template__goal", "status_list", "holder"),
    *("completion", "earning"),
)


def own_badges(user: User) -> QuerySet[Badge]:
    """The learner's own, from classes that they have left, too."""
    found = Badge.objects.filter(holder=user.pk)
    return found.select_related(*WITH_ALL).order_by("-issued_at", "-pk")


def public_badge(pk: UUID) -> Badge:
    """Whoever knows the address of a badge may see it: it names nobody."""
    return get_object_or_404(Badge.objects.select_related(*WITH_ALL), pk=pk)


def badge_run_for(user: User, pk: UUID) -> Badge:
    found = Badge.objects.filter(template__cohort__in=cohorts_run_by(user))
    return get_object_or_404(found.select_related("completion", "earning__enrolment", "template__cohort"), pk=pk)


def public_template(pk: int) -> BadgeTemplate:
    return get_object_or_404(BadgeTemplate.objects.select_related("cohort__institution", "goal"), pk=pk)


def public_list(pk: int) -> StatusList:
    return get_object_or_404(StatusList.objects.select_related("institution", "key"), pk=pk)


def public_endorsement(pk: int) -> Endorsement:
    return get_object_or_404(Endorsement.objects.select_related("institution"), pk=pk)


def endorsements_of(template: BadgeTemplate, language: str) -> list[Endorsement]:
    found = template.endorsements.filter(language=language, key__compromised_at=None)
    return list(found.select_related("institution").order_by("pk"))


def templates_to_endorse(institution: Institution) -> QuerySet[BadgeTemplate]:
    """The badges of the partners: of cohorts whose program belongs to an agreement that this institution signed."""
    found = BadgeTemplate.objects.filter(cohort__version__program__agreement__institutions=institution)
    return found.exclude(cohort__institution=institution).select_related("cohort__institution", "goal").order_by("-pk")


def template_to_endorse(institution: Institution, pk: int) -> BadgeTemplate:
    return get_object_or_404(templates_to_endorse(institution), pk=pk)


def badges_of(completion_id: int) -> list[Badge]:
    found = Badge.objects.filter(completion=completion_id).select_related("template", "completion", "revoked_by")
    return list(found.order_by("-issued_at"))
