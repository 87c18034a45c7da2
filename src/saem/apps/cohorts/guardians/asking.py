"""A guardian asked by mail, a consent that staff record, the answer, and taking it back.

Each act is called inside the transaction that holds what it is about: of two at once, one waits.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Manager, Model, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from saem.apps.cohorts.births import birth_dates_of
from saem.apps.cohorts.calls.ages import needs_guardian
from saem.apps.cohorts.calls.links import hash_of, new_secret
from saem.apps.cohorts.calls.vouching import Guardian
from saem.apps.cohorts.models import ConsentWay, GuardianQuestion
from saem.apps.people.models import User
from saem.errors import SaemError

ANSWERED_WITHIN = dt.timedelta(days=14)
Q = TypeVar("Q", bound=GuardianQuestion)


@dataclass(frozen=True)
class Words:
    """What a guardian is asked to agree to, in both languages."""

    ko: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A consent that came on paper, by phone or otherwise, as staff record it."""

    guardian_name: str
    way: ConsentWay
    given_on: dt.date
    remark: str = ""


def words_of(template: str, context: Mapping[str, object] | None = None) -> Words:
    """The words of a template, as both kinds of readers read them."""
    return Words(_rendered(template, context, "ko"), _rendered(template, context, "en"))


def _rendered(template: str, context: Mapping[str, object] | None, language: str) -> str:
    with translation.override(language):
        return render_to_string(template, dict(context or {})).strip()


def ask(
    questions: Manager[Q],
    subject: Mapping[str, Model],
    guardian: Guardian,
    words: Words,
    *,
    until: dt.datetime | None = None,
) -> tuple[Q, str]:
    """Ask a guardian; returns the question with the key of its link, known only now. An older open question ends.

    Raises SaemError `consent.given_already`.
    """
    secret, now = new_secret(), timezone.now()
    _make_room(questions, subject)
    asked = questions.create(
        **subject,
        guardian_name=guardian.name,
        relation=guardian.relation,
        contact=guardian.contact,
        token_sha256=secret.sha256,
        text=words.ko,
        text_en=words.en,
        asked_at=now,
        mailed_at=now,
        expires_at=min(now + ANSWERED_WITHIN, until) if until is not None else now + ANSWERED_WITHIN,
    )
    return asked, secret.token


def record_consent(questions: Manager[Q], subject: Mapping[str, Model], paper: Paper, words: Words, *, by: User) -> Q:
    """Keep a consent as evidence. Raises SaemError `consent.given_already`."""
    _make_room(questions, subject)
    return questions.create(
        **subject,
        guardian_name=paper.guardian_name,
        text=words.ko,
        text_en=words.en,
        way=paper.way,
        given_on=paper.given_on,
        note=paper.remark,
        recorded_by=by,
    )


def _make_room(questions: Manager[Q], subject: Mapping[str, Model]) -> None:
    """Nobody is asked twice at a time, and nobody who has agreed."""
    rows = questions.filter(**subject)
    if rows.filter(given_on__isnull=False, withdrawn_at=None).exists():
        raise SaemError("consent.given_already", status=409)
    rows.filter(given_on=None, declined_at=None, closed_at=None).update(closed_at=timezone.now())


def question_by(questions: Manager[Q], token: str, *related: str) -> Q | None:
    """The question that a link opens, with what is loaded beside it."""
    return questions.select_related(*related).filter(token_sha256=hash_of(token)).first()


def newest_question(questions: Manager[Q], subject: Mapping[str, Model]) -> Q | None:
    return questions.filter(**subject).order_by("-asked_at", "-pk").first()


ENDED = ("declined_at", "withdrawn_at")
STANDING = ("given_on", "declined_at", "closed_at", "withdrawn_at")


def answer(question: GuardianQuestion, *, agrees: bool) -> bool:
    """Keep a guardian's own answer; False where the question has ended."""
    question.refresh_from_db(fields=STANDING)
    if not question.is_open:
        return False
    if agrees:
        question.way, question.given_on = ConsentWay.EMAIL_REPLY, timezone.localdate()
    else:
        question.declined_at = timezone.now()
    question.save(update_fields=["way", "given_on", "declined_at"])
    return True


def take_back(question: GuardianQuestion, *, by: User | None, remark: str = "") -> bool:
    """Note that the guardian took the consent back; the evidence stays. False where none is in force.

    `by`: who recorded it, or nobody where the guardian used the link.
    """
    question.refresh_from_db(fields=STANDING)
    if not question.is_in_force:
        return False
    question.withdrawn_at, question.withdrawn_by, question.withdrawn_note = timezone.now(), by, remark
    question.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_note"])
    return True


def refused(questions: QuerySet[Q], child: str) -> set[int]:
    """Children, by the field `child`, whose guardian answered last with a no, or took a yes back.

    From then on their own word that they are 14 or older counts no more: nobody goes round a guardian who was asked.
    """
    answered = questions.exclude(given_on=None, declined_at=None).order_by("asked_at", "pk")
    last = {key: declined or withdrawn for key, declined, withdrawn in answered.values_list(child, *ENDED)}
    return {key for key, no in last.items() if no is not None}


@dataclass(frozen=True)
class Age:
    """Whether the law asks for a guardian (PIPA §22-2), and whether a birth date says so or only their own word."""

    is_child: bool
    is_known: bool


def ages_of(said: Iterable[tuple[int, bool]]) -> dict[int, Age]:
    """Of people with what they say, "14 or older" or not: a birth date that is held here counts before any word.

    Where nobody knows the date, their own word is taken; without it they count as a child.
    """
    words = dict(said)
    births, today = birth_dates_of(list(words)), timezone.localdate()
    return {
        user: Age(needs_guardian(births[user], today), is_known=True)
        if user in births
        else Age(not word, is_known=False)
        for user, word in words.items()
    }
