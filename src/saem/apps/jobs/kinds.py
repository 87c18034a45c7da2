"""The registry of job kinds: upper rooms say here, when the site starts, how their work is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One worker's hold on one job. It is worth something only while the job row still carries its attempt."""

    job_id: int
    kind: str
    subject_id: int
    attempt: int


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What the work came to. `write` runs inside the transaction that ends the claim, or not at all.

    With `set_aside` (a reason) the effect is written too, but the job waits for an operator instead of being done.
    """

    write: Callable[[], None]
    set_aside: str = ""


def _nothing(_subject_id: int) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How jobs of one kind are done.

    `work` does the slow part outside any transaction. `on_set_aside` and `on_retry` run in the transaction that
    moves the job. `unavailable` names the exceptions that say the platform, not the job, is at fault just now.
    """

    name: str
    work: Callable[[Claim], Effect]
    on_set_aside: Callable[[int], None] = _nothing
    on_retry: Callable[[int], None] = _nothing
    unavailable: tuple[type[Exception], ...] = ()


_kinds: dict[str, Kind] = {}
_homes: dict[str, str] = {}


def register(kind: Kind) -> None:
    """Make a kind known to the workers of this process; registering a name again replaces it."""
    _kinds[kind.name] = kind


def announce_kind(name: str, *, home: str) -> None:
    """Say where the Kind of this name is ("package.module.NAME"); it is imported when a job of it first turns up.

    An app says so in `ready`, when its models cannot be imported yet and when a web process need not load what
    only workers use.
    """
    _homes[name] = home


def kind_named(name: str) -> Kind | None:
    if name not in _kinds and name in _homes:
        register(import_string(_homes[name]))
    return _kinds.get(name)


def known_kinds() -> tuple[str, ...]:
    return tuple(_kinds.keys() | _homes.keys())
