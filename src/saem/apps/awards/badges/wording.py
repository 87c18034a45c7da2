"""What badges say and who stands by it: words that never change, and the partners' endorsements of them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.awards.badges.documents import LANGUAGES, achievement_of
from saem.apps.awards.issuers.rings import issuer_of
from saem.apps.awards.issuers.services import Signer, signer_for
from saem.apps.awards.models import BadgeTemplate, Endorsement, Goal
from saem.apps.cohorts.models import Cohort
from saem.apps.events.services import record
from saem.apps.notices.words import address_of
from saem.apps.people.models import Institution, User
from saem.errors import SaemError
from saem.lib.credentials import badges as lib


def set_template(cohort: Cohort, *, by: User, words: Mapping[str, Any], goal: Goal | None = None) -> BadgeTemplate:
    """The words of the badges given from now on, of the cohort's own or of a goal's; the same again change nothing."""
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        templates = BadgeTemplate.objects.filter(cohort=cohort).order_by("-number")
        newest, last = templates.filter(goal=goal).first(), templates.first()
        if newest is not None and all(getattr(newest, name) == value for name, value in words.items()):
            return newest
        number = last.number + 1 if last else 1
        made = BadgeTemplate.objects.create(cohort=cohort, goal=goal, number=number, created_by=by, **words)
        record("badge.worded", actor=by, object_kind="badge_template", object_id=made.pk, cohort_id=cohort.pk)
    return made


def endorse(template: BadgeTemplate, *, institution: Institution, by: User, comment: str) -> None:
    """A partner stands by a badge, in both languages. Raises SaemError where it already does."""
    signer = signer_for(institution)
    with transaction.atomic():
        BadgeTemplate.objects.select_for_update().get(pk=template.pk)
        if Endorsement.objects.filter(template=template, institution=institution).exists():
            raise SaemError("badge.endorsed_already", status=409)
        for language in LANGUAGES:
            endorse_in(language, template, signer, institution, by=by, comment=comment)
        record(
            "badge.endorsed",
            actor=by,
            object_kind="badge_template",
            object_id=template.pk,
            cohort_id=template.cohort_id,
            facts={"institution": institution.pk, "comment": comment},
        )


def endorse_in(
    language: lib.Language, template: BadgeTemplate, signer: Signer, institution: Institution, *, by: User, comment: str
) -> None:
    """One endorsement is for the words of one language."""
    row = Endorsement.objects.create(
        template=template, institution=institution, language=language, key=signer.row, credential={}, made_by=by
    )
    row.credential = lib.endorse(
        achievement_of(template),
        id=address_of(reverse("awards:endorsement", args=[row.pk])),
        endorser=issuer_of(institution),
        key=signer.key,
        at=timezone.now(),
        comment=comment,
        language=language,
    )
    row.save(update_fields=["credential"])
