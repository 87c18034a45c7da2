"""The worker loop: claim, work, write the effect under the fence; through restarts of everything around it."""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import psycopg
from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection

from saem.apps.jobs import services
from saem.apps.jobs.claims import claim_next
from saem.apps.jobs.heartbeat import Heartbeat
from saem.apps.jobs.kinds import Claim, Effect, Kind, kind_named, known_kinds
from saem.apps.jobs.stopping import Interrupted, Stopping
from saem.apps.jobs.wakeups import Waiter, new_waiter

log = logging.getLogger(__name__)
REAP_EVERY_S = 1.0
PRUNE_EVERY_S = 3600.0
# After trouble with the database or the sandbox a worker rests this long before it tries again.
REST_S = 0.5


def worker_name() -> str:
    """Unique even when a machine restarts and gives the same process number again."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(3)}"


def run_worker(stop: threading.Event, capabilities: Sequence[str] = ("cpu",)) -> None:
    """Work until `stop` is set; the job in hand is finished first."""
    Worker(capabilities=capabilities, stopping=Stopping(stop)).run()


def run_until_signalled(capabilities: Sequence[str] = ("cpu",)) -> None:
    """Work until SIGTERM or SIGINT; the job in hand is put back for others."""
    stopping = Stopping()
    stopping.listen()
    Worker(capabilities=capabilities, stopping=stopping).run()


def drain(capabilities: Sequence[str] = ("cpu",)) -> int:
    """Do everything that waits now, in this thread, and return how many jobs that were."""
    worker = Worker(capabilities=capabilities, stopping=Stopping())
    return sum(1 for _job in iter(worker.do_next, False))


class Worker:
    """One worker: a loop in this thread and a heartbeat beside it."""

    def __init__(self, *, capabilities: Sequence[str], stopping: Stopping) -> None:
        self.name = worker_name()
        self._capabilities = tuple(capabilities)
        self._stopping = stopping
        self._heartbeat = Heartbeat(worker=self.name, capabilities=self._capabilities)
        self._waiter: Waiter | None = None
        self._reap_at = self._prune_at = 0.0

    def run(self) -> None:
        self._heartbeat.start()
        try:
            while not self._stopping.event.is_set():
                self._survive(self._turn)
        finally:
            self._close_waiter()
            self._heartbeat.stop()
            with suppress(Error):
                services.forget_worker(self.name)
            connection.close()

    def _survive(self, turn: Callable[[], None]) -> None:
        """A database that went away comes back; the worker waits for it instead of dying with it."""
        try:
            turn()
        except (Error, psycopg.Error, OSError) as trouble:
            log.warning("worker %s has lost the database: %s", self.name, trouble)
            self._close_waiter()
            connection.close()
            self._stopping.event.wait(REST_S)

    def _turn(self) -> None:
        if self._waiter is None:
            self._waiter = new_waiter()
        self._keep_house()
        if self.do_next():
            return
        with suppress(Interrupted), self._stopping.interruptible():
            self._waiter.wait(self._stopping.event)

    def do_next(self) -> bool:
        """Take the next job and see it through; False when none waits."""
        claim = claim_next(worker=self.name, capabilities=self._capabilities, kinds=known_kinds())
        if claim is not None:
            self._perform(claim)
        return claim is not None

    def _keep_house(self) -> None:
        now = time.monotonic()
        if now >= self._reap_at:
            self._reap_at = now + REAP_EVERY_S
            services.reap_expired()
        if now >= self._prune_at:
            self._prune_at = now + PRUNE_EVERY_S
            services.prune()

    def _perform(self, claim: Claim) -> None:
        kind = kind_named(claim.kind)
        if kind is None:
            raise LookupError(f"no handler for jobs of kind {claim.kind!r}")
        with self._heartbeat.holding(claim):
            settle = self._work(kind, claim)
            try:
                self._persist(settle)
            except services.ClaimLostError:
                log.warning("job %s: another worker has taken it over; nothing written", claim.job_id)

    def _work(self, kind: Kind, claim: Claim) -> Callable[[], None]:
        """Do the slow part; returns how the claim is to be settled."""
        try:
            with self._stopping.interruptible():
                effect = kind.work(claim)
        except Interrupted:
            return lambda: services.release(claim)
        except (OperationalError, InterfaceError) as trouble:
            # Reading failed with the database itself: the job is not to blame.
            connection.close()
            return self._put_back(claim, f"{type(trouble).__name__}: {trouble}")
        except kind.unavailable as trouble:
            log.warning("job %s must wait: %s", claim.job_id, trouble)
            self._stopping.event.wait(REST_S)
            return self._put_back(claim, f"{type(trouble).__name__}: {trouble}")
        except Exception as error:
            log.exception("job %s failed", claim.job_id)
            reason = f"{type(error).__name__}: {error}"
            return lambda: services.fail(claim, reason=reason)
        return lambda: self._write(claim, effect)

    def _write(self, claim: Claim, effect: Effect) -> None:
        try:
            services.finish(claim, effect)
        except (services.ClaimLostError, OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.exception("the effect of job %s could not be written", claim.job_id)
            services.fail(claim, reason=f"{type(error).__name__}: {error}")

    @staticmethod
    def _put_back(claim: Claim, reason: str) -> Callable[[], None]:
        delay_s = min(30.0, 0.5 * 2 ** min(claim.attempt, 6))
        return lambda: services.release(claim, delay_s=delay_s, reason=reason)

    def _persist(self, settle: Callable[[], None]) -> None:
        """Settle the claim even if the database restarts meanwhile: the fence makes trying twice harmless."""
        deadline = time.monotonic() + settings.JOB_LEASE_SECONDS
        while True:
            try:
                return settle()
            except (OperationalError, InterfaceError):
                if time.monotonic() >= deadline:
                    raise
                connection.close()
                time.sleep(REST_S / 2)

    def _close_waiter(self) -> None:
        if self._waiter is not None:
            self._waiter.close()
            self._waiter = None
