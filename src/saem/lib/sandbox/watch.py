"""Watching one run: the clocks, the output caps, and the first sign that it is over."""

import os
import select
import time
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto

from saem.lib.sandbox import box
from saem.lib.sandbox.cells import Cell
from saem.lib.sandbox.inside import frames
from saem.lib.sandbox.jobs import Limits

_DONE_CAPS = frames.Caps(header=4 << 20, blobs=32 << 20)
_CHUNK = 1 << 16
_MOST_FILES = 2000
_LOOK_AT_DISK_EVERY_S = 0.05
_PROCESSORS = os.cpu_count() or 1


class Reason(Enum):
    """Why watching ended."""

    DONE = auto()
    DIED = auto()
    TIME = auto()
    OUTPUT = auto()
    DISK = auto()


@dataclass(kw_only=True)
class Sighting:
    """All the host saw of a run."""

    reason: Reason = Reason.DIED
    started: bool = False
    refused: str = ""
    frame: frames.Frame | None = None
    stdout: bytearray = field(default_factory=bytearray)
    stderr: bytearray = field(default_factory=bytearray)
    cpu_before_s: float = 0.0
    cpu_s: float = 0.0
    wall_s: float = 0.0


class Watch:
    """One run on one cell, from the moment the job was sent."""

    def __init__(self, cell: Cell, limits: Limits) -> None:
        assert cell.outputs is not None
        self._cell = cell
        self._limits = limits
        self._reader = frames.Reader(_DONE_CAPS)
        self._room = limits.output_kb * 1024
        self.seen = Sighting()
        self._buffers = dict(zip(cell.outputs, (self.seen.stdout, self.seen.stderr), strict=True))
        self._start = time.perf_counter()
        self._cpu_start = self.seen.cpu_before_s = cell.cpu_seconds() or 0.0
        self._next_look = 0.0 if cell.rung == "C" else float("inf")
        self._poller = select.poll()
        for descriptor in (*self._buffers, cell.link.fileno(), cell.handle):
            self._poller.register(descriptor, select.POLLIN)

    def until_over(self) -> Sighting:
        """Block until the job is done, dead or past a limit. Does not kill."""
        reason: Reason | None = None
        while reason is None:
            events = self._poller.poll(self._patience_ms())
            reason = self._take_in(events) or self._past_a_limit()
        self._finish(reason)
        return self.seen

    def _take_in(self, events: list[tuple[int, int]]) -> Reason | None:
        reason: Reason | None = None
        for descriptor, _ in events:
            if descriptor in self._buffers:
                if not self._read_output(descriptor):
                    self._poller.unregister(descriptor)
            elif descriptor == self._cell.handle:
                reason = reason or Reason.DIED
            elif self._read_link():
                reason = Reason.DONE
        return reason

    def _read_output(self, descriptor: int) -> bool:
        try:
            data = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            return True
        self._room -= len(data)
        self._buffers[descriptor].extend(data)
        return bool(data)

    def _read_link(self) -> bool:
        """Take in what the cell says about itself; true once that is its last word."""
        try:
            while True:
                data = self._cell.link.recv(_CHUNK)
                if not data:
                    break
                if self._understand(data):
                    return True
        except BlockingIOError:
            return False
        except frames.FrameError:
            self._room = -1  # more than any honest harness says
        except OSError:
            pass
        # The cell closed its end: from now on only its death can be seen.
        with suppress(KeyError):
            self._poller.unregister(self._cell.link.fileno())
        return False

    def _understand(self, data: bytes) -> bool:
        frame = self._reader.feed(data)
        while frame is not None:
            refused = "" if self.seen.started else str(frame.header.get("refused", ""))
            if self.seen.started or refused:
                self.seen.refused = refused
                self.seen.frame = frame
                return True
            self.seen.started = True
            frame = self._reader.feed(b"")
        return False

    def _patience_ms(self) -> float:
        limits, now = self._limits, time.perf_counter()
        left = self._start + limits.wall_s - now
        cpu_left = self._cpu_start + limits.cpu_s - (self._cell.cpu_seconds() or self._cpu_start)
        left = min(left, cpu_left / _PROCESSORS)
        if self._next_look != float("inf"):
            left = min(left, _LOOK_AT_DISK_EVERY_S)
        return max(1.0, left * 1e3)

    def _past_a_limit(self) -> Reason | None:
        if self._room < 0:
            return Reason.OUTPUT
        now = time.perf_counter()
        if now - self._start >= self._limits.wall_s:
            return Reason.TIME
        used = self._cell.cpu_seconds()
        if used is not None and used - self._cpu_start >= self._limits.cpu_s:
            return Reason.TIME
        if now >= self._next_look:
            return self._look_at_disk(now)
        return None

    def _too_much(self) -> Reason | None:
        """A job that was quicker than we looked."""
        if self._room < 0:
            return Reason.OUTPUT
        return self._look_at_disk(0.0) if self._cell.rung == "C" else None

    def _look_at_disk(self, now: float) -> Reason | None:
        # Without mount namespaces no tmpfs bounds the folder, so somebody has to look.
        self._next_look = now + _LOOK_AT_DISK_EVERY_S
        used = box.used_bytes(self._cell.folder, most_entries=_MOST_FILES)
        return Reason.DISK if used > self._limits.disk_mb << 20 else None

    def _finish(self, reason: Reason) -> None:
        used = self._cell.cpu_seconds()
        if used is not None:
            self.seen.cpu_s = used - self._cpu_start
        self.seen.wall_s = time.perf_counter() - self._start
        for descriptor in self._buffers:
            self._drain(descriptor)
        if reason is Reason.DIED and self._read_link():
            reason = Reason.DONE
        if reason in (Reason.DONE, Reason.DIED):
            reason = self._too_much() or reason
        self.seen.reason = reason
        cap = self._limits.output_kb * 1024
        for buffer in self._buffers.values():
            del buffer[cap:]

    def _drain(self, descriptor: int) -> None:
        before = -1
        while before != self._room and self._room >= 0:
            before = self._room
            self._read_output(descriptor)
