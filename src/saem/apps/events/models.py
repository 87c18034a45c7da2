"""The append-only record of what happened: one row per act, written in the act's own transaction."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone


class EventQuerySet(models.QuerySet["Event"]):
    """Events are never changed or deleted through the ORM; retention has its own, logged, way."""

    def update(self, **_kwargs: Any) -> NoReturn:
        raise TypeError("events are append-only")

    def delete(self) -> NoReturn:
        raise TypeError("events are append-only")


class Event(models.Model):
    """Who did what to which object, in which cohort, when, with which facts."""

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=120)
    cohort_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["cohort_id", "at"], name="event_by_cohort"),
            models.Index(fields=["actor", "at"], name="event_by_actor"),
            models.Index(fields=["object_kind", "object_id"], name="event_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("events are append-only")
        super().save(*args, **kwargs)
