"""Cells kept alive under a key, between the runs of a lesson."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from saem.lib.sandbox.cells import Cell
from saem.lib.sandbox.jobs import COURSE

# How keys begin that live no longer than one verdict.
BRIEF = "grading-"


@dataclass
class Session:
    """Hold `lock` while using the cell: two tabs of one student take turns."""

    key: str
    lock: threading.Lock = field(default_factory=threading.Lock)
    cell: Cell | None = None
    flavour: str = COURSE
    last_used: float = field(default_factory=time.monotonic)


class Sessions:
    """All sessions, with an idle limit and a ceiling. Thread-safe.

    Sessions of a single verdict come and go; they are counted apart, so that a rush of submissions ends no lesson.
    """

    def __init__(self, *, idle_s: float, most: int, bury: Callable[[Session], None]) -> None:
        self._idle_s = idle_s
        self._most = most
        self._bury = bury
        self._lock = threading.Lock()
        self._by_key: dict[str, Session] = {}

    def get(self, key: str) -> Session:
        """The session of a key, made if need be; may evict the one idle longest."""
        with self._lock:
            session = self._by_key.get(key)
            if session is None:
                evicted = self._evict(brief=key.startswith(BRIEF))
                session = self._by_key[key] = Session(key)
            else:
                evicted = None
            session.last_used = time.monotonic()
        if evicted is not None:
            self.end(evicted)
        return session

    def _evict(self, *, brief: bool) -> Session | None:
        alike = [session for session in self._by_key.values() if session.key.startswith(BRIEF) == brief]
        idle = [session for session in alike if not session.lock.locked()]
        if len(alike) < self._most or not idle:
            return None
        oldest = min(idle, key=lambda session: session.last_used)
        return self._by_key.pop(oldest.key)

    def end(self, session: Session) -> None:
        """Kill the session's cell; the session itself may be used again and then starts anew."""
        if session.cell is not None:
            self._bury(session)
            session.cell = None

    def close(self, key: str) -> None:
        with self._lock:
            session = self._by_key.pop(key, None)
        if session is not None:
            self.end(session)

    def expire(self) -> None:
        """End what nobody used for the idle limit."""
        before = time.monotonic() - self._idle_s
        with self._lock:
            old = [s for s in self._by_key.values() if s.last_used < before and not s.lock.locked()]
            for session in old:
                del self._by_key[session.key]
        for session in old:
            self.end(session)

    def close_all(self) -> None:
        with self._lock:
            sessions = list(self._by_key.values())
            self._by_key.clear()
        for session in sessions:
            self.end(session)
