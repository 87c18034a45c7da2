"""Cohorts, classrooms and enrolments as one person may see them. Higher rooms build their own queries on these."""

from django.db.models import Q, QuerySet

from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.people.models import Role, Scope, User
from saem.apps.people.queries import granted_ids


def cohorts_run_by(user: User) -> QuerySet[Cohort]:
    """Cohorts whose staff `user` is, directly or through the institution."""
    return Cohort.objects.filter(
        Q(pk__in=granted_ids(user, roles=(Role.STAFF,), scope=Scope.COHORT))
        | Q(institution__in=granted_ids(user, roles=(Role.STAFF,), scope=Scope.INSTITUTION))
    )


def classrooms_taught_by(user: User) -> QuerySet[Classroom]:
    """Classrooms whose teacher `user` is, directly or through the cohort."""
    return Classroom.objects.filter(
        Q(pk__in=granted_ids(user, roles=(Role.TEACHER,), scope=Scope.CLASSROOM))
        | Q(cohort__in=granted_ids(user, roles=(Role.TEACHER,), scope=Scope.COHORT))
    )


def classrooms_seen_by(user: User) -> QuerySet[Classroom]:
    """Classrooms that `user` teaches or whose cohort `user` runs."""
    return Classroom.objects.filter(
        Q(pk__in=classrooms_taught_by(user).values("pk")) | Q(cohort__in=cohorts_run_by(user).values("pk"))
    )


def enrolments_of(user: User) -> QuerySet[Enrolment]:
    """The user's own places as a student, in classes they are in now."""
    return Enrolment.objects.present().filter(user_id=user.pk)


def enrolments_seen_by(user: User) -> QuerySet[Enrolment]:
    """Enrolments that `user` may read: their own, and those of classrooms they teach or run."""
    return Enrolment.objects.present().filter(
        Q(user_id=user.pk) | Q(classroom__in=classrooms_seen_by(user).values("pk"))
    )
