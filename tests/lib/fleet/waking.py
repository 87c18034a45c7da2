"""A process that waits for a broker's word, as a worker does: `python -m tests.lib.fleet.waking URL`; prints JSON."""

import json
import sys
import threading
import time
from collections.abc import Callable

from saem.lib.fleet.broker import FALLBACK_S, Announcer, BrokerWaiter

LONG_S = 30.0


def woken(waiter: BrokerWaiter, announce: Callable[[], None], patience_s: float = LONG_S) -> bool:
    """Whether a wait ends before its time, announcing until it does."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        timer = threading.Timer(FALLBACK_S / 4, announce)
        timer.start()
        began = time.monotonic()
        waiter.wait(threading.Event())
        took_s = time.monotonic() - began
        timer.join()
        if took_s < FALLBACK_S * 0.9:
            return True
    return False


if __name__ == "__main__":
    waiter, announcer = BrokerWaiter(sys.argv[1], ["cpu"]), Announcer(sys.argv[1])
    found = {"first": woken(waiter, lambda: announcer.announce("cpu"))}
    while woken(waiter, lambda: None, 3 * FALLBACK_S):
        """What was announced while the worker was starting is heard first, until nothing comes for a while."""
    found["other"] = woken(waiter, lambda: announcer.announce("gpu"), 3 * FALLBACK_S)
    found["again"] = woken(waiter, lambda: announcer.announce("cpu"))
    sys.stdout.write(json.dumps(found))
