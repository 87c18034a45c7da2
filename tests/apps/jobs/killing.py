"""Kills workers, broker, web server, submitter and database at random, then counts what was lost, stuck or doubled.

`python -m tests.apps.jobs.killing control --engine local` needs a migrated site named by the environment and prints a
JSON report; `tests/apps/jobs/test_kill.py` runs it short, `python -m bench.kill` long.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from tests.apps.jobs.killing_site import application, note  # isort: skip  # sets Django up, which the next lines need

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import Error, connection, transaction
from django.db.models import QuerySet
from django.urls import get_resolver
from django.utils import timezone
from gunicorn.app.base import BaseApplication

from saem.apps.events.models import Event
from saem.apps.jobs.keys import make_key
from saem.apps.jobs.models import UNFINISHED, Job, JobState, Worker
from saem.apps.jobs.services import enqueue
from saem.apps.jobs.worker import run_until_signalled
from tests.apps.jobs.siege import BROKERS, ENGINES, ROOT
from tests.brokers import PrivateBroker, free_port, private_broker
from tests.postgresql import PrivateServer

PATIENCE_S = 30.0
MOST_WAITING = 20
TRANSPORTS = {"celery-redis": "kombu.transport.redis", "celery-rabbitmq": "kombu.transport.pyamqp"}
# What a machine without credentials may know.
HIDDEN = {"SAEM_DATABASE_URL", "SAEM_SECRET_KEY", "DJANGO_SETTINGS_MODULE", "SAEM_HOME", "SAEM_BROKER_URL"}


def be_submitter() -> None:
    """Hands work in for ever, no faster than it is done: what is asked and the job that answers it, in one transaction."""
    while True:
        number = random.getrandbits(60)
        try:
            if Job.objects.filter(state=JobState.WAITING).count() > MOST_WAITING:
                time.sleep(0.2)
                continue
            with transaction.atomic():
                note("asked", number)
                enqueue("probe", number, owner_key=f"owner:{number % 7}", max_failures=1000)
        except Error:
            connection.close()
        time.sleep(0.04)


class WebServer(BaseApplication):
    """The site's web server, begun in a process where the site is loaded already."""

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        options = {"bind": f"127.0.0.1:{self.port}", "threads": 12, "loglevel": "critical", "graceful_timeout": 1}
        for name, value in (options | {"control_socket_disable": True}).items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        return application


def be_web(port: int) -> None:
    WebServer(port).run()


def wait_until(reached: Callable[[], bool], patience_s: float = PATIENCE_S) -> bool:
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if reached():
            return True
        time.sleep(0.1)
    return False


class Forked:
    """A process forked from this one, where Django is loaded already: a hundred deaths cost a hundred forks."""

    def __init__(self, work: Callable[[], None]) -> None:
        connection.close()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                os.setsid()
                random.seed()
                work()
                code = 0
            except SystemExit as end:
                code = int(end.code or 0)
            except BaseException:  # noqa: BLE001  # whatever it is, this process must not go on as its parent
                traceback.print_exc()
            finally:
                os._exit(code)

    def poll(self) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, timeout: float = PATIENCE_S) -> None:
        if not wait_until(lambda: self.poll() is not None, timeout):
            raise TimeoutError(self.pid)

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)


