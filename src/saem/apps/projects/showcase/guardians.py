"""A guardian asked by mail whether a child's work may be shown, or a consent that staff record; and taken back."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from saem.apps.cohorts.calls.links import hash_of, new_secret
from saem.apps.cohorts.calls.vouching import Guardian
from saem.apps.cohorts.models import ConsentWay, Enrolment
from saem.apps.people.models import User
from saem.apps.projects.models import Showcase, ShowcaseGuardian, ShowcaseStatus, TakenDown
from saem.apps.projects.showcase.answering import tell_if_all_allow
from saem.apps.projects.showcase.holding import held
from saem.apps.projects.showcase.noting import note
from saem.apps.projects.showcase.publishing import take_down_held
from saem.apps.projects.showcase.queries import newest_version
from saem.apps.projects.showcase.telling import tell_guardian_answered, write_to_guardian
from saem.errors import SaemError

ANSWERED_WITHIN = dt.timedelta(days=14)


def words_in(language: str) -> str:
    """What PIPA §22-2 wants a guardian to be told: what is seen, by whom, until when, and that they may refuse."""
    with translation.override(language):
        return render_to_string("projects/showcase/guardian_text.txt").strip()


def ask(showcase: Showcase, enrolment: Enrolment, guardian: Guardian) -> tuple[ShowcaseGuardian, str]:
    """Ask a guardian by letter; returns the question with the key of its link. An older open question ends.

    Raises SaemError `consent.given_already`.
    """
    secret, now = new_secret(), timezone.now()
    with transaction.atomic():
        row = held(showcase.team)
        _refuse_second(row, enrolment)
        _open(row, enrolment).update(closed_at=now)
        asked = ShowcaseGuardian.objects.create(
            showcase=row,
            enrolment=enrolment,
            guardian_name=guardian.name,
            relation=guardian.relation,
            contact=guardian.contact,
            token_sha256=secret.sha256,
            text=words_in("ko"),
            text_en=words_in("en"),
            asked_at=now,
            mailed_at=now,
            expires_at=now + ANSWERED_WITHIN,
        )
        note("showcase.guardian_asked", row, by=enrolment.user, question=asked.pk)
        write_to_guardian(asked, secret.token)
    return asked, secret.token


def record_consent(
    showcase: Showcase,
    enrolment: Enrolment,
    *,
    guardian_name: str,
    way: ConsentWay,
    given_on: dt.date,
    remark: str,
    by: User,
) -> ShowcaseGuardian:
    """Keep a consent that came on paper, by phone or otherwise. Raises SaemError `consent.given_already`."""
    with transaction.atomic():
        row = held(showcase.team)
        _refuse_second(row, enrolment)
        _open(row, enrolment).update(closed_at=timezone.now())
        kept = ShowcaseGuardian.objects.create(
            showcase=row,
            enrolment=enrolment,
            guardian_name=guardian_name,
            text=words_in("ko"),
            text_en=words_in("en"),
            way=way,
            given_on=given_on,
            note=remark,
            recorded_by=by,
        )
        note("showcase.consent_recorded", row, by=by, question=kept.pk, way=way)
        _look_again(row)
    return kept


def question_by(token: str) -> ShowcaseGuardian | None:
    """The question that a link opens."""
    found = ShowcaseGuardian.objects.select_related(
        "enrolment__user", "showcase__public", "showcase__team__classroom__cohort__institution"
    )
    return found.filter(token_sha256=hash_of(token)).first()


def newest_question(showcase: Showcase, enrolment: Enrolment) -> ShowcaseGuardian | None:
    found = ShowcaseGuardian.objects.filter(showcase=showcase, enrolment=enrolment)
    return found.order_by("-asked_at", "-pk").first()


def answer(question: ShowcaseGuardian, *, agrees: bool) -> bool:
    """Keep a guardian's own answer; False where the question has ended."""
    with transaction.atomic():
        showcase = held(question.showcase.team)
        row = ShowcaseGuardian.objects.get(pk=question.pk)
        if not row.is_open:
            return False
        if agrees:
            _refuse_second(showcase, row.enrolment)
            row.way, row.given_on = ConsentWay.EMAIL_REPLY, timezone.localdate()
        else:
            row.declined_at = timezone.now()
        row.save(update_fields=["way", "given_on", "declined_at"])
        note("showcase.guardian_agreed" if agrees else "showcase.guardian_declined", showcase, by=None, question=row.pk)
        tell_guardian_answered(row, "agrees" if agrees else "declines")
        _look_again(showcase)
    return True


def withdraw(question: ShowcaseGuardian, *, by: User | None = None) -> bool:
    """The consent is taken back: the page is gone at once, the evidence stays. False where none is in force."""
    with transaction.atomic():
        showcase = held(question.showcase.team)
        in_force = ShowcaseGuardian.objects.filter(pk=question.pk, given_on__isnull=False, withdrawn_at=None)
        if not in_force.update(withdrawn_at=timezone.now()):
            return False
        note("showcase.consent_withdrawn", showcase, by=by, question=question.pk)
        if showcase.public is not None and showcase.public.voices.filter(guardian=question).exists():
            take_down_held(showcase, TakenDown.GUARDIAN)
        tell_guardian_answered(question, "withdrawn")
    return True


def _look_again(showcase: Showcase) -> None:
    """A consent may have been the last that was missing."""
    version = newest_version(showcase)
    if showcase.status == ShowcaseStatus.WAITING and version is not None:
        tell_if_all_allow(showcase, version)


def _open(showcase: Showcase, enrolment: Enrolment) -> QuerySet[ShowcaseGuardian]:
    return ShowcaseGuardian.objects.filter(
        showcase=showcase, enrolment=enrolment, given_on=None, declined_at=None, closed_at=None
    )


def _refuse_second(showcase: Showcase, enrolment: Enrolment) -> None:
    given = ShowcaseGuardian.objects.filter(showcase=showcase, enrolment=enrolment, given_on__isnull=False)
    if given.filter(withdrawn_at=None).exists():
        raise SaemError("consent.given_already", status=409)
