"""A guardian asked by mail whether a child's portfolio may be shown, or a consent that staff record; and taken back."""

from django.db import transaction
from django.urls import reverse

from saem.apps.awards.models import SharingGuardian
from saem.apps.awards.portfolio.gate import has_consent
from saem.apps.awards.portfolio.letters import write_to_guardian
from saem.apps.cohorts.calls.vouching import Guardian
from saem.apps.cohorts.guardians import asking
from saem.apps.cohorts.guardians.asking import Paper, Words, words_of
from saem.apps.events.services import record
from saem.apps.notices.services import notify
from saem.apps.people.models import User
from saem.errors import SaemError


def words_now() -> Words:
    """What PIPA §22-2 wants a guardian to be told: what is seen, by whom, until when, and that they may refuse."""
    return words_of("portfolio/guardian_text.txt")


def ask(learner: User, guardian: Guardian) -> tuple[SharingGuardian, str]:
    """Ask a guardian by letter; returns the question with the key of its link.

    Raises SaemError `consent.given_already`.
    """
    with transaction.atomic():
        held = _held(learner)
        if has_consent(held.pk):
            raise SaemError("consent.given_already", status=409)
        asked, token = asking.ask(SharingGuardian.objects, {"user": held}, guardian, words_now())
        _note("guardian_asked", asked, by=held)
        write_to_guardian(asked, token)
    return asked, token


def record_consent(learner: User, paper: Paper, *, by: User) -> SharingGuardian:
    """Keep a consent that came on paper, by phone or otherwise. Raises SaemError `consent.given_already`."""
    with transaction.atomic():
        held = _held(learner)
        kept = asking.record_consent(SharingGuardian.objects, {"user": held}, paper, words_now(), by=by)
        _note("consent_recorded", kept, by=by, way=paper.way)
    return kept


def question_by(token: str) -> SharingGuardian | None:
    """The question that a link opens; the account of its learner must be open."""
    found = asking.question_by(SharingGuardian.objects, token, "user")
    return found if found is not None and found.user.is_active else None


def newest_question(learner: User) -> SharingGuardian | None:
    return asking.newest_question(SharingGuardian.objects, {"user": learner})


def consent_in_force(learner: User) -> SharingGuardian | None:
    found = SharingGuardian.objects.filter(user=learner.pk, given_on__isnull=False, withdrawn_at=None)
    return found.select_related("recorded_by").first()


def answer(question: SharingGuardian, *, agrees: bool) -> bool:
    """Keep a guardian's own answer; False where the question has ended."""
    with transaction.atomic():
        _held(question.user)
        if not asking.answer(question, agrees=agrees):
            return False
        _note("guardian_agreed" if agrees else "guardian_declined", question, by=None)
        _tell(question, "agrees" if agrees else "declines")
    return True


def withdraw(question: SharingGuardian, *, by: User | None = None, remark: str = "") -> bool:
    """The consent is taken back: every link closes at once, the evidence stays. False where none is in force."""
    with transaction.atomic():
        _held(question.user)
        if not asking.take_back(question, by=by, remark=remark):
            return False
        _note("consent_withdrawn", question, by=by)
        _tell(question, "withdrawn")
    return True


def _held(learner: User) -> User:
    """The learner's row as it is now; whoever acts for the same learner waits."""
    return User.objects.select_for_update().get(pk=learner.pk)


def _tell(question: SharingGuardian, outcome: str) -> None:
    key, facts = f"sharing:{question.pk}:{outcome}", {outcome: True}
    notify(question.user, "sharing.answered", key=key, facts=facts, path=reverse("portfolio:links"))


def _note(verb: str, question: SharingGuardian, *, by: User | None, **facts: object) -> None:
    """Neither the key nor the address goes into the record."""
    told = {"question": question.pk, **facts}
    record(f"portfolio.{verb}", actor=by, object_kind="user", object_id=question.user_id, facts=told)
