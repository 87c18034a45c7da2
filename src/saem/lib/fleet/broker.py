"""Celery as the one who says "there may be work": on Redis or RabbitMQ, to workers on any number of machines.

The message carries nothing. Whoever takes it claims the next job from the queue, whose row is the truth: a message that
is lost, late or doubled changes only how soon somebody looks, and everybody looks every second anyway.
"""

import logging
import os
import queue
import socket
import threading
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from celery import Celery, Task
from celery.worker import WorkController

log = logging.getLogger(__name__)
# A line for every message would say nothing: what was done stands in the queue.
logging.getLogger("celery").setLevel(logging.WARNING)
TASK = "saem.claim_next"
# Workers look at the table this often without being told.
FALLBACK_S = 1.0
# A message that nobody took meanwhile says nothing new: workers have looked long since.
EXPIRES_S = 30
MOST_PENDING = 1000
REST_S = 1.0
CONNECT_S, ANSWER_S = 2.0, 5.0


def queue_name(capability: str) -> str:
    return f"saem.{capability}"


def celery_app(url: str) -> Celery:
    """The Celery application of one broker; nothing of it is shared between instances."""
    app = Celery("saem", broker=url, set_as_current=False)
    is_redis = urlsplit(url).scheme.startswith("redis")
    app.conf.update(
        task_create_missing_queues=True,
        task_acks_late=True,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        broker_connection_timeout=CONNECT_S,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        # A worker at its job answers no heartbeats; the kernel's keep-alive notices a dead peer.
        broker_heartbeat=0,
        broker_transport_options=(
            {"socket_connect_timeout": CONNECT_S, "socket_keepalive": True, "visibility_timeout": 3600}
            if is_redis
            else {"connect_timeout": CONNECT_S, "read_timeout": None, "write_timeout": ANSWER_S}
        ),
    )
    return app


def trouble_with(url: str) -> str:
    """Why the broker cannot be reached; empty when it can."""
    try:
        with celery_app(url).connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=ANSWER_S)
    except Exception as trouble:  # noqa: BLE001  # clients of brokers raise anything
        return f"{type(trouble).__name__}: {trouble}"
    return ""


class Announcer:
    """Tells the broker from a thread of its own: whoever announces never waits, and never learns of trouble."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pending: queue.Queue[str] = queue.Queue(MOST_PENDING)
        self._lock = threading.Lock()
        self._owner = 0

    def announce(self, capability: str) -> None:
        self._ensure_thread()
        try:
            self._pending.put_nowait(capability)
        except queue.Full:
            # The broker has been away for a while: those that wait already say it as well.
            return

    def _ensure_thread(self) -> None:
        # A fork copies no threads: its child begins its own.
        with self._lock:
            if self._owner == os.getpid():
                return
            self._owner = os.getpid()
            threading.Thread(target=self._run, name="announcer", daemon=True).start()

    def _run(self) -> None:
        app = celery_app(self._url)
        while True:
            capability = self._pending.get()
            try:
                app.send_task(TASK, queue=queue_name(capability), retry=False, expires=EXPIRES_S, ignore_result=True)
            except Exception as trouble:  # noqa: BLE001  # clients of brokers raise anything; none of it is ours
                log.warning("the broker is away, workers will look by themselves: %s", trouble)
                self._forget()
                app.pool.force_close_all()
                time.sleep(REST_S)

    def _forget(self) -> None:
        """Drop what piled up: when the broker is back it would only repeat what workers have found by looking."""
        while True:
            try:
                self._pending.get_nowait()
            except queue.Empty:
                return


class BrokerWaiter:
    """Waits for Celery's word; a process has one.

    A real Celery worker runs in a thread beside: `celery inspect` and Flower see it. Its one task wakes whoever waits
    here and ends when they wait again, that is, when the job in hand is done: a busy worker takes no messages from idle
    ones, and the message of a worker that dies goes to another.
    """

    def __init__(self, url: str, capabilities: Sequence[str]) -> None:
        self._turn = threading.Condition()
        self._asked = self._answered = 0
        app = celery_app(url)
        app.task(name=TASK, base=Task)(self._wake)
        queues = [queue_name(one) for one in capabilities]
        threading.Thread(target=self._consume, args=(app, queues), name="celery", daemon=True).start()

    def wait(self, stop: threading.Event) -> None:
        with self._turn:
            self._answered = self._asked
            self._turn.notify_all()
            self._turn.wait_for(lambda: self._asked > self._answered or stop.is_set(), FALLBACK_S)

    def close(self) -> None:
        """The thread beside stays: a new waiter would only begin another."""

    def _wake(self) -> None:
        with self._turn:
            self._asked += 1
            asked = self._asked
            self._turn.notify_all()
            self._turn.wait_for(lambda: self._answered >= asked)

    def _consume(self, app: Celery, queues: Sequence[str]) -> None:
        """Celery finds its broker again by itself; should it give up, it is begun anew."""
        while True:
            try:
                controller = WorkController(
                    app=app,
                    queues=queues,
                    pool="solo",
                    concurrency=1,
                    without_mingle=True,
                    without_gossip=True,
                    hostname=f"saem-{os.getpid()}@{socket.gethostname()}",
                    loglevel=logging.WARNING,
                )
                controller.start()
            except BaseException as trouble:  # noqa: BLE001  # Celery ends itself with SystemExit, too
                log.warning("Celery's worker ended: %s: %s", type(trouble).__name__, trouble)
            time.sleep(REST_S)
