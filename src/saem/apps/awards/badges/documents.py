"""Rows as the badges room of lib knows them."""

from django.urls import reverse

from saem.apps.awards.models import BadgeTemplate
from saem.apps.notices.words import address_of
from saem.apps.people.models import User
from saem.lib.credentials.badges import Achievement, Language, Recipient, Text

LANGUAGES: tuple[Language, ...] = ("ko", "en")
ACCOUNT = "systemId"


def achievement_of(template: BadgeTemplate) -> Achievement:
    """The words of a badge; their address is this very row's, so other words have another address."""
    return Achievement(
        id=address_of(reverse("awards:achievement", args=[template.pk])),
        name=Text(template.name_ko, template.name_en),
        description=Text(template.description_ko, template.description_en),
        criteria=Text(template.criteria_ko, template.criteria_en),
        kind="CertificateOfCompletion",
        image=address_of(reverse("awards:achievement_image", args=[template.pk])),
        hours=template.hours,
    )


def recipient_of(user: User) -> Recipient:
    """By e-mail, or by the account here where a pupil has none; hashed either way."""
    return Recipient(identity=user.email) if user.email else Recipient(identity=user.username, kind=ACCOUNT)


def language_of(user: User) -> Language:
    """The one that the learner reads; Korean unless they chose English."""
    return "en" if user.language == "en" else "ko"
