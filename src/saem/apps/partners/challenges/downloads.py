"""Who took which file of a challenge along, as the record has it."""

from django.db.models import Count, QuerySet

from saem.apps.events.models import Event
from saem.apps.partners.models import Challenge
from saem.apps.people.models import User


def downloads_of(challenge: Challenge) -> QuerySet[Event]:
    return Event.objects.filter(
        verb="partners.data_downloaded",
        object_kind="challengefile",
        object_id__in=[str(pk) for pk in challenge.files.values_list("pk", flat=True)],
    )


def times_taken(challenge: Challenge) -> dict[int, int]:
    """How often each file was downloaded."""
    rows = downloads_of(challenge).values_list("object_id").annotate(times=Count("pk")).order_by()
    return {int(pk): times for pk, times in rows}


def takers_of(challenge: Challenge) -> list[User]:
    """Everybody who may still have a copy, wherever they work now."""
    return list(User.objects.filter(pk__in=downloads_of(challenge).values("actor"), is_active=True))
