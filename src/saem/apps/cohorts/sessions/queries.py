"""Sessions, presences and participants, as one person may see them; what completion decides on, in bulk."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone

from saem.apps.cohorts.models import AttendanceMark, Classroom, Cohort, Crossing, Enrolment, Session
from saem.apps.cohorts.queries import classrooms_seen_by, classrooms_taught_by, cohorts_run_by, enrolments_of
from saem.apps.people.models import User
from saem.lib.completion import Crossing as Crossed
from saem.lib.completion import Presence, Way
from saem.lib.completion import Session as Planned

# A session stays in reach of the phone's code a while before and after.
NEAR = dt.timedelta(hours=1)


def sessions_seen_by(user: User) -> QuerySet[Session]:
    """Sessions whose attendance `user` keeps: of classes taught or run, and of whole cohorts with such a class."""
    seen = classrooms_seen_by(user)
    return Session.objects.filter(
        Q(classroom__in=seen.values("pk"))
        | Q(classroom=None, cohort__in=cohorts_run_by(user).values("pk"))
        | Q(classroom=None, cohort__in=classrooms_taught_by(user).values("cohort"))
    )


def session_for(user: User, pk: int) -> Session:
    """A session whose attendance `user` keeps; anybody else gets a 404, as if there were none."""
    return get_object_or_404(sessions_seen_by(user).select_related("cohort", "classroom"), pk=pk)


def session_planned_for(user: User, pk: int) -> Session:
    """A session that `user` may change: of a class taught or run; one of the whole cohort only for its staff."""
    planned = Session.objects.filter(
        Q(classroom__in=classrooms_seen_by(user).values("pk")) | Q(cohort__in=cohorts_run_by(user).values("pk"))
    )
    return get_object_or_404(planned.select_related("cohort", "classroom"), pk=pk)


def audience_of(session: Session) -> QuerySet[Enrolment]:
    """Everybody who is expected: the present students of the class, or of every class of the cohort."""
    people = Enrolment.objects.present()
    if session.classroom_id is not None:
        return people.filter(classroom_id=session.classroom_id)
    return people.filter(classroom__cohort_id=session.cohort_id)


def people_on_list(user: User, session: Session) -> QuerySet[Enrolment]:
    """Those of the audience whom `user` teaches or runs, by class and nickname."""
    people = audience_of(session).filter(classroom__in=classrooms_seen_by(user).values("pk"))
    return people.select_related("classroom", "user").order_by("classroom__name", "nickname", "pk")


def places_in(user: User, session: Session) -> QuerySet[Enrolment]:
    """The user's own places among those who are expected."""
    return audience_of(session).filter(user_id=user.pk).order_by("-last_seen_at", "-pk")


def sessions_of_cohort(cohort: Cohort) -> QuerySet[Session]:
    return cohort.sessions.select_related("classroom").order_by("starts_at", "pk")


def sessions_of_class(classroom: Classroom) -> QuerySet[Session]:
    """The timetable of a class: its own sessions and those of the whole cohort."""
    return (
        Session.objects.filter(cohort_id=classroom.cohort_id)
        .filter(Q(classroom=None) | Q(classroom=classroom))
        .select_related("classroom", "cohort")
        .order_by("starts_at", "pk")
    )


def own_sessions(user: User) -> QuerySet[Session]:
    """The timetable of a participant, over all of their classes."""
    places = enrolments_of(user)
    return (
        Session.objects.filter(
            Q(classroom__in=places.values("classroom"))
            | Q(classroom=None, cohort__in=places.values("classroom__cohort"))
        )
        .select_related("cohort", "classroom")
        .order_by("starts_at", "pk")
    )


def sessions_near(user: User, now: dt.datetime) -> QuerySet[Session]:
    """The user's own sessions in which somebody may check in or out about now."""
    return own_sessions(user).filter(starts_at__lte=now + NEAR, ends_at__gt=now - NEAR, cancelled_at=None)


