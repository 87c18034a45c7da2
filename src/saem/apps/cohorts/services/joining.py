"""A pupil comes into a class by code, nickname and PIN, or with an account of their own."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.utils import timezone

from saem.apps.cohorts import limits
from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.cohorts.pins import hash_pin, is_easy, pin_matches
from saem.apps.cohorts.services.students import note
from saem.apps.people.limits import refund, spend
from saem.apps.people.models import User
from saem.apps.people.services import create_account


class EntryStatus(StrEnum):
    JOINED = "joined"  # a new student of the class
    BACK = "back"  # a student who was here before
    UNKNOWN = "unknown"  # nobody has this nickname: is it somebody new, or a slip?
    WRONG_PIN = "wrong_pin"
    EASY_PIN = "easy_pin"  # a new PIN that a classmate would guess
    CLOSED = "closed"  # no new students; says the same for an unknown nickname and a wrong PIN
    REMOVED = "removed"  # a teacher took this account out of the class
    TAKEN = "taken"  # the nickname belongs to somebody else
    LIMITED = "limited"


@dataclass(frozen=True)
class Entry:
    """How coming in ended; with the enrolment where it worked."""

    status: EntryStatus
    enrolment: Enrolment | None = None


def come_in(classroom: Classroom, *, nickname: str, pin: str, is_new: bool, address: str, language: str = "") -> Entry:
    """Let a returning pupil in, or a new one who says so, under the limits on guessing."""
    student = limits.student_key(classroom, nickname)
    guesses = (
        (limits.PIN_FROM_ADDRESS, address),
        (limits.PIN_OF_STUDENT, student),
        (limits.PIN_OF_STUDENT_A_DAY, student),
    )
    if not all(spend(limit, subject) for limit, subject in guesses):
        return Entry(EntryStatus.LIMITED)
    entry = recognise(classroom, nickname=nickname, pin=pin)
    if entry.status is EntryStatus.UNKNOWN and is_new:
        entry = start(classroom, nickname=nickname, pin=pin, address=address, language=language)
    if entry.status not in {EntryStatus.WRONG_PIN, EntryStatus.CLOSED}:
        for limit, subject in guesses:
            refund(limit, subject)
    return entry


def recognise(classroom: Classroom, *, nickname: str, pin: str) -> Entry:
    """Look for a returning pupil; the PIN is compared even where there is nobody, which takes as long."""
    found = classroom.enrolments.present().named(nickname).select_related("user").first()
    matches = pin_matches(pin, found.pin_hash if found else "")
    # An account with an e-mail never opens by PIN: it may hold roles that four digits must not guard.
    if found is not None and matches and found.user.is_active and found.user.email is None:
        with transaction.atomic():
            found.last_seen_at = timezone.now()
            found.save(update_fields=["last_seen_at"])
            note("student.came_back", found, by=found.user)
        return Entry(EntryStatus.BACK, found)
    if not classroom.join_open:
        return Entry(EntryStatus.CLOSED)
    return Entry(EntryStatus.WRONG_PIN if found else EntryStatus.UNKNOWN)


def start(classroom: Classroom, *, nickname: str, pin: str, address: str, language: str) -> Entry:
    """Make a new student of the class."""
    if is_easy(pin):
        return Entry(EntryStatus.EASY_PIN)
    if not spend(limits.NEW_IN_CLASS, classroom.pk) or not spend(limits.NEW_FROM_ADDRESS, address):
        return Entry(EntryStatus.LIMITED)
    pin_hash = hash_pin(pin)
    try:
        with transaction.atomic():
            user = create_account(display_name=nickname, language=language)
            enrolment = enrol(classroom, user=user, nickname=nickname, pin_hash=pin_hash)
    except IntegrityError:
        # Somebody took the nickname a moment ago: a classmate, or the first press of the same button.
        return recognise(classroom, nickname=nickname, pin=pin)
    return Entry(EntryStatus.JOINED, enrolment)


def join_with_account(classroom: Classroom, *, user: User, nickname: str) -> Entry:
    """Make a signed-in person with an e-mail a student of the class; no PIN, the account is the key."""
    mine = classroom.enrolments.filter(user=user).first()
    if mine is not None:
        return Entry(EntryStatus.BACK, mine) if mine.left_at is None else Entry(EntryStatus.REMOVED)
    if not classroom.join_open:
        return Entry(EntryStatus.CLOSED)
    try:
        with transaction.atomic():
            enrolment = enrol(classroom, user=user, nickname=nickname)
    except IntegrityError:
        # The nickname is taken, or this is the second press of the button.
        mine = classroom.enrolments.present().filter(user=user).first()
        return Entry(EntryStatus.BACK, mine) if mine else Entry(EntryStatus.TAKEN)
    return Entry(EntryStatus.JOINED, enrolment)


def enrol(classroom: Classroom, *, user: User, nickname: str, pin_hash: str = "") -> Enrolment:
    """Add one student with the event; call inside a transaction."""
    enrolment = Enrolment.objects.create(
        classroom=classroom, user=user, nickname=nickname, pin_hash=pin_hash, last_seen_at=timezone.now()
    )
    note("student.joined", enrolment, by=user)
    facts_changed([enrolment.pk])
    return enrolment
