"""The sandbox on this machine: a pool per role, sessions, and a cap on how much runs at once."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from saem.lib.sandbox import flavours, interpreter, ladder, machine
from saem.lib.sandbox.cells import Cell, Rung, Shape
from saem.lib.sandbox.errors import JobRefused, SandboxUnavailable
from saem.lib.sandbox.jobs import COURSE, ENDS_THE_CELL, Job, Limits, Outcome, Role
from saem.lib.sandbox.ladder import Started, Wish
from saem.lib.sandbox.memory import MemoryGroups
from saem.lib.sandbox.pool import Pool, Recipe
from saem.lib.sandbox.run import NeverStarted, check, run
from saem.lib.sandbox.sessions import Session, Sessions
from saem.lib.sandbox.view import View
from saem.lib.sandbox.zygotes import Plan

_SESSION_IDLE_S = 20 * 60.0
_CELLS_PER_ZYGOTE = 5000
_ZYGOTE_LIFE_S = 6 * 3600.0


class LocalSandbox:
    """Owns zygotes, started when their role is first used. Safe for many threads; a context manager.

    `preload` is what the student's zygote imports before it forks: none makes a cold start quick, the default
    makes every run quick. `minimum` refuses to run on a weaker rung; `rung` insists on one. `user` is who the
    code runs as when we are root. `fonts` is a folder whose Korean font figures shall use. A job of another flavour
    than the course's has a zygote of its own, for students and for checkers.
    """

    def __init__(
        self,
        *,
        preload: tuple[str, ...] = flavours.COURSE,
        checker_preload: tuple[str, ...] = flavours.CHECKER,
        warm: int | None = None,
        concurrent: int | None = None,
        minimum: Rung = "C",
        rung: Rung | None = None,
        user: str | None = "nobody",
        cgroup: Path | None = None,
        fonts: Path | None = None,
        python: Path | None = None,
        session_idle_s: float = _SESSION_IDLE_S,
        most_sessions: int | None = None,
        cells_per_zygote: int = _CELLS_PER_ZYGOTE,
    ) -> None:
        self._preload = {Role.STUDENT: preload, Role.CHECKER: checker_preload}
        self._wish = Wish(minimum=minimum, rung=rung, user=user, cgroup=cgroup)
        self._fonts = fonts if fonts is not None and fonts.is_dir() else None
        self._python = interpreter.at(python) if python else interpreter.current()
        self._warm = warm or machine.warm_cells()
        self._cells_per_zygote = cells_per_zygote
        self._slots = threading.BoundedSemaphore(concurrent or machine.runs_at_once())
        self._sessions = Sessions(idle_s=session_idle_s, most=most_sessions or machine.sessions(), bury=self._bury)
        self._lock = threading.Lock()
        self._pools: dict[tuple[Role, str], Pool] = {}
        self._memory: MemoryGroups | None = None
        self._memory_tried = False
        self._settled: Plan | None = None
        self._owner = os.getpid()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, job: Job, *, role: Role = Role.STUDENT) -> Outcome:
        """See `Sandbox.run`."""
        check(job)
        with self._slots:
            try:
                return self._run_once(job, role)
            except NeverStarted:
                return self._run_once(job, role)

    def _run_once(self, job: Job, role: Role) -> Outcome:
        started_at = time.perf_counter()
        pool = self._pool(role, job.flavour)
        cell = pool.take(_shape_of(job.limits))
        try:
            ladder.check_rung(cell, self._wish)
            return run(cell, job, started_at=started_at, last=True)
        finally:
            pool.bury(cell)

    def run_in_session(self, key: str, job: Job, *, prelude: Job | None = None) -> Outcome:
        """See `Sandbox.run_in_session`."""
        for each in (job, prelude):
            if each is not None:
                check(each)
        session = self._sessions.get(key)
        with session.lock, self._slots:
            try:
                return self._run_in(session, job, prelude)
            except (NeverStarted, JobRefused):
                # The cell died while idle, or its folder is too full for the files: start afresh, once.
                self._sessions.end(session)
                return self._run_in(session, job, prelude)

    def _run_in(self, session: Session, job: Job, prelude: Job | None) -> Outcome:
        started_at = time.perf_counter()
        cell, fresh = session.cell, False
        if cell is None or session.flavour != job.flavour or not cell.is_alive():
            self._sessions.end(session)
            cell, fresh = self._pool(Role.STUDENT, job.flavour).take(_shape_of(job.limits)), True
            session.cell, session.flavour = cell, job.flavour
        try:
            ladder.check_rung(cell, self._wish)
            if fresh and prelude is not None:
                before = run(cell, prelude, started_at=started_at, last=False)
                if before.status in ENDS_THE_CELL:
                    self._sessions.end(session)
                    return replace(before, in_prelude=True)
            with _awake(cell):
                outcome = run(cell, job, started_at=started_at, last=False, fresh=fresh)
        except BaseException:
            self._sessions.end(session)
            raise
        if outcome.status in ENDS_THE_CELL or not cell.is_alive():
            self._sessions.end(session)
        return outcome

    def close_session(self, key: str) -> None:
        """See `Sandbox.close_session`."""
        self._sessions.close(key)

    def warm_up(self, *roles: Role) -> None:
        """Start these roles' zygotes now, so that the first job finds them warm. Raises SandboxError."""
        for role in roles:
            pool = self._pool(role, COURSE)
            pool.bury(pool.take(_shape_of(Limits())))

    def close(self) -> None:
        """End every process. Jobs still running end with SandboxUnavailable."""
        with self._lock:
            self._closed = True
            pools = list(self._pools.values())
        if self._owner != os.getpid():
            return
        self._sessions.close_all()
        for pool in pools:
            pool.close()
        if self._memory is not None:
            self._memory.close()

    def _bury(self, session: Session) -> None:
        assert session.cell is not None
        self._pools[Role.STUDENT, session.flavour].bury(session.cell)

    def _pool(self, role: Role, flavour: str) -> Pool:
        if self._owner != os.getpid():
            raise SandboxUnavailable("this sandbox belongs to the process that made it; make one after forking")
        with self._lock:
            if self._closed:
                raise SandboxUnavailable("the sandbox is closed")
            kind = (role, flavour)
            if kind not in self._pools:
                self._pools[kind] = Pool(self._recipe(*kind), "-".join(kind))
            return self._pools[kind]

    def _recipe(self, role: Role, flavour: str) -> Recipe:
        other = None if flavour == COURSE else flavours.flavour_of(flavour, self._python, role)
        return Recipe(
            start=self._starter(role, other.preload if other else self._preload[role]),
            memory=self._memory_groups,
            warm=min(self._warm, other.warm) if other else self._warm,
            default_shape=_shape_of(Limits()),
            most_cells=self._cells_per_zygote,
            most_seconds=_ZYGOTE_LIFE_S,
            on_tick=self._sessions.expire if role == Role.STUDENT else lambda: None,
        )

    def _starter(self, role: Role, preload: tuple[str, ...]) -> Callable[[Callable[[], bool]], Started]:
        views = {
            namespaces: View(interpreter=self._python, role=role, fonts=self._fonts, namespaces=namespaces)
            for namespaces in (True, False)
        }

        def start(abandoned: Callable[[], bool]) -> Started:
            started = ladder.start(
                views,
                preload,
                self._wish,
                shape=_shape_of(Limits()),
                exact=self._memory_groups() is not None,
                settled=self._settled,
                abandoned=abandoned,
            )
            self._settled = started.plan
            return started

        return start

    def _memory_groups(self) -> MemoryGroups | None:
        with self._lock:
            if not self._memory_tried:
                self._memory_tried = True
                self._memory = ladder.memory_groups(self._wish)
            return self._memory


def _shape_of(limits: Limits) -> Shape:
    return Shape(several_processes=limits.processes > 1, disk_mb=limits.disk_mb)


@contextmanager
def _awake(cell: Cell) -> Iterator[None]:
    cell.resume()
    try:
        yield
    finally:
        cell.pause()
