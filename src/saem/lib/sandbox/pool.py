"""Warm cells of one role. One thread keeps the zygote alive, forks ahead of need, reaps and tidies up.

That thread must be the one that starts the zygote: the kernel ends a process started with "die with parent"
when the *thread* that started it ends, not the program.
"""

import os
import select
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from saem.lib.sandbox import zygotes
from saem.lib.sandbox.cells import Cell, Exit, Shape
from saem.lib.sandbox.errors import SandboxError, SandboxUnavailable
from saem.lib.sandbox.ladder import Started
from saem.lib.sandbox.memory import MemoryGroups
from saem.lib.sandbox.zygotes import Message, Zygote, cell_from

_TICK_S = 1.0
_TAKE_TIMEOUT_S = 90.0
_RETRY_PAUSE_S = 0.5
# A verdict is still to be written and read then, on the processors that killing and forking would take.
_CALM_S = 0.1
_TRIES = 3
_DEATH_TIMEOUT_S = 2.0


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a pool gets a zygote, and when it wants a new one. `start` is told how to see that it is wanted no more."""

    start: Callable[[Callable[[], bool]], Started]
    memory: Callable[[], MemoryGroups | None]
    warm: int
    default_shape: Shape
    most_cells: int
    most_seconds: float
    on_tick: Callable[[], None] = field(default=lambda: None)


class _Brood:
    """One zygote with the cells it forked that are not yet reaped."""

    def __init__(self, zygote: Zygote) -> None:
        self.zygote = zygote
        self.cells: dict[int, Cell] = {}
        self.forked = 0
        self.born = time.monotonic()


class Pool:
    """Hands out ready cells and takes them back to be buried. Thread-safe."""

    def __init__(self, recipe: Recipe, name: str) -> None:
        self._recipe = recipe
        self._name = name
        self._lock = threading.Condition(threading.RLock())
        self._idle: dict[Shape, deque[Cell]] = defaultdict(deque)
        self._waiting: Counter[Shape] = Counter()
        self._doomed: list[Cell] = []
        self._dead: list[Cell] = []
        self._failure: SandboxError | None = None
        self._closing = False
        self._over = False
        self._brood: _Brood | None = None
        self._retiring: list[_Brood] = []
        self._early_deaths = 0
        self._calm_at = 0.0
        self._postponed = False
        self._nudge_out, self._nudge_in = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._keeper = threading.Thread(target=self._keep, name=f"sandbox-{name}", daemon=True)
        self._keeper.start()

    def take(self, shape: Shape) -> Cell:
        """A cell of our own, ready for a job. Raises SandboxError when none can be had."""
        deadline = time.monotonic() + _TAKE_TIMEOUT_S
        for attempt in range(_TRIES):
            cell = self._next(shape, deadline)
            try:
                cell.wait_until_ready()
            except SandboxUnavailable:
                self.bury(cell)
                if attempt == _TRIES - 1:
                    raise
                continue
            if cell.is_alive():
                return cell
            self.bury(cell)
        raise SandboxUnavailable("cells die before they are used")

    def _next(self, shape: Shape, deadline: float) -> Cell:
        with self._lock:
            self._failure = None
            self._waiting[shape] += 1
            if not self._idle[shape]:
                # Otherwise the keeper refills when the job is over, not while it wants the processor.
                self._nudge()
            try:
                while not self._idle[shape]:
                    if self._closing:
                        raise SandboxUnavailable("the sandbox is closed")
                    if self._failure is not None:
                        raise self._failure
                    if not self._lock.wait(deadline - time.monotonic()):
                        raise SandboxUnavailable("no cell became free in time")
                return self._idle[shape].popleft()
            finally:
                self._waiting[shape] -= 1

    def bury(self, cell: Cell) -> None:
        """Take a cell out of use and let the keeper kill it and tidy up after it; returns at once."""
        # To end is work, and the processor may be wanted for the next step of a verdict: stopped is as good as dead.
        cell.pause()
        with self._lock:
            if self._over:
                cell.kill()
                cell.close()
                return
            self._doomed.append(cell)
            self._calm_at = time.monotonic() + _CALM_S
        self._nudge()

    def close(self) -> None:
        """End the zygote and everything it forked."""
        with self._lock:
            self._closing = True
            self._lock.notify_all()
        self._nudge()
        self._keeper.join()

    def _nudge(self) -> None:
        # Under the lock: after closing, the number may belong to somebody else's file.
        with self._lock, suppress(BlockingIOError):
            if not self._over:
                os.write(self._nudge_in, b"!")

    # From here on, only the keeper's thread.

    def _keep(self) -> None:
        try:
            while not self._closing:
                self._keep_once()
        finally:
            self._shut_down()

    def _keep_once(self) -> None:
        try:
            self._have_zygote()
        except SandboxError as error:
            self._give_up_for_now(error)
        if self._brood is not None:
            self._order_cells(self._brood)
        self._prepare_the_next()
        self._wait_for_news()
        self._kill_the_doomed()
        self._tidy()
        self._recipe.on_tick()

    def _have_zygote(self) -> None:
        brood, recipe = self._brood, self._recipe
        if brood is None:
            # After a failure only somebody who waits makes us try again.
            if self._failure is None or any(self._waiting.values()):
                self._brood = self._start_brood()
        elif brood.forked >= recipe.most_cells or time.monotonic() - brood.born > recipe.most_seconds:
            self._brood = self._start_brood()
            self._retiring.append(brood)
            for cell in [cell for cell in brood.cells.values() if self._forget_idle(cell)]:
                self.bury(cell)

    def _start_brood(self) -> _Brood:
        started = self._recipe.start(lambda: self._closing)
        brood = _Brood(started.zygote)
        self._welcome(brood, started.number, started.cell)
        return brood

    def _forget_idle(self, cell: Cell) -> bool:
        with self._lock:
            queue = self._idle[cell.shape]
            if cell in queue:
                queue.remove(cell)
                return True
        return False

    def _order_cells(self, brood: _Brood) -> None:
        with self._lock:
            wanted = Counter(self._waiting)
            wanted[self._recipe.default_shape] += self._warm_wanted()
            have = Counter(brood.zygote.ordered)
            for shape, queue in self._idle.items():
                have[shape] += len(queue)
        # A zygote that is gone is noticed, and replaced, when its socket is read.
        with suppress(OSError):
            for shape in (wanted - have).elements():
                brood.zygote.order(shape)

    def _warm_wanted(self) -> int:
        """All of them, or half for the moment after a job: its verdict is often still on the way to the checker."""
        self._postponed = time.monotonic() < self._calm_at
        return (self._recipe.warm + 1) // 2 if self._postponed else self._recipe.warm

    def _prepare_the_next(self) -> None:
        """Have the cell that will be taken next copy its memory ahead; all of them would hold too much of it.

        In a rush every cell is used at once, and most jobs need less than all that could be copied.
        """
        with self._lock:
            if self._postponed or any(self._waiting.values()):
                return
            for queue in self._idle.values():
                if queue:
                    queue[0].expect_a_job()

    def _give_up_for_now(self, error: SandboxError) -> None:
        with self._lock:
            self._failure = error
            self._lock.notify_all()
        time.sleep(0 if self._closing else _RETRY_PAUSE_S)

    def _wait_for_news(self) -> None:
        broods = [*([self._brood] if self._brood else []), *self._retiring]
        poller = select.poll()
        poller.register(self._nudge_out, select.POLLIN)
        by_descriptor = {brood.zygote.control.fileno(): brood for brood in broods}
        for descriptor in by_descriptor:
            poller.register(descriptor, select.POLLIN)
        patience_s = _CALM_S if self._postponed or self._doomed else _TICK_S
        for descriptor, _ in poller.poll(patience_s * 1e3):
            if descriptor == self._nudge_out:
                with suppress(OSError):
                    os.read(self._nudge_out, 4096)
            else:
                self._hear(by_descriptor[descriptor])

    def _hear(self, brood: _Brood) -> None:
        message = brood.zygote.receive()
        if message is None:
            self._lose(brood)
        elif "cell" in message.header:
            self._welcome(brood, *cell_from(brood.zygote, message))
        elif "ended" in message.header:
            self._record_exit(brood, message)

    def _welcome(self, brood: _Brood, number: int, cell: Cell) -> None:
        self._limit_memory(cell)
        brood.cells[number] = cell
        brood.forked += 1
        with self._lock:
            self._idle[cell.shape].append(cell)
            self._lock.notify_all()

    def _limit_memory(self, cell: Cell) -> None:
        groups = self._recipe.memory()
        if groups is None or cell.rung == "C":
            return
        with suppress(OSError):
            cell.attach(groups.take(self._name))
            cell.rung = "A"

    def _record_exit(self, brood: _Brood, message: Message) -> None:
        cell = brood.cells.pop(int(message.header["ended"]), None)
        if cell is not None:
            header = message.header
            self._part_with(cell, Exit(status=header["status"], cpu_s=header["cpu_s"], peak_kb=header["peak_kb"]))

    def _part_with(self, cell: Cell, ended: Exit | None) -> None:
        cell.report_exit(ended)
        if self._forget_idle(cell):
            self.bury(cell)

    def _lose(self, brood: _Brood) -> None:
        """A zygote died, and with it every cell it had."""
        brood.zygote.stop()
        for cell in brood.cells.values():
            self._part_with(cell, None)
        if brood is not self._brood:
            self._retiring.remove(brood)
            return
        self._brood = None
        self._early_deaths = self._early_deaths + 1 if time.monotonic() - brood.born < _TICK_S else 0
        if self._early_deaths > _TRIES:
            self._give_up_for_now(SandboxUnavailable("zygotes die as soon as they have started"))

    def _kill_the_doomed(self) -> None:
        with self._lock:
            if self._doomed and (time.monotonic() >= self._calm_at or len(self._doomed) > self._recipe.warm):
                for cell in self._doomed:
                    cell.kill()
                self._dead += self._doomed
                self._doomed = []

    def _tidy(self) -> None:
        """Let go of the cells that are both buried and gone, and of zygotes without any."""
        with self._lock:
            gone = [cell for cell in self._dead if cell.is_gone()]
            self._dead = [cell for cell in self._dead if not cell.is_gone()]
        for cell in gone:
            self._release(cell)
        for brood in list(self._retiring):
            if not brood.cells:
                self._retiring.remove(brood)
                brood.zygote.stop()

    def _release(self, cell: Cell) -> None:
        cell.close()
        groups = self._recipe.memory()
        if cell.group is not None and groups is not None:
            groups.give_back(cell.group)
        if cell.rung == "C" and cell.folder_path:
            zygotes.remove_tree(Path(cell.folder_path))

    def _shut_down(self) -> None:
        """Cells still at work are closed by whoever uses them: their descriptors are being watched."""
        for brood in [*([self._brood] if self._brood else []), *self._retiring]:
            brood.zygote.stop()
            for cell in brood.cells.values():
                cell.kill()
                cell.wait_until_dead(_DEATH_TIMEOUT_S)
                self._part_with(cell, None)
        with self._lock:
            self._over = True
            self._lock.notify_all()
            for cell in (*self._dead, *self._doomed):
                self._release(cell)
            os.close(self._nudge_out)
            os.close(self._nudge_in)
