"""The thread beside a worker that renews its claim and tells operators that it is alive."""

import logging
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings
from django.db import Error, connection

from saem.apps.jobs import services
from saem.apps.jobs.kinds import Claim

log = logging.getLogger(__name__)
BEATS_PER_LEASE = 3


class Heartbeat:
    """Runs from `start` to `stop`; while `holding` a claim it renews it several times per lease."""

    def __init__(self, *, worker: str, capabilities: Sequence[str]) -> None:
        self._worker = worker
        self._capabilities = tuple(capabilities)
        self._claim: Claim | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join(timeout=settings.JOB_LEASE_SECONDS)

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
                self._beat()
            except Error as trouble:
                # The lease outlives a short absence of the database; a long one costs the claim, never an effect.
                log.warning("heartbeat missed: %s", trouble)
                connection.close()
            if self._ended.wait(settings.JOB_LEASE_SECONDS / BEATS_PER_LEASE):
                break
        connection.close()

    def _beat(self) -> None:
        services.report_worker(self._worker, capabilities=self._capabilities)
        claim = self._claim
        if claim is not None and not services.renew(claim) and claim is self._claim:
            log.warning("claim of job %s lost", claim.job_id)
