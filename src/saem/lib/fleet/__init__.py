"""Workers, wherever they run: claim a job, do it, report it; through a database, over HTTPS, woken by a broker or not.

A `Worker` knows a `Queue` (claim, renew, report) and the `Work` of each kind of job, and nothing of databases. `Parcel`
is what a job's work is given, `SiteQueue` the queue of a site as a machine without its database sees it. What needs
Celery lives in `saem.lib.fleet.broker`, imported only where that engine is chosen.
"""

from saem.lib.fleet.errors import ClaimLostError, FleetError, KeyRefusedError, QueueAwayError
from saem.lib.fleet.parcel import Parcel
from saem.lib.fleet.queue import Claim, Queue, Supply, Waiter, Work
from saem.lib.fleet.site import SiteQueue
from saem.lib.fleet.stopping import Interrupted, Stopping
from saem.lib.fleet.worker import Worker, worker_name

__all__ = [
    "Claim",
    "ClaimLostError",
    "FleetError",
    "Interrupted",
    "KeyRefusedError",
    "Parcel",
    "Queue",
    "QueueAwayError",
    "SiteQueue",
    "Stopping",
    "Supply",
    "Waiter",
    "Work",
    "Worker",
    "worker_name",
]
