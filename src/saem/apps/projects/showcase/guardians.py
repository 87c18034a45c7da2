"""A guardian asked by mail whether a child's work may be shown, or a consent that staff record; and taken back."""

from django.db import transaction

from saem.apps.cohorts.calls.vouching import Guardian
from saem.apps.cohorts.guardians import asking
from saem.apps.cohorts.guardians.asking import Paper, Words, words_of
from saem.apps.cohorts.models import Enrolment
from saem.apps.people.models import User
from saem.apps.projects.models import Showcase, ShowcaseGuardian, ShowcaseStatus, TakenDown
from saem.apps.projects.showcase.answering import tell_if_all_allow
from saem.apps.projects.showcase.holding import held
from saem.apps.projects.showcase.noting import note
from saem.apps.projects.showcase.publishing import take_down_held
from saem.apps.projects.showcase.queries import newest_version
from saem.apps.projects.showcase.telling import tell_guardian_answered, write_to_guardian


def words_now() -> Words:
    """What PIPA §22-2 wants a guardian to be told: what is seen, by whom, until when, and that they may refuse."""
    return words_of("projects/showcase/guardian_text.txt")


def ask(showcase: Showcase, enrolment: Enrolment, guardian: Guardian) -> tuple[ShowcaseGuardian, str]:
    """Ask a guardian by letter; returns the question with the key of its link.

    Raises SaemError `consent.given_already`.
    """
    with transaction.atomic():
        row = held(showcase.team)
        subject = {"showcase": row, "enrolment": enrolment}
        asked, token = asking.ask(ShowcaseGuardian.objects, subject, guardian, words_now())
        note("showcase.guardian_asked", row, by=enrolment.user, question=asked.pk)
        write_to_guardian(asked, token)
    return asked, token


def record_consent(showcase: Showcase, enrolment: Enrolment, paper: Paper, *, by: User) -> ShowcaseGuardian:
    """Keep a consent that came on paper, by phone or otherwise. Raises SaemError `consent.given_already`."""
    with transaction.atomic():
        row = held(showcase.team)
        subject = {"showcase": row, "enrolment": enrolment}
        kept = asking.record_consent(ShowcaseGuardian.objects, subject, paper, words_now(), by=by)
        note("showcase.consent_recorded", row, by=by, question=kept.pk, way=paper.way)
        _look_again(row)
    return kept


def question_by(token: str) -> ShowcaseGuardian | None:
    """The question that a link opens."""
    beside = ("enrolment__user", "showcase__public", "showcase__team__classroom__cohort__institution")
    return asking.question_by(ShowcaseGuardian.objects, token, *beside)


def newest_question(showcase: Showcase, enrolment: Enrolment) -> ShowcaseGuardian | None:
    return asking.newest_question(ShowcaseGuardian.objects, {"showcase": showcase, "enrolment": enrolment})


def answer(question: ShowcaseGuardian, *, agrees: bool) -> bool:
    """Keep a guardian's own answer; False where the question has ended."""
    with transaction.atomic():
        showcase = held(question.showcase.team)
        if not asking.answer(question, agrees=agrees):
            return False
        note(
            "showcase.guardian_agreed" if agrees else "showcase.guardian_declined",
            showcase,
            by=None,
            question=question.pk,
        )
        if not agrees:
            _hide(showcase, question)
        tell_guardian_answered(question, "agrees" if agrees else "declines")
        _look_again(showcase)
    return True


def withdraw(question: ShowcaseGuardian, *, by: User | None = None, remark: str = "") -> bool:
    """The consent is taken back: the page is gone at once, the evidence stays. False where none is in force."""
    with transaction.atomic():
        showcase = held(question.showcase.team)
        if not asking.take_back(question, by=by, remark=remark):
            return False
        note("showcase.consent_withdrawn", showcase, by=by, question=question.pk)
        _hide(showcase, question)
        tell_guardian_answered(question, "withdrawn")
    return True


def _hide(showcase: Showcase, question: ShowcaseGuardian) -> None:
    """Nobody sees a work that this child has a part in, also where it rested on the child's own word until now."""
    if showcase.public is not None and showcase.public.voices.filter(enrolment=question.enrolment_id).exists():
        take_down_held(showcase, TakenDown.GUARDIAN)


def _look_again(showcase: Showcase) -> None:
    """A consent may have been the last that was missing."""
    version = newest_version(showcase)
    if showcase.status == ShowcaseStatus.WAITING and version is not None:
        tell_if_all_allow(showcase, version)
