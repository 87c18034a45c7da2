"""Invites teachers to a classroom, and takes them out of it."""

from dataclasses import dataclass

from django.db import transaction

from saem.apps.cohorts.models import Classroom
from saem.apps.cohorts.services.classes import note
from saem.apps.people import services as people
from saem.apps.people.models import Grant, Role, Scope, User


@dataclass(frozen=True)
class Invitation:
    """Who was invited. `sets_password`: the account has never had a password, so a link to set one goes with it.

    `may_be_handed_over`: that link may also be shown to whoever invited, because this classroom's cohort is all
    the account leads to. Else a member of staff elsewhere could take over an account somebody else made.
    """

    user: User
    sets_password: bool
    may_be_handed_over: bool


def invite_teacher(classroom: Classroom, *, by: User, email: str, name: str, language: str = "") -> Invitation:
    """Make a person the teacher of a classroom, with a new account where there is none; twice changes nothing."""
    with transaction.atomic():
        user, is_new = people.account_by_email(email, display_name=name, language=language)
        held = Grant.objects.filter(user=user, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=classroom.pk)
        if not held.exists():
            people.grant(user, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=classroom.pk)
            note("teacher.invited", classroom, by=by, user=user.pk, new_account=is_new)
    sets_password = not user.has_usable_password()
    return Invitation(user, sets_password, sets_password and not leads_elsewhere(user, classroom))


def leads_elsewhere(user: User, classroom: Classroom) -> bool:
    """Whether the account opens anything outside the classroom's cohort."""
    siblings = Classroom.objects.filter(cohort_id=classroom.cohort_id).values("pk")
    elsewhere = Grant.objects.filter(user=user).exclude(scope=Scope.CLASSROOM, scope_id__in=siblings)
    return user.is_superuser or elsewhere.exists() or user.enrolments.exists()


def remove_teacher(classroom: Classroom, teacher: User, *, by: User) -> None:
    """Take a teacher out of a classroom; the account and everything else it may do stay."""
    with transaction.atomic():
        people.revoke(teacher, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=classroom.pk)
        note("teacher.removed", classroom, by=by, user=teacher.pk)
