"""A guardian asked whether a child may go, or a consent that staff record: with it the place is theirs.

Who says no, or takes a consent back, frees the place; the first who waits gets it.
"""

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.calls.vouching import Guardian
from saem.apps.cohorts.guardians import asking, letters
from saem.apps.cohorts.guardians.asking import Paper, Words, words_of
from saem.apps.cohorts.queries import enrolments_of
from saem.apps.partners.models import Opportunity, OpportunityGuardian, OpportunityState, SignUp, SignUpState
from saem.apps.partners.noting import note
from saem.apps.partners.opportunities.services import locked, tell
from saem.apps.partners.opportunities.signing import end, pass_on
from saem.apps.people.models import User
from saem.errors import SaemError


def words_now(opportunity: Opportunity) -> Words:
    """What a guardian is told: what it is, where and when, what is kept of the child, and that they may refuse."""
    return words_of("partners/opportunity_guardian_text.txt", {"opportunity": opportunity})


def ask(sign_up: SignUp, guardian: Guardian) -> tuple[OpportunityGuardian, str]:
    """Ask a guardian by letter; returns the question with the key of its link.

    Raises SaemError `consent.given_already`, `opportunity.begun`.
    """
    with transaction.atomic():
        row = _held(sign_up.opportunity)
        subject, words = {"opportunity": row, "user": sign_up.user}, words_now(row)
        until = sign_up.held_until or row.starts_at
        asked, token = asking.ask(OpportunityGuardian.objects, subject, guardian, words, until=until)
        note("guardian_asked", row, by=sign_up.user, question=asked.pk)
        _write_to_guardian(asked, token)
    return asked, token


def _write_to_guardian(asked: OpportunityGuardian, token: str) -> None:
    opportunity = asked.opportunity
    host = opportunity.host
    letters.write_to_guardian(
        asked,
        token,
        kind="opportunity.guardian_asked",
        route="partners:opportunity_guardian_answer",
        facts={
            "nickname": nickname_of(asked),
            "title": {"ko": opportunity.title, "en": opportunity.title_en or opportunity.title},
            "host": {"ko": host.name, "en": host.name_en or host.name},
        },
    )


def nickname_of(question: OpportunityGuardian) -> str:
    """Nobody has shown yet that they are the guardian, so the child goes by the nickname of their newest class."""
    enrolment = enrolments_of(question.user).order_by("-pk").first()
    return enrolment.nickname if enrolment is not None else question.user.display_name


def record_consent(sign_up: SignUp, paper: Paper, *, by: User) -> OpportunityGuardian:
    """Keep a consent that came on paper or by phone. Raises SaemError `consent.given_already`, `opportunity.begun`."""
    with transaction.atomic():
        row = _held(sign_up.opportunity)
        subject = {"opportunity": row, "user": sign_up.user}
        kept = asking.record_consent(OpportunityGuardian.objects, subject, paper, words_now(row), by=by)
        note("consent_recorded", row, by=by, question=kept.pk, way=paper.way)
        _confirm(row, kept)
    return kept


def answer(question: OpportunityGuardian, *, agrees: bool) -> bool:
    """Keep a guardian's own answer; False where the question has ended, or what it was about is cancelled."""
    with transaction.atomic():
        opportunity = locked(question.opportunity)
        if opportunity.state == OpportunityState.CANCELLED or not asking.answer(question, agrees=agrees):
            return False
        note("guardian_agreed" if agrees else "guardian_declined", opportunity, by=None, question=question.pk)
        if agrees:
            _confirm(opportunity, question)
        else:
            _leave(opportunity, question, "declines")
    return True


def withdraw(question: OpportunityGuardian, *, by: User | None = None, remark: str = "") -> bool:
    """The consent is taken back: the place is free at once, the evidence stays. False where none is in force."""
    with transaction.atomic():
        opportunity = locked(question.opportunity)
        if not asking.take_back(question, by=by, remark=remark):
            return False
        note("consent_withdrawn", opportunity, by=by, question=question.pk)
        _leave(opportunity, question, "withdrawn")
    return True


def question_by(token: str) -> OpportunityGuardian | None:
    """The question that a link opens."""
    return asking.question_by(
        OpportunityGuardian.objects, token, "user", "opportunity__institution", "opportunity__host"
    )


def newest_question(sign_up: SignUp) -> OpportunityGuardian | None:
    subject = {"opportunity": sign_up.opportunity, "user": sign_up.user}
    return asking.newest_question(OpportunityGuardian.objects, subject)


def _held(opportunity: Opportunity) -> Opportunity:
    row = locked(opportunity)
    if row.starts_at <= timezone.now():
        raise SaemError("opportunity.begun", status=409)
    return row


def _confirm(opportunity: Opportunity, question: OpportunityGuardian) -> None:
    """The place that was kept is theirs; whoever waits for one goes on waiting."""
    held = opportunity.sign_ups.filter(user=question.user_id, state=SignUpState.HELD)
    has_place = bool(held.update(state=SignUpState.GOING, held_until=None))
    _tell(opportunity, question, "agrees", has_place=has_place)


def _leave(opportunity: Opportunity, question: OpportunityGuardian, outcome: str) -> None:
    if opportunity.starts_at > timezone.now() and end(opportunity, [question.user_id]):
        pass_on(opportunity)
    _tell(opportunity, question, outcome)


def _tell(opportunity: Opportunity, question: OpportunityGuardian, outcome: str, *, has_place: bool = False) -> None:
    key = f"opportunity.guardian:{question.pk}:{outcome}"
    facts = {outcome: True, "has_place": has_place}
    tell(opportunity, "opportunity.guardian", [question.user], key=key, **facts)
