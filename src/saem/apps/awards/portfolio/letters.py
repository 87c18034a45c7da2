"""The letter that asks a guardian, and what it calls the learner by."""

from saem.apps.awards.models import SharingGuardian
from saem.apps.awards.portfolio import entries, sharing
from saem.apps.cohorts.guardians import letters
from saem.apps.people.models import User

LETTER = "sharing.asked"


def key_of(asked: SharingGuardian) -> str:
    """What tells the letter of a question from every other one."""
    return letters.key_of(asked, LETTER)


def write_to_guardian(asked: SharingGuardian, token: str) -> None:
    """Call inside the transaction of the question."""
    letters.write_to_guardian(asked, token, kind=LETTER, route="portfolio:guardian_answer", facts=called(asked.user))


def called(learner: User) -> dict[str, object]:
    """Nobody has shown yet that they are the guardian, so the child goes by the nickname."""
    courses = entries.courses_of(learner)
    nickname = sharing.name_shown(entries.portfolio_of(learner), courses, with_name=False)
    return {
        "nickname": nickname,
        "institution": courses[0].classroom.cohort.institution.local_name if courses else "",
    }