@dataclass
class Siege:
    """The processes under fire and what was seen."""

    engine: str
    broker: PrivateBroker | None = None
    database: PrivateServer | None = None
    workers: int = 3
    port: int = field(default_factory=free_port)
    key: str = ""
    processes: dict[str, subprocess.Popen[bytes] | Forked] = field(default_factory=dict)
    deck: list[str] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    interrupted: dict[int, float] = field(default_factory=dict)
    dead: dict[int, float] = field(default_factory=dict)

    def begin(self) -> None:
        if self.engine == "https":
            # All views are imported here, once, and not by every web server that follows a killed one.
            assert get_resolver().url_patterns
            self.key = make_key(name="siege", capabilities="cpu", most_jobs=200, by=None).secret
            self.start("web-0")
        for name in (*(f"worker-{number}" for number in range(self.workers)), "submitter-0"):
            self.start(name)

    def start(self, name: str) -> None:
        role = name.split("-", maxsplit=1)[0]
        # Each in a session of its own, so that a web server dies with all of its processes.
        if role == "web":
            self.processes[name] = Forked(partial(be_web, self.port))
        elif role == "worker" and self.engine == "https":
            bare = {name: value for name, value in os.environ.items() if name not in HIDDEN}
            bare |= {"KILL_SITE": f"http://127.0.0.1:{self.port}", "KILL_KEY": self.key}
            command = [sys.executable, "-W", "ignore", "-m", "tests.apps.jobs.killing_host"]
            self.processes[name] = subprocess.Popen(command, cwd=ROOT, env=bare, start_new_session=True)
        else:
            self.processes[name] = Forked(run_until_signalled if role == "worker" else be_submitter)

    def deal(self, kills: int) -> None:
        """What will be struck: a share of each kind, in random order, so that a few kills also meet workers at work."""
        shares = {
            "database": 0.2 * (self.database is not None),
            "broker": 0.15 * (self.broker is not None),
            "server": 0.15,
        }
        self.deck = [kind for kind, share in shares.items() for _kill in range(round(share * kills))]
        self.deck += ["worker"] * (kills - len(self.deck))
        random.shuffle(self.deck)

    def choose(self, kind: str) -> str:
        """The web server or the submitter; of the workers rather one that is in the middle of work."""
        if kind == "server":
            return random.choice([name for name in self.processes if not name.startswith("worker")])
        names = [name for name in self.processes if name.startswith("worker")]
        busy = " ".join(Job.objects.filter(state=JobState.RUNNING).values_list("worker", flat=True))
        return random.choice([name for name in names if f":{self.processes[name].pid}:" in busy] or names)

    def is_standing(self) -> bool:
        """Whether all workers have started: faster than they start, killing would only measure Python's start."""
        names = " ".join(Worker.objects.values_list("name", flat=True))
        return all(f":{self.processes[name].pid}:" in names for name in self.processes if name.startswith("worker"))

    def strike(self) -> None:
        """Kill what comes next without warning and start it again."""
        kind = self.deck.pop()
        if kind == "database":
            self.database.crash()
            connection.close()
            self.kills["database"] += 1
        elif kind == "broker" and self.broker.answers():
            # Nobody waits until it is back: work must go on without it.
            self.broker.kill()
            self.broker.begin()
            self.kills["broker"] += 1
        else:
            self.strike_process(self.choose(kind))

    def strike_process(self, name: str) -> None:
        victim = self.processes[name]
        os.killpg(victim.pid, signal.SIGKILL)
        victim.wait()
        self.kills[name.split("-", maxsplit=1)[0]] += 1
        self.dead[victim.pid] = timezone.now().timestamp()
        self.look_at_the_dead()
        self.start(name)

    def look_at_the_dead(self) -> None:
        """Note what dead workers hold; a claim asked for before a death may be given after it."""
        held = Job.objects.filter(state=JobState.RUNNING).values_list("pk", "worker", "started_at")
        for job_id, worker, started_at in held:
            died = self.dead.get(int(worker.split(":")[-2]))
            if died is not None and started_at is not None:
                self.interrupted[job_id] = max(died, started_at.timestamp())

    def end(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(timeout=30)


def control(siege: Siege, kills: int, seconds: float) -> dict[str, object]:
    siege.begin()
    siege.deal(kills)
    wait_until(lambda: Event.objects.filter(verb="probed").exists() and siege.is_standing())
    began = time.monotonic()
    since = timezone.now().timestamp()
    while siege.kills.total() < kills and time.monotonic() - began < seconds:
        siege.strike()
        time.sleep(random.uniform(0.1, 0.8))
        wait_until(siege.is_standing)
        siege.look_at_the_dead()
    submitter = siege.processes.pop("submitter-0")
    os.killpg(submitter.pid, signal.SIGKILL)
    submitter.wait()
    until = timezone.now().timestamp()
    quiet = wait_until(lambda: not asked_jobs().filter(state__in=UNFINISHED).exists(), 3 * PATIENCE_S)
    report = count(siege, quiet=quiet, since=since, until=until)
    siege.end()
    return {"seconds": round(time.monotonic() - began, 1), "kills": dict(siege.kills), **report}


def asked_jobs() -> QuerySet[Job]:
    """All but what workers have planned for the night."""
    return Job.objects.filter(created_at__lte=timezone.now())


def count(siege: Siege, *, quiet: bool, since: float, until: float) -> dict[str, object]:
    asked = Counter(Event.objects.filter(verb="asked").values_list("object_id", flat=True))
    probed = Counter(Event.objects.filter(verb="probed").values_list("object_id", flat=True))
    finished = dict(Job.objects.filter(pk__in=siege.interrupted).values_list("pk", "finished_at"))
    resumed = [end.timestamp() - siege.interrupted[job] for job, end in finished.items() if end is not None]
    moments = [end.timestamp() for end in Job.objects.filter(state=JobState.DONE).values_list("finished_at", flat=True)]
    moments = [since, *sorted(moment for moment in moments if since <= moment <= until), until]
    return {
        "asked": len(asked),
        "answered": len(probed),
        "lost": len(asked.keys() - probed.keys()),
        "unasked": len(probed.keys() - asked.keys()),
        "written_twice": sum(number > 1 for number in probed.values()),
        "settled": quiet,
        "unfinished": asked_jobs().exclude(state=JobState.DONE).count(),
        "interrupted": len(siege.interrupted),
        "died_by_themselves": sum(process.poll() not in {None, 0} for process in siege.processes.values()),
        "slowest_resume_s": round(max(resumed, default=0.0), 2),
        "longest_silence_s": round(max(after - before for before, after in pairwise(moments)), 2),
    }


def run_control(engine: str, kills: int, seconds: float) -> dict[str, object]:
    folder = os.environ.get("SAEM_KILL_POSTGRESQL", "")
    database = PrivateServer.at(Path(folder)) if folder else None
    with contextlib.ExitStack() as ending:
        broker = None
        if engine in BROKERS:
            broker = ending.enter_context(private_broker(BROKERS[engine]))
            settings.JOB_ENGINE, settings.BROKER_URL = "celery", broker.url
            # As with Django, what every worker imports is imported once.
            for module in (
                "saem.lib.fleet.broker",
                "celery.worker.consumer",
                "celery.worker.components",
                TRANSPORTS[engine],
            ):
                import_module(module)
        return control(Siege(engine=engine, broker=broker, database=database), kills, seconds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("role", choices=["control"])
    parser.add_argument("--engine", choices=ENGINES, default="local")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=25.0)
    arguments = parser.parse_args()
    sys.stdout.write(json.dumps(run_control(arguments.engine, arguments.kills, arguments.seconds)))