def plans_for(enrolment_ids: Collection[int]) -> dict[int, tuple[Planned, ...]]:
    """The planned sessions of each person, cancelled ones among them; three queries at most."""
    places = list(
        Enrolment.objects.filter(pk__in=enrolment_ids).values_list("pk", "classroom_id", "classroom__cohort_id")
    )
    rows = Session.objects.filter(cohort__in={cohort for _pk, _room, cohort in places}).order_by("starts_at", "pk")
    by_cohort: dict[int, list[tuple[int | None, Planned]]] = defaultdict(list)
    for row in rows:
        by_cohort[row.cohort_id].append((row.classroom_id, row.as_planned()))
    plans: dict[tuple[int, int], tuple[Planned, ...]] = {
        (room, cohort): tuple(planned for of, planned in by_cohort[cohort] if of in (None, room))
        for room, cohort in {(room, cohort) for _pk, room, cohort in places}
    }
    return {pk: plans[room, cohort] for pk, room, cohort in places}


def presences_for(enrolment_ids: Collection[int]) -> dict[int, dict[str, Presence]]:
    """What is known of each person's presence, by session; two queries."""
    crossings: dict[tuple[int, int], list[Crossed]] = defaultdict(list)
    for row in crossings_of(enrolment_ids):
        crossings[row.enrolment_id, row.session_id].append(Crossed(row.happened_at, Way(row.way)))
    marks = {(row.enrolment_id, row.session_id): row.as_mark() for row in marks_of(enrolment_ids)}
    presences: dict[int, dict[str, Presence]] = {pk: {} for pk in enrolment_ids}
    for person, session in crossings.keys() | marks.keys():
        presences[person][str(session)] = Presence(
            crossings=tuple(crossings.get((person, session), ())), mark=marks.get((person, session))
        )
    return presences


def sessions_kept(session_ids: Collection[int]) -> set[str]:
    """Which of these have any record of anybody, as the rules of attendance name them; two queries."""
    came = Crossing.objects.filter(session__in=session_ids).order_by().values_list("session", flat=True).distinct()
    marked = AttendanceMark.objects.filter(session__in=session_ids).exclude(status="").order_by()
    return {str(pk) for pk in {*came, *marked.values_list("session", flat=True).distinct()}}


def unfilled_lists(classroom: Classroom) -> QuerySet[Session]:
    """Sessions of a class that are over and of which there is no record of anybody."""
    over = sessions_of_class(classroom).filter(ends_at__lte=timezone.now(), cancelled_at=None)
    marks = AttendanceMark.objects.filter(session=OuterRef("pk")).exclude(status="")
    return over.filter(~Exists(Crossing.objects.filter(session=OuterRef("pk"))), ~Exists(marks))


def crossings_of(enrolment_ids: Collection[int]) -> QuerySet[Crossing]:
    return Crossing.objects.filter(enrolment__in=enrolment_ids).order_by("happened_at", "pk")


def marks_of(enrolment_ids: Collection[int]) -> QuerySet[AttendanceMark]:
    return AttendanceMark.objects.filter(enrolment__in=enrolment_ids)


def crossings_in(session: Session, people: Iterable[int]) -> dict[int, list[Crossing]]:
    """Who came and went in one session, by person, in order."""
    found: dict[int, list[Crossing]] = defaultdict(list)
    for row in session.crossings.filter(enrolment__in=people).order_by("happened_at", "pk"):
        found[row.enrolment_id].append(row)
    return found


def marks_in(session: Session, people: Iterable[int]) -> dict[int, AttendanceMark]:
    rows = session.marks.filter(enrolment__in=people).select_related("marked_by")
    return {row.enrolment_id: row for row in rows}


def with_counts(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Sessions with `came`, how many checked in, and `marked`, how many have a mark; two indexed sub-queries."""
    came = (
        Crossing.objects.filter(session=OuterRef("pk"), way=Way.IN.value)
        .order_by()
        .values("session")
        .annotate(number=Count("enrolment", distinct=True))
        .values("number")
    )
    marked = (
        AttendanceMark.objects.filter(session=OuterRef("pk"))
        .exclude(status="")
        .order_by()
        .values("session")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return sessions.annotate(came=Subquery(came), marked=Subquery(marked))


def now_inside(session: Session, people: QuerySet[Enrolment]) -> tuple[int, int]:
    """How many of these checked in, and how many of them have not checked out since."""
    last = (
        session.crossings.filter(enrolment__in=people.order_by().values("pk"))
        .order_by()
        .values("enrolment")
        .annotate(
            last_in=Max("happened_at", filter=Q(way=Way.IN.value)),
            last_out=Max("happened_at", filter=Q(way=Way.OUT.value)),
        )
    )
    times = [(row["last_in"], row["last_out"]) for row in last if row["last_in"] is not None]
    return len(times), sum(left is None or left < came for came, left in times)
