"""The queue as those see it who hold the database: the site's own workers, and the site when it answers for others."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection

from saem.apps.jobs import services
from saem.apps.jobs.claims import claim_next
from saem.apps.jobs.kinds import Kind, kind_named, known_kinds
from saem.apps.jobs.wakeups import new_waiter
from saem.lib.fleet import Claim, ClaimLostError, Parcel, QueueAwayError, Waiter

log = logging.getLogger(__name__)
REAP_EVERY_S = 1.0
PRUNE_EVERY_S = 3600.0
AWAY: tuple[type[Exception], ...] = (OperationalError, InterfaceError, psycopg.Error)

NOT_THE_RESULT: tuple[type[Exception], ...] = (ClaimLostError, *AWAY)


@contextmanager
def reaching(*trouble: type[Exception]) -> Iterator[None]:
    """Trouble with the database itself becomes QueueAwayError, and its connection is made anew next time."""
    try:
        yield
    except (*AWAY, *trouble) as error:
        connection.close()
        raise QueueAwayError(f"{type(error).__name__}: {error}") from error


class _Reaching:
    """A waiter whose trouble is the queue's."""

    def __init__(self, waiter: Waiter) -> None:
        self._waiter = waiter

    def wait(self, stop: threading.Event) -> None:
        with reaching(Error, OSError):
            self._waiter.wait(stop)

    def close(self) -> None:
        self._waiter.close()


class DatabaseQueue:
    """The queue for one worker; without `kinds`, for all that this site knows."""

    def __init__(self, *, worker: str, capabilities: Sequence[str], kinds: Sequence[str] | None = None) -> None:
        self._worker = worker
        self._capabilities = tuple(capabilities)
        self._kinds = kinds
        self._reap_at = self._prune_at = 0.0

    @property
    def lease_s(self) -> float:
        return float(settings.JOB_LEASE_SECONDS)

    def claim(self) -> Claim | None:
        kinds = known_kinds() if self._kinds is None else self._kinds
        with reaching(Error):
            return claim_next(worker=self._worker, capabilities=self._capabilities, kinds=kinds)

    def parcel(self, claim: Claim) -> Parcel:
        with reaching():
            return kind_of(claim).pack(claim)

    def supply(self, claim: Claim) -> bytes:
        with reaching():
            return kind_of(claim).supply(claim)

    def renew(self, claim: Claim) -> bool:
        with reaching(Error):
            return services.renew(claim)

    def finish(self, claim: Claim, result: bytes) -> bool:
        with reaching():
            try:
                services.finish(claim, kind_of(claim).effect(claim, result))
            except NOT_THE_RESULT:
                raise
            except Exception as error:
                log.exception("the effect of job %s could not be written", claim.job_id)
                services.fail(claim, reason=f"{type(error).__name__}: {error}")
                return False
        return True

    def fail(self, claim: Claim, *, reason: str) -> None:
        with reaching():
            services.fail(claim, reason=reason)

    def release(self, claim: Claim, *, delay_s: float = 0.0, reason: str = "") -> None:
        with reaching():
            services.release(claim, delay_s=delay_s, reason=reason)

    def report(self) -> None:
        with reaching(Error):
            services.report_worker(self._worker, capabilities=self._capabilities)

    def tidy(self) -> None:
        now = time.monotonic()
        with reaching(Error):
            if now >= self._reap_at:
                self._reap_at = now + REAP_EVERY_S
                services.reap_expired()
            if now >= self._prune_at:
                self._prune_at = now + PRUNE_EVERY_S
                services.prune()
                services.keep_nightly()

    def waiter(self) -> Waiter:
        with reaching(Error, OSError):
            return _Reaching(new_waiter(self._capabilities))

    def leave(self) -> None:
        with reaching(Error):
            services.forget_worker(self._worker)

    def close(self) -> None:
        connection.close()


def kind_of(claim: Claim) -> Kind:
    kind = kind_named(claim.kind)
    if kind is None:
        raise LookupError(f"no handler for jobs of kind {claim.kind!r}")
    return kind
