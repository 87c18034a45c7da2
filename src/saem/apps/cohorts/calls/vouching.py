"""What others add: a recommendation by link, and a guardian's consent kept as evidence."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from saem.apps.cohorts.calls.applying import locked, note
from saem.apps.cohorts.calls.documents import inspect, store
from saem.apps.cohorts.calls.links import new_secret
from saem.apps.cohorts.calls.telling import (
    channel_to,
    confirm_to_guardian,
    tell_applicant,
    write_to_guardian,
    write_to_recommender,
)
from saem.apps.cohorts.models import (
    EVIDENCE,
    Application,
    ApplicationState,
    Call,
    ConsentText,
    ConsentWay,
    GuardianConsent,
    Recommendation,
    RecommendationState,
)
from saem.apps.notices.models import Channel
from saem.apps.people.models import User
from saem.errors import SaemError


@dataclass(frozen=True)
class Recommender:
    name: str
    email: str
    role: str


@dataclass(frozen=True)
class Guardian:
    """All that may be taken from a child before the guardian has agreed: a name and how to reach them."""

    name: str
    contact: str
    relation: str


def ask_recommender(application: Application, recommender: Recommender, *, by: User) -> tuple[Recommendation, str]:
    """Ask somebody for a recommendation, by letter; returns it with the link's key, which is known only now.

    Somebody asked before who has not answered is asked no more: the old link ends.
    """
    secret = new_secret()
    with transaction.atomic():
        row = locked(application)
        refuse_if_over(row)
        if row.recommendations.filter(state=RecommendationState.GIVEN).exists():
            raise SaemError("recommendation.given_already", status=409)
        row.recommendations.filter(state=RecommendationState.ASKED).update(state=RecommendationState.EXPIRED)
        asked = Recommendation.objects.create(
            application=row,
            token_sha256=secret.sha256,
            name=recommender.name,
            email=recommender.email,
            role=recommender.role,
            expires_at=row.call.followup_until,
        )
        note("recommendation.asked", row, by=by)
        write_to_recommender(asked, secret.token)
    return asked, secret.token


def refuse_if_over(row: Application) -> None:
    if row.state == ApplicationState.WITHDRAWN:
        raise SaemError("application.withdrawn", status=409)
    if row.call.followup_until <= timezone.now():
        raise SaemError("call.followup_over", status=409)


def answer_recommendation(recommendation: Recommendation, *, statement: str, is_recommended: bool) -> bool:
    """Keep what the recommender said; False where it was answered or ended in the meantime."""
    state = RecommendationState.GIVEN if is_recommended else RecommendationState.DECLINED
    with transaction.atomic():
        row = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
        if row.state_now is not RecommendationState.ASKED:
            return False
        row.state, row.answers, row.answered_at = state, {"statement": statement}, timezone.now()
        row.save(update_fields=["state", "answers", "answered_at"])
        note(f"recommendation.{state}", recommendation.application, by=None)
        tell_applicant(recommendation.application, "recommendation.answered", key=f"recommendation:{row.pk}")
    return True


def consent_text_of(call: Call) -> ConsentText:
    """The words a guardian is asked to agree to now, kept by their hash; the same words are the same row."""
    korean, english = call.guardian_text or default_consent_text(call, "ko"), call.guardian_text_en
    english = english or ("" if call.guardian_text else default_consent_text(call, "en"))
    digest = hashlib.sha256(f"{korean}\0{english}".encode()).hexdigest()
    return ConsentText.objects.get_or_create(call=call, sha256=digest, defaults={"text": korean, "text_en": english})[0]


def default_consent_text(call: Call, language: str) -> str:
    """What PIPA §22-2 wants a guardian to be told, in words made of the call's own facts."""
    with translation.override(language):
        return render_to_string("calls/guardian_text.txt", {"call": call}).strip()


def ask_guardian(application: Application, guardian: Guardian, *, by: User) -> tuple[GuardianConsent, str]:
    """Ask a guardian, by letter or, where the site sends them, by text message; a phone number alone means paper.

    Returns the question with the key of its link. An older open question ends.
    """
    secret = new_secret()
    with transaction.atomic():
        row = locked(application)
        refuse_if_over(row)
        refuse_if_consented(row)
        row.consents.filter(given_at=None, declined_at=None).delete()
        asked = GuardianConsent.objects.create(
            application=row,
            guardian_name=guardian.name,
            contact=guardian.contact,
            relation=guardian.relation,
            token_sha256=secret.sha256,
            expires_at=row.call.followup_until,
            text=consent_text_of(row.call),
            mailed_at=timezone.now() if channel_to(guardian.contact) else None,
        )
        note("consent.asked", row, by=by)
        write_to_guardian(asked, secret.token)
    return asked, secret.token


