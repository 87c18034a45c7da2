"""The seam by which a higher room reads events as they are written: it names its reader here when the site starts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:  # apps announce readers before models can be imported
    from saem.apps.events.models import Event

_readers: dict[str, list[str]] = {}


def announce_reader(verb: str, *, home: str) -> None:
    """Say who reads events of this verb ("package.module.function").

    It is called in the act's transaction with all events that the act wrote of this verb. A reader does no more than
    leave a job: the act waits for it, and its failure is the act's.
    """
    homes = _readers.setdefault(verb, [])
    if home not in homes:
        homes.append(home)


def tell_readers(events: Sequence["Event"]) -> None:
    """Events of one verb, written together."""
    for home in _readers.get(events[0].verb, ()) if events else ():
        import_string(home)(events)
