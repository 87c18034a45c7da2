"""The jobs of goals: a part of a batch, and a result that has just changed."""

from collections.abc import Sequence

from django.db.models import QuerySet

from saem.apps.awards.batching import PRIORITY
from saem.apps.awards.goals import giving
from saem.apps.awards.models import Badge, BatchPart, Goal, ItemState
from saem.apps.cohorts.models import Enrolment
from saem.apps.events.models import Event
from saem.apps.jobs.kinds import Effect, Kind, load_pages
from saem.apps.jobs.services import enqueue
from saem.apps.projects.models import Submission
from saem.lib.fleet import Claim

LOOK = "badges.results"
Signed = list[tuple[Goal, dict[int, Badge]]]


def give(claim: Claim, _result: bytes) -> Effect:
    """Badges are signed here, before the claim is ended; then everything is written at once."""
    part = BatchPart.objects.select_related("batch__for_goal__goal__cohort__version").get(pk=claim.subject_id)
    waiting = part.goal_items.filter(state=ItemState.WAITING).values_list("enrolment_id", flat=True)
    signed = giving.signed_for(part.batch.for_goal.goal, list(waiting))
    return Effect(write=lambda: giving.record_part(part.pk, signed))


def result_changed(events: Sequence[Event]) -> None:
    """Read in the transaction of the verdict: nothing is done there but to leave a job, where there is a goal."""
    for event in events:
        if goals_of(event).exists():
            # Each event has a job of its own, so none is taken for another's that has looked already.
            enqueue(LOOK, event.pk, owner_key=f"awards:results:{event.cohort_id}", priority=PRIORITY)


def goals_of(event: Event) -> QuerySet[Goal]:
    found = Goal.objects.filter(cohort=event.cohort_id, project=event.facts["project"])
    return found.select_related("cohort__version", "cohort__institution").order_by("pk")


def look(claim: Claim, _result: bytes) -> Effect:
    """Whoever handed in or was graded again: give what gives itself, and note what fell."""
    event = Event.objects.get(pk=claim.subject_id)
    submission = Submission.objects.select_related("enrolment").filter(pk=event.object_id).first()
    if submission is None:
        return Effect(write=lambda: None)
    enrolment, goals = submission.enrolment, list(goals_of(event))
    own = [goal for goal in goals if goal.is_automatic and giving.lacking(goal, [enrolment.pk])]
    signed = [(goal, giving.signed_for(goal, [enrolment.pk])) for goal in own]
    return Effect(write=lambda: write(event, enrolment, goals, signed))


def write(event: Event, enrolment: Enrolment, goals: list[Goal], signed: Signed) -> None:
    giving.locked([enrolment.pk])
    for goal in goals:
        giving.look_again(goal, enrolment)
    became = [giving.write_given(goal, badges, by=None) for goal, badges in signed]
    if any("changed" in fates.values() for fates in became):
        enqueue(LOOK, event.pk, owner_key=f"awards:results:{event.cohort_id}", priority=PRIORITY)


GIVING = Kind(
    name=giving.GIVE,
    perform=load_pages,
    effect=give,
    on_set_aside=giving.set_aside,
    on_retry=giving.queue_again,
)
LOOKING = Kind(name=LOOK, perform=load_pages, effect=look)
