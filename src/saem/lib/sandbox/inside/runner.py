"""Runs the sources in one namespace and reports the student's own error with the student's own lines."""

import ast
import builtins
import io
import linecache
import os
import sys
import traceback
import types
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

from . import isolate, show

HARNESS_FOLDER = str(Path(__file__).parent)
_MESSAGE_CAP = 2000
_TRACEBACK_CAP = 16_000
_FRAMES_CAP = 30


@dataclass
class Ending:
    """How the sources ended, on the way to becoming a frame for the host."""

    exit_code: int = 0
    fault: dict[str, Any] | None = None
    displays: list[dict[str, Any]] = field(default_factory=list)
    images: list[bytes] = field(default_factory=list)

    def report(self, own_ms: float) -> dict[str, Any]:
        return {
            "exit_code": self.exit_code,
            "fault": self.fault,
            "displays": self.displays,
            "own_ms": own_ms,
        }


def fresh_namespace() -> dict[str, Any]:
    """A new `__main__` for student code."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    namespace = module.__dict__
    namespace["__builtins__"] = builtins
    return namespace


def connect_streams() -> None:
    """Python's streams onto the descriptors 1 and 2, wherever a job leads these later.

    They are written by line, so that a killed job keeps what it printed.
    """
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    sys.stdout = _text_stream(1, errors="replace")
    sys.stderr = _text_stream(2, errors="backslashreplace")
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc]  # typed as read-only


def _text_stream(descriptor: int, *, errors: str) -> io.TextIOWrapper:
    raw = open(descriptor, "wb", buffering=1 << 16, closefd=False)
    return io.TextIOWrapper(raw, encoding="utf-8", errors=errors, line_buffering=True)


def flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(BaseException):
            stream.flush()


def run_sources(sources: list[dict[str, Any]], namespace: dict[str, Any]) -> Ending:
    """Run in order, stopping at the first error or exit."""
    ending = Ending()
    names = {source["name"] for source in sources}
    for source in sources:
        shown = show.Shown(source["name"]) if source["display"] else None
        try:
            _run_one(source["name"], source["code"], namespace, shown)
        except SystemExit as exit_:
            ending.exit_code = _exit_code(exit_)
            return ending
        except BaseException as error:  # noqa: BLE001 -- whatever student code raises is theirs
            ending.exit_code = 1
            isolate.open_reserve()
            ending.fault = _describe(error, names)
            _print_fault(ending.fault)
            return ending
        finally:
            if shown is not None:
                shown.finish(ending.displays, ending.images)
    return ending


def _run_one(name: str, code: str, namespace: dict[str, Any], shown: show.Shown | None) -> None:
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    namespace["__file__"] = name
    if shown is None:
        exec(compile(code, name, "exec", dont_inherit=True), namespace)
        return
    shown.begin()
    namespace["display"] = shown.add
    body, last = _split_last_expression(code, name)
    exec(body, namespace)
    if last is not None:
        shown.add(eval(last, namespace), quiet_none=True)


def _split_last_expression(code: str, name: str) -> tuple[CodeType, CodeType | None]:
    tree = ast.parse(code, name)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not code.rstrip().endswith(";"):
        final = tree.body.pop()
        assert isinstance(final, ast.Expr)
        last = compile(ast.Expression(final.value), name, "eval", dont_inherit=True)
    return compile(tree, name, "exec", dont_inherit=True), last


def _exit_code(exit_: SystemExit) -> int:
    if exit_.code is None:
        return 0
    if isinstance(exit_.code, int):
        return exit_.code & 0xFF
    with suppress(BaseException):
        sys.stderr.write(f"{exit_.code}\n")
    return 1


def _describe(error: BaseException, names: set[str]) -> dict[str, Any]:
    stack = _own_frames(error.__traceback__)
    own = [frame for frame in stack if frame.filename in names]
    where = own[-1] if own else None
    source, line = (where.filename, where.lineno) if where else ("", None)
    text = (where.line or "") if where else ""
    if isinstance(error, SyntaxError) and error.filename in names:
        source, line, text = error.filename or "", error.lineno, error.text or ""
    return {
        "type": _public_name(type(error)),
        "memory": isinstance(error, MemoryError),
        "message": _safely(lambda: str(error))[:_MESSAGE_CAP],
        "source": source,
        "line": line,
        "text": text.strip()[:_MESSAGE_CAP],
        "traceback": _safely(lambda: _format(error))[-_TRACEBACK_CAP:],
        "frames": [
            {"source": f.filename, "line": f.lineno or 0, "function": f.name, "text": f.line or ""}
            for f in own[-_FRAMES_CAP:]
        ],
    }


def _public_name(kind: type[BaseException]) -> str:
    """NumPy raises `_ArrayMemoryError`; a beginner knows the name of what it derives from."""
    return next(base.__name__ for base in kind.__mro__ if not base.__name__.startswith("_"))


def _own_frames(trace: TracebackType | None) -> list[traceback.FrameSummary]:
    return [frame for frame in traceback.extract_tb(trace, limit=-200) if not _is_harness(frame.filename)]


def _is_harness(filename: str) -> bool:
    return filename.startswith(HARNESS_FOLDER)


def _format(error: BaseException) -> str:
    told = traceback.TracebackException.from_exception(error, limit=-200)
    _strip(told, seen=set())
    return "".join(told.format())


def _strip(told: traceback.TracebackException | None, seen: set[int]) -> None:
    """Hide the harness in the error and in those it came from."""
    if told is None or id(told) in seen:
        return
    seen.add(id(told))
    kept = [frame for frame in told.stack if not _is_harness(frame.filename)]
    told.stack = traceback.StackSummary.from_list(kept)
    _strip(told.__cause__, seen)
    _strip(told.__context__, seen)


def _safely(text: Any) -> str:
    """Student exceptions may have a `__str__` that raises, or returns surrogates."""
    try:
        return str(text()).encode("utf-8", "backslashreplace").decode()
    except BaseException as error:  # noqa: BLE001  # whatever student code raises is a result
        return f"<unprintable: {type(error).__name__}>"


def _print_fault(fault: dict[str, Any]) -> None:
    with suppress(BaseException):
        sys.stdout.flush()
        os.write(2, fault["traceback"].encode())
