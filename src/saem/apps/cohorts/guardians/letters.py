"""The letter that asks a guardian: sent by a job, once, with a link that nobody keeps in the clear."""

from collections.abc import Mapping

from django.urls import reverse

from saem.apps.cohorts.models import GuardianQuestion
from saem.apps.notices.moments import when_of
from saem.apps.notices.services import write_to
from saem.web.languages import reader_language


def key_of(asked: GuardianQuestion, kind: str) -> str:
    """What tells the letter of a question from every other one."""
    return f"{kind}:{asked.pk}"


def write_to_guardian(
    asked: GuardianQuestion, token: str, *, kind: str, route: str, facts: Mapping[str, object]
) -> None:
    """Write the link and the words to agree to; call inside the transaction of the question."""
    words = {"to": asked.guardian_name, "text": asked.text, "text_en": asked.text_en}
    write_to(
        asked.contact,
        kind,
        key=key_of(asked, kind),
        language=reader_language(),
        facts={**facts, **words, "until": when_of(asked.expires_at) if asked.expires_at else ""},
        path=reverse(route, args=[token]),
    )
