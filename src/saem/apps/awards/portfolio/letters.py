"""The letter that asks a guardian, and what it calls the learner by."""

from django.urls import reverse

from saem.apps.awards.models import SharingQuestion
from saem.apps.awards.portfolio import entries, sharing
from saem.apps.notices.moments import when_of
from saem.apps.notices.services import write_to
from saem.apps.people.models import User
from saem.web.languages import reader_language


def key_of(asked: SharingQuestion) -> str:
    """What tells the letter of a question from every other one."""
    return f"sharing:{asked.pk}:asked"


def write_to_guardian(asked: SharingQuestion, token: str) -> None:
    """Write the link and the words to agree to; call inside the transaction of the question."""
    words = {"to": asked.guardian_name, "text": asked.text.text, "text_en": asked.text.text_en}
    write_to(
        asked.contact,
        "sharing.asked",
        key=key_of(asked),
        language=reader_language(),
        facts=called(asked.user) | words | {"until": when_of(asked.expires_at)},
        path=reverse("portfolio:guardian_answer", args=[token]),
    )


def called(learner: User) -> dict[str, object]:
    """Nobody has shown yet that they are the guardian, so the child goes by the nickname."""
    courses = entries.courses_of(learner)
    nickname = sharing.name_shown(entries.portfolio_of(learner), courses, with_name=False)
    return {
        "nickname": nickname,
        "institution": courses[0].classroom.cohort.institution.local_name if courses else "",
    }
