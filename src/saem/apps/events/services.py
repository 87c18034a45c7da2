"""Appends events. Call inside the transaction of the act that the event records."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import QuerySet

from saem.apps.events.following import tell_readers
from saem.apps.events.models import Event
from saem.apps.people.models import User


def record(
    verb: str,
    *,
    actor: User | None,
    object_kind: str,
    object_id: object,
    cohort_id: int | None = None,
    facts: Mapping[str, object] | None = None,
) -> Event:
    """Append one event, let those read it who follow its verb, and return it."""
    event = Event.objects.create(
        verb=verb,
        actor=actor,
        object_kind=object_kind,
        object_id=str(object_id),
        cohort_id=cohort_id,
        facts=dict(facts or {}),
    )
    tell_readers([event])
    return event


def record_many(
    verb: str,
    *,
    actor: User | None,
    object_kind: str,
    cohort_id: int | None,
    objects: Iterable[tuple[object, Mapping[str, object]]],
) -> None:
    """Append the same event of many objects, each with its facts, in one statement; its readers are told once."""
    events = Event.objects.bulk_create(
        Event(
            verb=verb,
            actor=actor,
            object_kind=object_kind,
            object_id=str(object_id),
            cohort_id=cohort_id,
            facts=dict(facts),
        )
        for object_id, facts in objects
    )
    tell_readers(events)


def forget_actors(actors: Collection[int], *, object_kind: str, object_ids: Collection[object]) -> int:
    """Retention's way: what these people did to these objects stays, and who did it does not. Returns how many events.

    Whoever calls it records an event that says so, in the same transaction.
    """
    ids = [str(object_id) for object_id in object_ids]
    found: QuerySet[Event] = QuerySet(Event).filter(object_kind=object_kind, object_id__in=ids, actor__in=actors)
    return found.update(actor=None)
