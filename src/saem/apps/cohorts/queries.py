"""Cohorts, classrooms and enrolments as one person may see them. Higher rooms build their own queries on these."""

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from saem.apps.catalog.models import Version
from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.people.models import Role, Scope, User
from saem.apps.people.queries import granted_ids, holders, institutions_run_by


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


def cohort_for(user: User, pk: int) -> Cohort:
    """A cohort that `user` runs; anybody else gets a 404, as if there were none."""
    return get_object_or_404(cohorts_run_by(user).select_related("version", "institution"), pk=pk)


def classroom_for(user: User, pk: int) -> Classroom:
    """A classroom that `user` teaches or runs."""
    return get_object_or_404(classrooms_seen_by(user).select_related("cohort"), pk=pk)


def classroom_run_for(user: User, pk: int) -> Classroom:
    """A classroom of a cohort that `user` runs; its teacher alone may not."""
    return get_object_or_404(Classroom.objects.filter(cohort__in=cohorts_run_by(user)).select_related("cohort"), pk=pk)


def student_for(user: User, classroom_pk: int, pk: int, *, left: bool = False) -> Enrolment:
    """A student of a classroom that `user` teaches or runs; with `left`, one who was taken out of it."""
    students = Enrolment.objects.filter(classroom__in=classrooms_seen_by(user).values("pk"), left_at__isnull=not left)
    return get_object_or_404(students.select_related("classroom__cohort", "user"), pk=pk, classroom_id=classroom_pk)


def students_in(classroom: Classroom, *, left: bool = False) -> QuerySet[Enrolment]:
    """The students of a classroom by nickname; with `left`, those taken out of it, the last one first."""
    everyone = classroom.enrolments.select_related("user")
    return (
        everyone.exclude(left_at=None).order_by("-left_at", "-pk")
        if left
        else everyone.present().order_by("nickname", "pk")
    )


def classrooms_of(cohort: Cohort) -> QuerySet[Classroom]:
    """The classrooms of a cohort, each with `student_count`."""
    present = Count("enrolments", filter=Q(enrolments__left_at=None))
    return cohort.classrooms.annotate(student_count=present).order_by("name", "pk")


def teachers_of(classrooms: list[Classroom]) -> dict[int, list[User]]:
    """The teachers of several classrooms by classroom, in one query."""
    return holders(role=Role.TEACHER, scope=Scope.CLASSROOM, scope_ids=[classroom.pk for classroom in classrooms])


def classrooms_to_move_to(user: User, enrolment: Enrolment) -> QuerySet[Classroom]:
    """Where `user` may move a student: other classrooms of the same cohort that `user` teaches or runs."""
    same_cohort = classrooms_seen_by(user).filter(cohort_id=enrolment.classroom.cohort_id)
    return same_cohort.exclude(pk=enrolment.classroom_id).order_by("name", "pk")


def classroom_by_code(code: str) -> Classroom | None:
    """The classroom with this join code (`spelling.code_of`)."""
    return Classroom.objects.filter(join_code=code).select_related("cohort").first() if code else None


def may_open_cohorts(user: User) -> bool:
    return institutions_run_by(user).exists()


def versions_to_run() -> QuerySet[Version]:
    """Published versions, the newest of each program first."""
    return Version.objects.select_related("program").order_by("program__slug", "-number")
