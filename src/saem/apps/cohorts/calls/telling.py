"""What applicants are told while others add to their application, and the letters to those others."""

from django.conf import settings
from django.urls import reverse

from saem.apps.cohorts.models import Application, GuardianConsent, Recommendation
from saem.apps.notices.models import Channel
from saem.apps.notices.moments import when_of
from saem.apps.notices.services import notify, write_to
from saem.web.languages import reader_language

Facts = dict[str, object]


def tell_applicant(application: Application, kind: str, *, key: str) -> None:
    """Tell the applicant once for each `key`; call inside the transaction of the act."""
    notify(
        application.person,
        kind,
        key=f"application:{application.pk}:{key}",
        facts={"call": application.call.titles, "receipt": application.receipt},
        path=reverse("calls:application", args=[application.pk]),
    )


def key_of(asked: Recommendation | GuardianConsent) -> str:
    """What tells the letter of a question from every other one."""
    return f"{'consent' if isinstance(asked, GuardianConsent) else 'recommendation'}:{asked.pk}"


def write_to_recommender(asked: Recommendation, token: str) -> None:
    """Write the link to whoever is asked; call inside the transaction of the question."""
    write_to(
        asked.email,
        "recommendation.asked",
        key=key_of(asked),
        language=reader_language(),
        facts=facts_of(asked) | {"to": asked.name},
        path=reverse("calls:recommend", args=[token]),
    )


def channel_to(contact: str) -> Channel | None:
    """How a guardian can be written to: none, where the contact is a phone and the site sends no text messages."""
    if "@" in contact:
        return Channel.EMAIL
    return Channel.SMS if settings.SMS_SENDER else None


def write_to_guardian(asked: GuardianConsent, token: str) -> None:
    """Send the link with the words to agree to, or the link alone as a text message; on the page are the words."""
    channel = channel_to(asked.contact)
    if channel is None:
        return
    is_letter = channel == Channel.EMAIL
    words = {"to": asked.guardian_name, "text": asked.text.text, "text_en": asked.text.text_en} if is_letter else {}
    write_to(
        asked.contact,
        "consent.asked" if is_letter else "consent.asked_by_phone",
        key=key_of(asked),
        language=reader_language(),
        facts=facts_of(asked) | words,
        path=reverse("calls:consent", args=[token]),
        channel=channel,
    )


def confirm_to_guardian(asked: GuardianConsent) -> None:
    """The message that confirms a consent given on the page (PIPA Enforcement Decree §17-2, the first way)."""
    assert asked.given_at is not None
    write_to(
        asked.contact,
        "consent.confirmed",
        key=f"{key_of(asked)}:confirmed",
        language=reader_language(),
        facts=facts_of(asked) | {"when": when_of(asked.given_at)},
        channel=Channel.SMS,
    )


def facts_of(asked: Recommendation | GuardianConsent) -> Facts:
    """Who applies to what, and until when an answer is waited for."""
    application = asked.application
    institution = application.call.cohort.institution
    return {
        "call": application.call.titles,
        "institution": {"ko": institution.name, "en": institution.name_en or institution.name},
        "name": application.name,
        "until": when_of(asked.expires_at) if asked.expires_at else "",
    }
