"""Events about a selection."""

from saem.apps.cohorts.models import Selection
from saem.apps.events.services import record
from saem.apps.people.models import User


def note(verb: str, selection: Selection, *, by: User | None, **facts: object) -> None:
    """Append an event; call inside the transaction of the act."""
    call = selection.call
    record(
        f"selection.{verb}",
        actor=by,
        object_kind="selection",
        object_id=selection.pk,
        cohort_id=call.cohort_id,
        facts={"call": call.pk, **facts},
    )
