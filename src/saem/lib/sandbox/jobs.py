"""What goes into the sandbox and what comes out of it: plain frozen values, nothing that runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

# The flavour of whoever asks for none.
COURSE = "course"


class Role(StrEnum):
    """Whose code runs. The two share nothing but bytes, so hidden answers never meet student code."""

    STUDENT = "student"
    CHECKER = "checker"


class Status(StrEnum):
    """How a job ended; each of these is an expected outcome, not an exception."""

    OK = "ok"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT = "output"
    SIGNAL = "signal"


# After one of these the process is gone, and with it a session.
ENDS_THE_CELL = frozenset({Status.TIMEOUT, Status.MEMORY, Status.OUTPUT, Status.SIGNAL})


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one run may use. `memory_mb` counts above the warm interpreter, `disk_mb` is the working folder.

    `processes` is how many processes a job may have; 1 (the default) refuses fork and exec outright.
    """

    wall_s: float = 10.0
    cpu_s: float = 10.0
    memory_mb: int = 512
    output_kb: int = 64
    file_mb: int = 32
    disk_mb: int = 64
    processes: int = 1


@dataclass(frozen=True)
class Source:
    """One piece of code under the name its tracebacks show; `display` treats it as a notebook cell."""

    name: str
    code: str
    display: bool = False


@dataclass(frozen=True)
class Job:
    """Sources that run in order in one namespace, stopping at the first error.

    `files` are laid in the working folder first; `collect` names files to read back afterwards (a missing
    or refused one is simply absent from `Outcome.files`). `seed` seeds `random` and NumPy; None means fresh.
    `flavour` is what the process has at hand before it starts, see `flavours`.
    """

    sources: tuple[Source, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    collect: tuple[str, ...] = ()
    limits: Limits = Limits()
    seed: int | None = 0
    argv: tuple[str, ...] = ()
    flavour: str = COURSE


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One line of a traceback; `line` is 1-based."""

    source: str
    line: int
    function: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Fault:
    """The student's own uncaught exception: `source`, `line` and `text` are their innermost line."""

    type: str
    message: str
    source: str
    line: int | None
    text: str
    traceback: str
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A DataFrame or Series as text: at most 50 rows and 50 columns are carried, the totals are the real ones."""

    columns: tuple[str, ...]
    index: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total_rows: int
    total_columns: int


@dataclass(frozen=True, kw_only=True)
class Display:
    """What a notebook cell shows. It was made beside student code: checked and capped, still only a claim."""

    kind: Literal["text", "table", "image"]
    text: str = ""
    table: Table | None = None
    png: bytes = b""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """All that is known of a run. Times are milliseconds; `overhead_ms` is wall above the job's own compute.

    `isolation` is the rung it ran on ("A", "B" or "C"); `fresh` tells that no earlier run shared its process, and
    `in_prelude` that a session's prelude was ended by a limit, so that the job itself never ran.
    """

    status: Status
    exit_code: int | None
    stdout: str
    stderr: str
    wall_ms: float
    cpu_ms: float
    overhead_ms: float
    isolation: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    displays: tuple[Display, ...] = ()
    fault: Fault | None = None
    fresh: bool = True
    in_prelude: bool = False
