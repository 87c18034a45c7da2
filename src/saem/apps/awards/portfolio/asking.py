"""A guardian asked by mail: the question, the answer as evidence, and the consent taken back by the same link."""

import datetime as dt
import hashlib

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from saem.apps.awards.models import SharingConsent, SharingQuestion, SharingText
from saem.apps.awards.portfolio.guardians import consent_in_force, has_consent, withdraw_consent
from saem.apps.awards.portfolio.letters import write_to_guardian
from saem.apps.cohorts.calls.links import hash_of, new_secret
from saem.apps.cohorts.calls.vouching import Guardian
from saem.apps.cohorts.models import ConsentWay
from saem.apps.events.services import record
from saem.apps.notices.services import notify
from saem.apps.people.models import User
from saem.errors import SaemError

ANSWERED_WITHIN = dt.timedelta(days=14)


def text_now() -> SharingText:
    """The words that a guardian is asked to agree to now, kept by their hash; the same words are the same row."""
    korean, english = words_in("ko"), words_in("en")
    digest = hashlib.sha256(f"{korean}\0{english}".encode()).hexdigest()
    return SharingText.objects.get_or_create(sha256=digest, defaults={"text": korean, "text_en": english})[0]


def words_in(language: str) -> str:
    """What PIPA §22-2 wants a guardian to be told: what is seen, by whom, until when, and that they may refuse."""
    with translation.override(language):
        return render_to_string("portfolio/guardian_text.txt").strip()


def ask(learner: User, guardian: Guardian) -> tuple[SharingQuestion, str]:
    """Ask a guardian by letter; returns the question with the key of its link. An older open question ends.

    Raises SaemError `consent.given_already`.
    """
    secret, now = new_secret(), timezone.now()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=learner.pk)
        if has_consent(learner.pk):
            raise SaemError("consent.given_already", status=409)
        older = SharingQuestion.objects.filter(user=learner, declined_at=None, closed_at=None, consent=None)
        older.update(closed_at=now)
        asked = SharingQuestion.objects.create(
            user=learner,
            guardian_name=guardian.name,
            relation=guardian.relation,
            contact=guardian.contact,
            token_sha256=secret.sha256,
            text=text_now(),
            asked_at=now,
            mailed_at=now,
            expires_at=now + ANSWERED_WITHIN,
        )
        note("portfolio.guardian_asked", asked, by=learner)
        write_to_guardian(asked, secret.token)
    return asked, secret.token


def question_by(token: str) -> SharingQuestion | None:
    """The question that a link opens; the account of its learner must be open."""
    found = SharingQuestion.objects.select_related("user", "text", "consent")
    return found.filter(token_sha256=hash_of(token), user__is_active=True).first()


def newest_question(learner: User) -> SharingQuestion | None:
    found = SharingQuestion.objects.filter(user=learner.pk).select_related("consent")
    return found.order_by("-asked_at", "-pk").first()


def answer(question: SharingQuestion, *, agrees: bool) -> bool:
    """Keep a guardian's own answer, with the words and the address; False where the question has ended."""
    with transaction.atomic():
        row = locked(question)
        if not row.is_open:
            return False
        if agrees:
            row.consent = consent_in_force(row.user) or consent_of(row)
        else:
            row.declined_at = timezone.now()
        row.save(update_fields=["consent", "declined_at"])
        note("portfolio.guardian_agreed" if agrees else "portfolio.guardian_declined", row, by=None)
        tell(row, "agrees" if agrees else "declines")
    return True


def consent_of(question: SharingQuestion) -> SharingConsent:
    """The evidence: who, to which words, when, by which address and way (PIPA Enforcement Decree §17-2)."""
    return SharingConsent.objects.create(
        user=question.user,
        guardian_name=question.guardian_name,
        way=ConsentWay.EMAIL_REPLY,
        given_on=timezone.localdate(),
        contact=question.contact,
        text=question.text,
    )


def withdraw(question: SharingQuestion) -> bool:
    """The guardian takes the consent back: every link closes at once. False where none is in force."""
    with transaction.atomic():
        row = locked(question)
        if row.consent is None or not withdraw_consent(row.user, by=None):
            return False
        tell(row, "withdrawn")
    return True


def locked(question: SharingQuestion) -> SharingQuestion:
    """The row as it is now; whoever acts for the same learner waits."""
    User.objects.select_for_update().get(pk=question.user_id)
    return SharingQuestion.objects.select_related("user", "text", "consent").get(pk=question.pk)


def tell(question: SharingQuestion, outcome: str) -> None:
    key, facts = f"sharing:{question.pk}:{outcome}", {outcome: True}
    notify(question.user, "sharing.answered", key=key, facts=facts, path=reverse("portfolio:links"))


def note(verb: str, question: SharingQuestion, *, by: User | None) -> None:
    """Neither the key nor the address goes into the record; the text's hash does."""
    facts = {"question": question.pk, "text": question.text.sha256}
    record(verb, actor=by, object_kind="user", object_id=question.user_id, facts=facts)
