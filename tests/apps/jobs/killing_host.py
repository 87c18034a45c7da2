"""A worker host under fire: no Django, no database, only the site's address and a key."""

import os
import random
import time

from saem.lib.fleet import Parcel, SiteQueue, Stopping, Supply, Work, Worker, worker_name


def perform(_parcel: Parcel, _supply: Supply) -> bytes:
    """As slow as a small verdict."""
    time.sleep(random.uniform(0, 0.25))
    return b"done"


if __name__ == "__main__":
    queue = SiteQueue(
        site=os.environ["KILL_SITE"],
        key=os.environ["KILL_KEY"],
        name=worker_name(),
        capabilities=["cpu"],
        kinds=["probe"],
    )
    stopping = Stopping()
    stopping.listen()
    Worker(queue, work_named={"probe": Work(perform=perform)}.get, stopping=stopping).run()
