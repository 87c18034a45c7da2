"""The registry of job kinds: upper rooms say here, when the site starts, how their work is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import get_resolver
from django.utils.module_loading import import_string

from saem.lib.fleet import Claim, Parcel, Supply, Work


class ResultRefusedError(ValueError):
    """A worker's result is not one: it came from another machine and cannot be taken as it is."""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What the work came to. `write` runs inside the transaction that ends the claim, or not at all.

    With `set_aside` (a reason) the effect is written too, but the job waits for an operator instead of being done.
    """

    write: Callable[[], None]
    set_aside: str = ""


def _nothing(_subject_id: int) -> None:
    return None


def _subject(claim: Claim) -> Parcel:
    return Parcel(facts={"subject": claim.subject_id})


def _no_supply(claim: Claim) -> bytes:
    raise LookupError(f"jobs of kind {claim.kind!r} need no supply")


@dataclass(frozen=True, kw_only=True)
class Kind(Work):
    """How jobs of one kind are done, in three steps of which only the middle one may happen on another machine.

    `pack` and `supply` read the database; `perform` (of Work) does the slow part outside any transaction; `effect`
    turns the bytes of a result into what is written, and raises ResultRefusedError for bytes that are no result.
    Whoever adds a kind with `is_portable` lets machines outside the house see its parcels and supplies.
    `on_set_aside` and `on_retry` run in the transaction that moves the job.
    """

    name: str
    effect: Callable[[Claim, bytes], Effect]
    pack: Callable[[Claim], Parcel] = _subject
    supply: Callable[[Claim], bytes] = _no_supply
    is_portable: bool = False
    on_set_aside: Callable[[int], None] = _nothing
    on_retry: Callable[[int], None] = _nothing


def load_pages(_parcel: Parcel, _supply: Supply) -> bytes:
    """The `perform` of kinds whose work is writing, and whose notices lead to pages.

    The first page that a worker names imports every view of the site, for seconds: that shall happen before the
    transaction, not while it holds people, or SQLite's one lock.
    """
    # Reading the patterns is what imports them; later it costs nothing.
    list(get_resolver().url_patterns)
    return b""


_kinds: dict[str, Kind] = {}
_homes: dict[str, str] = {}
_nightly: set[str] = set()


def register(kind: Kind) -> None:
    """Make a kind known to the workers of this process; registering a name again replaces it."""
    _kinds[kind.name] = kind


def announce_kind(name: str, *, home: str, is_nightly: bool = False) -> None:
    """Say where the Kind of this name is ("package.module.NAME"); it is imported when a job of it first turns up.

    An app says so in `ready`, when its models cannot be imported yet and when a web process need not load what
    only workers use. A nightly kind has one job each night, of subject 0; workers with the database plan it.
    """
    _homes[name] = home
    if is_nightly:
        _nightly.add(name)


def kind_named(name: str) -> Kind | None:
    if name not in _kinds and name in _homes:
        register(import_string(_homes[name]))
    return _kinds.get(name)


def known_kinds() -> tuple[str, ...]:
    return tuple(_kinds.keys() | _homes.keys())


def nightly_kinds() -> tuple[str, ...]:
    return tuple(_nightly)


def portable_kinds() -> tuple[str, ...]:
    """The kinds whose parcels may leave the house."""
    return tuple(name for name in known_kinds() if (kind := kind_named(name)) is not None and kind.is_portable)
