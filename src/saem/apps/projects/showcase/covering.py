"""Whether each person's part may be shown: 14 or older, or covered by a guardian's consent (PIPA §22-2)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max

from saem.apps.cohorts.guardians.asking import ages_of, refused
from saem.apps.cohorts.models import GuardianConsent
from saem.apps.projects.models import Showcase, ShowcaseGuardian, ShowcaseVoice

# A consent is bound to what its words name (PIPA §15, §22): one to an application covers this only where they say so.
NAMED_IN_CONSENT = "전시"


@dataclass(frozen=True, kw_only=True)
class Cover:
    """One voice: whether it needs a guardian, what it rests on, and whether the age is only what they said."""

    voice: ShowcaseVoice
    is_child: bool
    is_age_known: bool
    # The guardian said no, or not any more: only a guardian's yes helps now.
    is_refused: bool = False
    guardian: ShowcaseGuardian | None = None
    application_consent: GuardianConsent | None = None

    @property
    def is_covered(self) -> bool:
        return not self.is_child or self.guardian is not None or self.application_consent is not None

    @property
    def is_ready(self) -> bool:
        """Allows it, and may."""
        return self.voice.allows is True and self.is_covered


def covers_of(showcase: Showcase, voices: Iterable[ShowcaseVoice]) -> list[Cover]:
    """Each voice with what it rests on, in six queries."""
    rows = list(voices)
    users = [voice.enrolment.user_id for voice in rows]
    no = refused(ShowcaseGuardian.objects.filter(showcase=showcase), "enrolment")
    ages = ages_of((voice.enrolment.user_id, voice.is_of_age and voice.enrolment_id not in no) for voice in rows)
    given, elsewhere = _given(showcase), _given_elsewhere(showcase, users)
    found = []
    for voice in rows:
        age = ages[voice.enrolment.user_id]
        cover = Cover(
            voice=voice,
            is_child=age.is_child,
            is_age_known=age.is_known,
            is_refused=voice.enrolment_id in no,
            guardian=given.get(voice.enrolment_id) if age.is_child else None,
            application_consent=elsewhere.get(voice.enrolment.user_id) if age.is_child else None,
        )
        found.append(cover)
    return found


def _given(showcase: Showcase) -> dict[int, ShowcaseGuardian]:
    in_force = ShowcaseGuardian.objects.filter(showcase=showcase, given_on__isnull=False, withdrawn_at=None)
    return {each.enrolment_id: each for each in in_force}


def _given_elsewhere(showcase: Showcase, users: list[int]) -> dict[int, GuardianConsent]:
    """Consents to an application whose words name the showcase, unless a guardian has said no to this one since."""
    said_no = dict(
        ShowcaseGuardian.objects.filter(showcase=showcase, withdrawn_at__isnull=False)
        .values_list("enrolment__user")
        .annotate(at=Max("withdrawn_at"))
    )
    consents = GuardianConsent.objects.filter(
        application__applicant__in=users,
        given_at__isnull=False,
        withdrawn_at=None,
        text__text__contains=NAMED_IN_CONSENT,
    )
    return {
        each.application.person.pk: each
        for each in consents.select_related("application__applicant")
        if each.given_at is not None
        and not ((no := said_no.get(each.application.person.pk)) is not None and no >= each.given_at)
    }


def applications_needed(applications: Collection[int]) -> set[int]:
    """Those whose guardian's consent is what a public page shows a child's part by, for `cohorts.retention`."""
    shown = ShowcaseVoice.objects.filter(
        version__in=Showcase.objects.public().values("public"), application_consent__application__in=applications
    )
    return set(shown.values_list("application_consent__application", flat=True))
