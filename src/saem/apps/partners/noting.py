"""Notes what happened in this room: the record of every contact, check and decision."""

from django.db import models

from saem.apps.events.services import record
from saem.apps.people.models import User


def note(verb: str, row: models.Model, *, by: User | None, cohort_id: int | None = None, **facts: object) -> None:
    """Append an event about `row`. Call inside the transaction of the act."""
    kind = type(row).__name__.lower()
    record(f"partners.{verb}", actor=by, object_kind=kind, object_id=row.pk, cohort_id=cohort_id, facts=facts)
