"""Stopping politely: a signal ends slow work at once, but never in the middle of writing an effect."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupted(BaseException):
    """Raised where a signal may interrupt; passes every `except Exception` on its way out."""


class Stopping:
    """The wish to stop. `event` is what loops look at."""

    def __init__(self, event: threading.Event | None = None) -> None:
        self.event = event or threading.Event()
        self._interruptible = False

    def listen(self) -> None:
        """React to SIGTERM and SIGINT; only a process's main thread may call this."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Inside, a signal raises Interrupted instead of waiting for the end."""
        self._interruptible = True
        try:
            if self.event.is_set():
                raise Interrupted
            yield
        finally:
            self._interruptible = False

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.event.set()
        if self._interruptible:
            self._interruptible = False
            raise Interrupted
