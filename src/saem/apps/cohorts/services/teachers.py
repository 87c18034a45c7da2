"""Invites teachers to a classroom, and takes them out of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.models import Classroom
from saem.apps.cohorts.services.classes import note
from saem.apps.notices.models import DeliveryState
from saem.apps.notices.queries import newest_states
from saem.apps.notices.services import notify
from saem.apps.people import services as people
from saem.apps.people.models import Grant, Role, Scope, User

INVITED = "teacher.invited"
ON_ITS_WAY = (DeliveryState.WAITING, DeliveryState.SENDING)
NOT_ARRIVED = (DeliveryState.FAILED, DeliveryState.UNSURE)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Who was invited, and what had become of the letter before this one.

    `may_be_handed_over`: the link by which a new account sets its password may also be shown to whoever invited,
    because this classroom's cohort is all the account leads to. Else a member of staff elsewhere could take over an
    account somebody else made.
    """

    user: User
    has_missed_a_letter: bool
    may_be_handed_over: bool


def invite_teacher(classroom: Classroom, *, by: User, email: str, name: str, language: str = "") -> Invitation:
    """Make a person the teacher of a classroom, with a new account where there is none, and write to them.

    Again changes no role, and writes again only where no letter is on its way.
    """
    with transaction.atomic():
        user, is_new = people.account_by_email(email, display_name=name, language=language)
        # Two presses of the button queue here, and the second finds the letter of the first.
        User.objects.select_for_update().get(pk=user.pk)
        held = Grant.objects.filter(user=user, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=classroom.pk)
        if not held.exists():
            people.grant(user, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=classroom.pk)
            note("teacher.invited", classroom, by=by, user=user.pk, new_account=is_new)
        before = letters_of(classroom, [user]).get(user.pk)
        if before not in ON_ITS_WAY:
            write_to_teacher(user, classroom, by=by)
    return Invitation(
        user=user,
        has_missed_a_letter=before in NOT_ARRIVED,
        may_be_handed_over=not user.has_usable_password() and not leads_elsewhere(user, classroom),
    )


def write_to_teacher(user: User, classroom: Classroom, *, by: User) -> None:
    """The invitation. For an account without a password the letter brings the link that sets one (ADR 20)."""
    cohort = classroom.cohort
    notify(
        user,
        INVITED,
        key=f"classroom:{classroom.pk}:invited:{timezone.now().isoformat()}",
        facts={
            "teacher": user.display_name,
            "by": by.display_name,
            "classroom": classroom.name,
            "cohort": cohort.titles,
        },
        path=path_of(classroom),
    )


def path_of(classroom: Classroom) -> str:
    return reverse("cohorts:students", args=[classroom.pk])


def letters_of(classroom: Classroom, teachers: Iterable[User]) -> dict[int, str]:
    """What became of the last invitation of each teacher, by account."""
    return newest_states(INVITED, path_of(classroom), [user.pk for user in teachers])


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
