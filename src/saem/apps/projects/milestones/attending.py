"""A class whose teams wait at a gate while no teacher could decide: staff are told, once for each time it is so."""

from collections.abc import Sequence

from django.urls import reverse

from saem.apps.cohorts.models import Classroom
from saem.apps.events.models import Event
from saem.apps.jobs.kinds import Effect, Kind, load_pages
from saem.apps.jobs.services import enqueue
from saem.apps.notices.services import notify_all
from saem.apps.people.models import Grant, Role, Scope, User
from saem.apps.people.queries import holders
from saem.apps.projects.models import MilestoneStatus, TeamMilestone
from saem.lib.fleet import Claim

JOB = "gates.unattended"
REMOVED = "teacher.removed"


def removed(events: Sequence[Event]) -> None:
    """Reads that a teacher was taken out of a class (`events.following`)."""
    for event in events:
        enqueue(JOB, int(event.object_id), owner_key=JOB)


def tell_unattended(classroom: Classroom) -> None:
    """Inside the transaction of the act that may have made it so."""
    waiting = TeamMilestone.objects.filter(
        team__classroom=classroom, team__closed_at=None, status=MilestoneStatus.WAITING
    ).order_by("since", "pk")
    first = waiting.first()
    if first is None or has_teacher(classroom):
        return
    # Who was removed last tells one time without a teacher from the next.
    events = Event.objects.filter(verb=REMOVED, object_kind="classroom", object_id=str(classroom.pk))
    since = events.order_by("-pk").values_list("pk", flat=True).first() or 0
    facts = {"classroom": classroom.name, "count": waiting.count()}
    path, key = reverse("projects:teams", args=[classroom.pk, first.team.project]), f"unattended:{classroom.pk}:{since}"
    notify_all(staff_of(classroom), "gate.unattended", key=key, facts=facts, path=path)


def has_teacher(classroom: Classroom) -> bool:
    """Of the class, or of the whole cohort."""
    teachers = Grant.objects.filter(role=Role.TEACHER, user__is_active=True)
    of_class = teachers.filter(scope=Scope.CLASSROOM, scope_id=classroom.pk)
    return of_class.exists() or teachers.filter(scope=Scope.COHORT, scope_id=classroom.cohort_id).exists()


def staff_of(classroom: Classroom) -> list[User]:
    """Those who run the cohort, themselves or for their institution."""
    cohort = classroom.cohort
    places = ((Scope.COHORT, cohort.pk), (Scope.INSTITUTION, cohort.institution_id))
    found = [holders(role=Role.STAFF, scope=scope, scope_ids=[pk]).get(pk, []) for scope, pk in places]
    return list({user.pk: user for people in found for user in people}.values())


def look(claim: Claim, _result: bytes) -> Effect:
    def write() -> None:
        classroom = Classroom.objects.filter(pk=claim.subject_id).select_related("cohort").first()
        if classroom is not None:
            tell_unattended(classroom)

    return Effect(write=write)


LOOKING = Kind(name=JOB, perform=load_pages, effect=look)
