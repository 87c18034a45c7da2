"""The worker loop: claim, work, report under the fence; through restarts of everything around it."""

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress

from saem.lib.fleet.errors import ClaimLostError, FleetError, QueueAwayError
from saem.lib.fleet.heartbeat import Heartbeat
from saem.lib.fleet.queue import Claim, Queue, Waiter, Work
from saem.lib.fleet.stopping import Interrupted, Stopping

log = logging.getLogger(__name__)
# After trouble with the queue or the sandbox a worker rests this long before it tries again.
REST_S = 0.5
# How long a finished result is kept and offered to a queue that is away.
PATIENCE_S = 30.0


def worker_name() -> str:
    """Unique even when a machine restarts and gives the same process number again."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(3)}"


class Worker:
    """One worker: a loop in this thread and a heartbeat beside it. `work_named` gives the work of a kind of job."""

    def __init__(self, queue: Queue, *, work_named: Callable[[str], Work | None], stopping: Stopping) -> None:
        self._queue = queue
        self._work_named = work_named
        self._stopping = stopping
        self._heartbeat = Heartbeat(queue)
        self._waiter: Waiter | None = None

    def run(self) -> None:
        self._heartbeat.start()
        try:
            while not self._stopping.event.is_set():
                self._survive(self._turn)
        finally:
            self._close_waiter()
            self._heartbeat.stop()
            with suppress(FleetError):
                self._queue.leave()
            self._queue.close()

    def _survive(self, turn: Callable[[], None]) -> None:
        """A queue that went away comes back; the worker waits for it instead of dying with it."""
        try:
            turn()
        except QueueAwayError as trouble:
            log.warning("the queue is away: %s", trouble)
            self._close_waiter()
            self._queue.close()
            self._stopping.event.wait(REST_S)

    def _turn(self) -> None:
        if self._waiter is None:
            self._waiter = self._queue.waiter()
        self._queue.tidy()
        if self.do_next():
            return
        with suppress(Interrupted), self._stopping.interruptible():
            self._waiter.wait(self._stopping.event)

    def do_next(self) -> bool:
        """Take the next job and see it through; False when none waits."""
        claim = self._queue.claim()
        if claim is not None:
            self._see_through(claim)
        return claim is not None

    def _see_through(self, claim: Claim) -> None:
        work = self._work_named(claim.kind)
        if work is None:
            raise LookupError(f"no handler for jobs of kind {claim.kind!r}")
        with self._heartbeat.holding(claim):
            try:
                self._persist(self._work(work, claim))
            except ClaimLostError:
                log.warning("job %s: another worker has taken it over; nothing written", claim.job_id)

    def _work(self, work: Work, claim: Claim) -> Callable[[], object]:
        """Do the slow part; returns how the claim is to be settled."""
        try:
            with self._stopping.interruptible():
                parcel = self._queue.parcel(claim)
                result = work.perform(parcel, lambda: self._queue.supply(claim))
        except Interrupted:
            return lambda: self._queue.release(claim)
        except ClaimLostError:
            raise
        except QueueAwayError as trouble:
            # Reading failed with the queue itself: the job is not to blame.
            return self._put_back(claim, str(trouble))
        except work.unavailable as trouble:
            log.warning("job %s must wait: %s", claim.job_id, trouble)
            self._stopping.event.wait(REST_S)
            return self._put_back(claim, f"{type(trouble).__name__}: {trouble}")
        except Exception as error:
            log.exception("job %s failed", claim.job_id)
            reason = f"{type(error).__name__}: {error}"
            return lambda: self._queue.fail(claim, reason=reason)
        return lambda: self._queue.finish(claim, result)

    def _put_back(self, claim: Claim, reason: str) -> Callable[[], None]:
        delay_s = min(30.0, 0.5 * 2 ** min(claim.attempt, 6))
        return lambda: self._queue.release(claim, delay_s=delay_s, reason=reason)

    def _persist(self, settle: Callable[[], object]) -> None:
        """Settle the claim even if the queue restarts meanwhile: the fence makes trying twice harmless."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                settle()
            except QueueAwayError:
                self._queue.close()
                if time.monotonic() >= deadline:
                    raise
                time.sleep(REST_S / 2)
            else:
                return

    def _close_waiter(self) -> None:
        if self._waiter is not None:
            self._waiter.close()
            self._waiter = None
