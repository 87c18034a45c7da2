"""Kills workers, submitters and the database server at random, then counts what was lost, stuck or written twice.

`python -m tests.apps.jobs.killing control` needs a migrated site named by the environment and prints a JSON report;
`tests/apps/jobs/test_kill.py` runs it short, `python -m bench.kill` long.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import django

django.setup()

from django.db import Error, connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from saem.apps.events.models import Event  # noqa: E402
from saem.apps.events.services import record  # noqa: E402
from saem.apps.jobs.kinds import Claim, Effect, Kind, register  # noqa: E402
from saem.apps.jobs.models import UNFINISHED, Job, JobState, Worker  # noqa: E402
from saem.apps.jobs.services import enqueue  # noqa: E402
from saem.apps.jobs.worker import run_until_signalled  # noqa: E402
from tests.postgresql import PrivateServer  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 30.0


def work(claim: Claim) -> Effect:
    """As slow as a small verdict; its effect is one event."""
    time.sleep(random.uniform(0, 0.25))
    return Effect(write=lambda: note("probed", claim.subject_id))


def note(verb: str, number: int) -> None:
    record(verb, actor=None, object_kind="probe", object_id=number)


def be_worker() -> None:
    register(Kind(name="probe", work=work))
    run_until_signalled()


def be_submitter() -> None:
    """Hands work in for ever: what is asked and the job that answers it, in one transaction."""
    while True:
        number = random.getrandbits(60)
        try:
            with transaction.atomic():
                note("asked", number)
                enqueue("probe", number, owner_key=f"owner:{number % 7}", max_failures=1000)
        except Error:
            connection.close()
        time.sleep(0.04)


@dataclass
class Siege:
    """The processes under fire and what was seen."""

    workers: int = 3
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    interrupted: dict[int, float] = field(default_factory=dict)

    def start(self, name: str) -> None:
        role = name.split("-", maxsplit=1)[0]
        self.processes[name] = subprocess.Popen([sys.executable, "-m", __spec__.name, role], cwd=ROOT)

    def choose(self) -> str:
        """Mostly a worker, and then rather one that is in the middle of work."""
        if random.random() < 0.15:
            return "submitter-0"
        names = [name for name in self.processes if name.startswith("worker")]
        busy = " ".join(Job.objects.filter(state=JobState.RUNNING).values_list("worker", flat=True))
        return random.choice([name for name in names if f":{self.processes[name].pid}:" in busy] or names)

    def is_standing(self) -> bool:
        """Whether all workers have started: faster than they start, killing would only measure Python's start."""
        names = " ".join(Worker.objects.values_list("name", flat=True))
        return all(f":{self.processes[name].pid}:" in names for name in self.processes if name.startswith("worker"))

    def strike(self, database: PrivateServer | None) -> None:
        """Kill one process without warning and start it again; now and then it is the database server."""
        if database is not None and random.random() < 0.2:
            database.crash()
            connection.close()
            self.kills["database"] += 1
            return
        name = self.choose()
        victim = self.processes[name]
        victim.kill()
        victim.wait()
        self.kills[name.split("-")[0]] += 1
        held = Job.objects.filter(state=JobState.RUNNING, worker__contains=f":{victim.pid}:")
        for job_id in held.values_list("pk", flat=True):
            self.interrupted[job_id] = timezone.now().timestamp()
        self.start(name)

    def end(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(timeout=15)


def wait_until(reached: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if reached():
            return True
        time.sleep(0.1)
    return False


def control(kills: int, seconds: float, database: PrivateServer | None) -> dict[str, object]:
    siege = Siege()
    for name in (*(f"worker-{number}" for number in range(siege.workers)), "submitter-0"):
        siege.start(name)
    wait_until(Event.objects.filter(verb="probed").exists)
    began = time.monotonic()
    while siege.kills.total() < kills and time.monotonic() - began < seconds:
        siege.strike(database)
        time.sleep(random.uniform(0.1, 0.8))
        wait_until(siege.is_standing)
    submitter = siege.processes.pop("submitter-0")
    submitter.kill()
    submitter.wait()
    quiet = wait_until(lambda: not Job.objects.filter(state__in=UNFINISHED).exists())
    report = count(siege, quiet)
    siege.end()
    return {"seconds": round(time.monotonic() - began, 1), "kills": dict(siege.kills), **report}


def count(siege: Siege, quiet: bool) -> dict[str, object]:
    asked = Counter(Event.objects.filter(verb="asked").values_list("object_id", flat=True))
    probed = Counter(Event.objects.filter(verb="probed").values_list("object_id", flat=True))
    finished = dict(Job.objects.filter(pk__in=siege.interrupted).values_list("pk", "finished_at"))
    resumed = [end.timestamp() - siege.interrupted[job] for job, end in finished.items() if end is not None]
    return {
        "asked": len(asked),
        "answered": len(probed),
        "lost": len(asked.keys() - probed.keys()),
        "unasked": len(probed.keys() - asked.keys()),
        "written_twice": sum(number > 1 for number in probed.values()),
        "settled": quiet,
        "unfinished": Job.objects.exclude(state=JobState.DONE).count(),
        "interrupted": len(siege.interrupted),
        "died_by_themselves": sum(process.poll() not in {None, 0} for process in siege.processes.values()),
        "slowest_resume_s": round(max(resumed, default=0.0), 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("role", choices=["control", "worker", "submitter"])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=25.0)
    arguments = parser.parse_args()
    if arguments.role == "worker":
        be_worker()
    elif arguments.role == "submitter":
        be_submitter()
    else:
        folder = os.environ.get("SAEM_KILL_POSTGRESQL", "")
        server = PrivateServer.at(Path(folder)) if folder else None
        sys.stdout.write(json.dumps(control(arguments.kills, arguments.seconds, server)))
