"""What may be done for a student: a new PIN, another nickname, another class, out of the class and back, a visit."""

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.limits import PIN_OF_STUDENT, PIN_OF_STUDENT_A_DAY, student_key
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.cohorts.pins import hash_pin, new_pin
from saem.apps.events.services import record
from saem.apps.people.limits import forget
from saem.apps.people.models import User
from saem.apps.people.services import sign_out_everywhere
from saem.errors import SaemError

VISIT_EVERY = dt.timedelta(minutes=1)


def reset_pin(enrolment: Enrolment, *, by: User) -> str:
    """Give a student a new PIN and return it, the only time anybody sees it.

    Whoever came in with the old PIN is signed out, and wrong tries are forgotten. An account with an e-mail gets no
    PIN: with it a teacher could come in as a grown-up who may do more than learn here.
    """
    if enrolment.user.email is not None:
        raise SaemError("not_allowed", status=403)
    pin = new_pin()
    pin_hash = hash_pin(pin)
    with transaction.atomic():
        enrolment.pin_hash = pin_hash
        enrolment.save(update_fields=["pin_hash"])
        sign_out_everywhere(enrolment.user)
        note("student.pin_reset", enrolment, by=by)
    for limit in (PIN_OF_STUDENT, PIN_OF_STUDENT_A_DAY):
        forget(limit, student_key(enrolment.classroom, enrolment.nickname))
    return pin


def rename_student(enrolment: Enrolment, *, by: User, nickname: str) -> bool:
    """Change a nickname; False where somebody in the class has it."""
    facts = {"before": enrolment.nickname, "after": nickname}
    try:
        with transaction.atomic():
            enrolment.nickname = nickname
            enrolment.save(update_fields=["nickname"])
            if enrolment.user.email is None:
                # A pupil has no other name than the nickname.
                enrolment.user.display_name = nickname
                enrolment.user.save(update_fields=["display_name"])
            note("student.renamed", enrolment, by=by, facts=facts)
    except IntegrityError:
        return False
    return True


def move_student(enrolment: Enrolment, *, by: User, to: Classroom) -> bool:
    """Move a student with all work to another class of the cohort; False where the nickname is taken there."""
    facts = {"from": enrolment.classroom_id, "to": to.pk}
    enrolment.classroom = to
    return save_unless_taken(enrolment, "classroom", verb="student.moved", by=by, facts=facts)


def remove_student(enrolment: Enrolment, *, by: User) -> None:
    """Take a student out of the class: gone from every page and signed out, with all work kept."""
    with transaction.atomic():
        enrolment.left_at = timezone.now()
        enrolment.save(update_fields=["left_at"])
        if enrolment.user.email is None:
            sign_out_everywhere(enrolment.user)
        note("student.removed", enrolment, by=by)


def restore_student(enrolment: Enrolment, *, by: User) -> bool:
    """Take a student back into the class; False where somebody has the nickname by now."""
    enrolment.left_at = None
    return save_unless_taken(enrolment, "left_at", verb="student.restored", by=by, facts={})


def note_visit(enrolment: Enrolment) -> None:
    """When the student was last here, to the minute: a page of ten cells does not write ten times."""
    now = timezone.now()
    if enrolment.last_seen_at is None or enrolment.last_seen_at < now - VISIT_EVERY:
        Enrolment.objects.filter(pk=enrolment.pk).update(last_seen_at=now)


def save_unless_taken(enrolment: Enrolment, field: str, *, verb: str, by: User, facts: Mapping[str, object]) -> bool:
    """Save one field with its event; False where that would make a nickname or a person twice in a class."""
    try:
        with transaction.atomic():
            enrolment.save(update_fields=[field])
            note(verb, enrolment, by=by, facts=facts)
            facts_changed([enrolment.pk], by=by)
    except IntegrityError:
        return False
    return True


def note(verb: str, enrolment: Enrolment, *, by: User, facts: Mapping[str, object] | None = None) -> None:
    """Append an event about a student."""
    record(
        verb,
        actor=by,
        object_kind="enrolment",
        object_id=enrolment.pk,
        cohort_id=enrolment.classroom.cohort_id,
        facts=facts,
    )