def refuse_if_consented(row: Application) -> None:
    if row.consents.filter(given_at__isnull=False, withdrawn_at=None).exists():
        raise SaemError("consent.given_already", status=409)


def answer_consent(consent: GuardianConsent, *, agrees: bool) -> bool:
    """Keep a guardian's own answer through the mailed link; False where the question has ended."""
    now = timezone.now()
    with transaction.atomic():
        row = GuardianConsent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
        is_open = (
            row.given_at is None and row.declined_at is None and row.expires_at is not None and row.expires_at > now
        )
        if not is_open:
            return False
        if agrees:
            row.way, row.given_at, row.recorded_at = way_through_link(row), now, now
        else:
            row.declined_at = now
        row.save()
        note("consent.given" if agrees else "consent.declined", consent.application, by=None, way=row.way)
        tell_applicant(consent.application, "consent.answered", key=f"consent:{row.pk}")
        if row.way == ConsentWay.WEB_SMS:
            confirm_to_guardian(row)
    return True


def way_through_link(consent: GuardianConsent) -> ConsentWay:
    """How a guardian who opened the link has agreed: by the letter's answer, or on the page, confirmed by a message."""
    return ConsentWay.WEB_SMS if channel_to(consent.contact) == Channel.SMS else ConsentWay.EMAIL_REPLY


def take_back_consent(consent: GuardianConsent) -> bool:
    """A guardian takes the consent back by the link of the question; False where it is not in force."""
    with transaction.atomic():
        row = locked(consent.application)
        gone = row.consents.filter(pk=consent.pk, given_at__isnull=False, withdrawn_at=None)
        if not gone.update(withdrawn_at=timezone.now()):
            return False
        note("consent.withdrawn", row, by=None)
        tell_applicant(row, "consent.answered", key=f"consent:{consent.pk}:withdrawn")
    return True


@dataclass(frozen=True)
class Evidence:
    """What staff recorded of a consent that came on paper, by mail or by phone."""

    way: ConsentWay
    guardian: Guardian
    given_at: dt.datetime
    note: str
    file: tuple[str, bytes] | None


def record_consent(application: Application, evidence: Evidence, *, by: User) -> GuardianConsent:
    """Record a consent as evidence: the way, the words, the moment, who recorded it, and a scan if there is one."""
    file = (*inspect(*evidence.file), evidence.file[1]) if evidence.file else None
    try:
        with transaction.atomic():
            row = locked(application)
            refuse_if_consented(row)
            asked = row.consents.filter(given_at=None, declined_at=None).first()
            consent = asked or GuardianConsent(application=row, text=consent_text_of(row.call))
            consent.guardian_name, consent.contact = evidence.guardian.name, evidence.guardian.contact
            consent.relation, consent.way, consent.note = evidence.guardian.relation, evidence.way, evidence.note
            consent.given_at, consent.recorded_at, consent.recorded_by = evidence.given_at, timezone.now(), by
            if file is not None:
                row.documents.filter(field_id=EVIDENCE, replaced_at=None).update(replaced_at=timezone.now())
                consent.evidence = store(row, field_id=EVIDENCE, name=file[1], kind=file[0], data=file[2])
            consent.save()
            note("consent.recorded", row, by=by, way=consent.way, text=consent.text.sha256)
            tell_applicant(row, "consent.answered", key=f"consent:{consent.pk}")
    except IntegrityError as twice:
        raise SaemError("consent.given_already", status=409) from twice
    return consent


def withdraw_consent(application: Application, *, by: User) -> bool:
    """Note that the guardian took the consent back; the evidence stays. False where none was in force."""
    with transaction.atomic():
        row = locked(application)
        in_force = Q(given_at__isnull=False, withdrawn_at=None)
        gone = row.consents.filter(in_force).update(withdrawn_at=timezone.now())
        if gone:
            note("consent.withdrawn", row, by=by)
    return bool(gone)


def renew_recommendation_link(recommendation: Recommendation, *, by: User) -> str:
    """A new key for a question that is still open, for staff to hand over; the old link ends."""
    secret = new_secret()
    with transaction.atomic():
        row = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
        if row.state_now is not RecommendationState.ASKED:
            raise SaemError("recommendation.ended", status=409)
        row.token_sha256 = secret.sha256
        row.save(update_fields=["token_sha256"])
        note("recommendation.link_renewed", recommendation.application, by=by)
    return secret.token
