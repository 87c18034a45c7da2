"""The site's own workers: the loop of `lib.fleet` on the site's database."""

import gc
import threading
from collections.abc import Sequence

from saem.apps.jobs.database import DatabaseQueue
from saem.apps.jobs.kinds import kind_named
from saem.lib.fleet import Stopping, Worker, worker_name


def run_worker(stop: threading.Event, capabilities: Sequence[str] = ("cpu",)) -> None:
    """Work until `stop` is set; the job in hand is finished first."""
    new_worker(capabilities, Stopping(stop)).run()


def run_until_signalled(capabilities: Sequence[str] = ("cpu",)) -> None:
    """Work until SIGTERM or SIGINT; the job in hand is put back for others."""
    stopping = Stopping()
    stopping.listen()
    # What is loaded stays, and no collection needs to look at it again.
    gc.collect()
    gc.freeze()
    new_worker(capabilities, stopping).run()


def drain(capabilities: Sequence[str] = ("cpu",)) -> int:
    """Do everything that waits now, in this thread, and return how many jobs that were."""
    worker = new_worker(capabilities, Stopping())
    return sum(1 for _job in iter(worker.do_next, False))


def new_worker(capabilities: Sequence[str], stopping: Stopping) -> Worker:
    queue = DatabaseQueue(worker=worker_name(), capabilities=capabilities)
    return Worker(queue, work_named=kind_named, stopping=stopping)
