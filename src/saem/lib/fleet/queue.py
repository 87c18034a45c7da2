"""A queue as a worker sees it, and the work that it holds."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from saem.lib.fleet.parcel import Parcel

Supply = Callable[[], bytes]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One worker's hold on one job. It is worth something only while the job row still carries its attempt."""

    job_id: int
    kind: str
    subject_id: int
    attempt: int
    capability: str = "cpu"


@dataclass(frozen=True, kw_only=True)
class Work:
    """The slow part of one kind of job; it reaches no database.

    `perform` turns a parcel into the bytes of a result; the supply that the parcel names is fetched when it calls for
    it. `unavailable` names the exceptions that say the platform, not the job, is at fault just now.
    """

    perform: Callable[[Parcel, Supply], bytes]
    unavailable: tuple[type[Exception], ...] = ()


class Waiter(Protocol):
    """Waits a second or so, less when there may be work. Made before the first look at the queue, so that nothing
    announced in between is missed. Nothing depends on it: whoever waited looks again anyway.
    """

    def wait(self, stop: threading.Event) -> None: ...

    def close(self) -> None: ...


class Queue(Protocol):
    """Where jobs come from and results go; raises QueueAwayError while it cannot be reached.

    What settles a claim (`finish`, `fail`, `release`) and what is asked under it (`parcel`, `supply`) raises
    ClaimLostError when the claim no longer holds. `finish` returns False when the result could not be accepted; that
    has been counted as a failure of the job.
    """

    @property
    def lease_s(self) -> float: ...

    def claim(self) -> Claim | None: ...

    def parcel(self, claim: Claim) -> Parcel: ...

    def supply(self, claim: Claim) -> bytes: ...

    def renew(self, claim: Claim) -> bool: ...

    def finish(self, claim: Claim, result: bytes) -> bool: ...

    def fail(self, claim: Claim, *, reason: str) -> None: ...

    def release(self, claim: Claim, *, delay_s: float = 0.0, reason: str = "") -> None: ...

    def report(self) -> None:
        """Tell operators that this worker is alive."""

    def tidy(self) -> None:
        """Take jobs back from workers that are gone, now and then."""

    def waiter(self) -> Waiter: ...

    def leave(self) -> None:
        """Say that this worker ends: nobody need look for it any longer."""

    def close(self) -> None:
        """Drop this thread's connection; the next call makes a new one."""
