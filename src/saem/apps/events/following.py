"""The seam by which a higher room reads an event as it is written: it names its reader here when the site starts."""

from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:  # apps announce readers before models can be imported
    from saem.apps.events.models import Event

_readers: dict[str, list[str]] = {}


def announce_reader(verb: str, *, home: str) -> None:
    """Say who reads events of this verb ("package.module.function", called with the event in the act's transaction).

    A reader does no more than leave a job: the act waits for it, and its failure is the act's.
    """
    homes = _readers.setdefault(verb, [])
    if home not in homes:
        homes.append(home)


def tell_readers(event: "Event") -> None:
    for home in _readers.get(event.verb, ()):
        import_string(home)(event)
