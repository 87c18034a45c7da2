"""The thread beside a worker that renews its claim and tells operators that it is alive."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from saem.lib.fleet.errors import FleetError
from saem.lib.fleet.queue import Claim, Queue

log = logging.getLogger(__name__)
BEATS_PER_LEASE = 3


class Heartbeat:
    """Runs from `start` to `stop`; while `holding` a claim it renews it several times per lease."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._claim: Claim | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join(timeout=self._queue.lease_s)

    @contextmanager
    def holding(self, claim: Claim) -> Iterator[None]:
        self._claim = claim
        try:
            yield
        finally:
            self._claim = None

    def _run(self) -> None:
        # A request to stop must interrupt the thread that works, not this one.
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM, signal.SIGINT))
        while True:
            try:
                self.beat()
            except FleetError as trouble:
                # The lease outlives a short absence of the queue; a long one costs the claim, never an effect.
                log.warning("heartbeat missed: %s", trouble)
                self._queue.close()
            if self._ended.wait(self._queue.lease_s / BEATS_PER_LEASE):
                break
        self._queue.close()

    def beat(self) -> None:
        self._queue.report()
        claim = self._claim
        if claim is not None and not self._queue.renew(claim) and claim is self._claim:
            log.warning("claim of job %s lost", claim.job_id)
