"""Reads notices: a person's own, and for operators what left the house."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from saem.apps.notices.kinds import Topic
from saem.apps.notices.models import Delivery, DeliveryState, Notice, Pace, Preference
from saem.apps.people.models import User

MOST_COUNTED = 99


def inbox_of(user: User) -> QuerySet[Notice]:
    """Everything that this person was told, newest first."""
    return Notice.objects.filter(recipient=user)


def unread_count(user: User) -> int:
    """How many are unread; no more than MOST_COUNTED are counted, as every page asks."""
    return Notice.objects.filter(recipient=user, read_at=None).order_by()[: MOST_COUNTED + 1].count()


def paces_of(user: User) -> dict[Topic, Pace]:
    """Every topic with the pace in force."""
    chosen = dict(Preference.objects.filter(user=user).values_list("topic", "pace"))
    return {topic: Pace(chosen.get(topic, Pace.AT_ONCE)) for topic in Topic}


def deliveries_in(state: DeliveryState) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=state).select_related("recipient")


def delivery_counts() -> dict[str, int]:
    """How many deliveries are in each state."""
    counted = Delivery.objects.order_by().values_list("state").annotate(number=Count("pk"))
    return dict.fromkeys(DeliveryState.values, 0) | dict(counted)


def newest_states(kind: str, path: str, recipients: Iterable[int]) -> dict[int, str]:
    """What became of the last message of a kind that led there, for each of these people who was sent one."""
    sent = Delivery.objects.filter(recipient__in=list(recipients), kind=kind, path=path).order_by("pk")
    return {pk: state for pk, state in sent.values_list("recipient_id", "state") if pk is not None}


def states_of(keys: Iterable[str]) -> dict[str, str]:
    """What became of the messages with these keys; of one that was never written nothing is said."""
    return dict(Delivery.objects.filter(key__in=list(keys)).values_list("key", "state"))
