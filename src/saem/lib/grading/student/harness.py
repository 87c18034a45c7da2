"""Runs a student's cells one by one, then hands over values. A zygote loads it as text, or a job brings it.

It is polite, not strong: it keeps an honest mistake in one cell from costing the others. Against a dishonest one stand
the sandbox's limits and the checker's cell, not this file.
"""

import atexit
import builtins
import difflib
import faulthandler
import json
import linecache
import os
import re
import signal
import sys
import threading
import time
import types
from collections.abc import Callable
from functools import partial
from typing import Any

FOLDER = "saem"
MOST_FIGURES = 4
MOST_FRAMES = 30
FAST_PNG = {"compress_level": 1}
GRACE_S = 1.0
SLACK_S = 0.5
# Magic cells that hold Python, magic lines with Python behind them, and lines that are commands to Jupyter alone.
PYTHON_CELLS = ("%%time", "%%timeit", "%%capture")
TIMED = re.compile(r"^(\s*)%time(?:it)? (?!-)")
COMMAND = re.compile(r"^(\s*)(?:%[A-Za-z]|!(?!=)|\?|[\w.]+\?{1,2}\s*$).*")


class TimeIsUpError(BaseException):
    """Raised by the alarm; not an Exception, so that `except Exception` does not swallow it."""


class Runner:
    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        # The module stays in sys.modules, so a second job of the same session finds it again.
        self.space = sys.modules.setdefault("saem_notebook", types.ModuleType("__main__")).__dict__
        os.makedirs(FOLDER, exist_ok=True)  # pathlib would cost the cell an import
        self.report = self.opened("report")
        self.progress = self.opened("progress")
        self.trace = self.opened("trace")
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")

    def opened(self, name: str) -> int:
        return os.open(f"{FOLDER}/{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)

    def begin(self, step: str) -> None:
        """Say what comes next: should this process end, the last word tells where."""
        os.write(self.progress, f"{step}\n".encode())

    def close(self) -> None:
        for descriptor in (self.report, self.progress, self.trace):
            os.close(descriptor)


class Watchdog:
    """Ends the process when a step outlives its time by far; `guard` starts a thread only where the last is no use."""

    def __init__(self) -> None:
        self.until = 0.0

    def guard(self, wall_s: float, trace: int) -> None:
        due = time.monotonic() + wall_s + GRACE_S
        if not due <= self.until <= due + SLACK_S:
            self.until = due + SLACK_S
            faulthandler.dump_traceback_later(wall_s + GRACE_S + SLACK_S, exit=True, file=trace)

    def rest(self) -> None:
        self.until = 0.0
        faulthandler.cancel_dump_traceback_later()


WATCHDOG = Watchdog()


def timed(wall_s: float, action: Callable[[], Any], trace: int | None = None) -> tuple[Any, BaseException | None]:
    """`action()`'s result or what it raised; an alarm stops it, and with `trace` a watchdog ends the process."""
    result = error = None
    try:
        if trace is not None:
            WATCHDOG.guard(wall_s, trace)
        signal.signal(signal.SIGALRM, stop)
        # It rings again and again: a loop that swallows the first alarm meets the next.
        signal.setitimer(signal.ITIMER_REAL, wall_s, 0.1)
        try:
            result = action()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except BaseException as raised:  # noqa: BLE001  # SystemExit and interrupts are a cell's own affair too
        error = raised
    signal.setitimer(signal.ITIMER_REAL, 0)
    return result, error


def stop(_number: int, _frame: Any) -> None:
    raise TimeIsUpError


def run_cells(plan: dict[str, Any]) -> None:
    """Run the cells of `plan`, and after a question's last cell write its figures and values."""
    runner = Runner(plan)
    prepare_space(runner.space)
    for cell in plan["cells"]:
        runner.begin(f"cell {cell['number']}")
        before = dict(runner.space)
        started = time.perf_counter()
        _, error = timed(cell["wall_s"], partial(run_cell, cell, runner.space), runner.trace)
        # Drawing is the cell's own work, as it is in Jupyter, where a figure appears while its cell runs.
        if has_drawn():
            timed(cell["wall_s"], partial(draw, cell), runner.trace)
        wall_ms = (time.perf_counter() - started) * 1e3
        if isinstance(error, MemoryError):
            # What filled the memory goes, or the next cells would pay for it.
            runner.space.clear()
            runner.space.update(before)
        fault = timed(GRACE_S, partial(describe, error, runner.space), runner.trace)[0] if error else None
        del error, before
        line = {"cell": cell["number"], "wall_ms": wall_ms, "fault": fault}
        os.write(runner.report, json.dumps(line).encode() + b"\n")
        if cell["names"] and cell["last"]:
            path = f"{FOLDER}/values-{cell['question']}"
            timed(cell["wall_s"], partial(write_values, path, runner.space, cell["names"]), runner.trace)
    WATCHDOG.rest()
    runner.begin("end 0")
    atexit._clear()  # noqa: SLF001  # nobody waits for what a cell left behind
    if threading.active_count() > 1:
        os._exit(0)
    runner.close()


def show_nothing(*_values: Any, **_options: Any) -> None:
    """What `display(…)` does where nobody looks."""


def prepare_space(space: dict[str, Any]) -> None:
    """The few names of Jupyter that notebooks use without importing them."""
    display = types.ModuleType("IPython.display")
    display.__getattr__ = lambda _name: show_nothing  # type: ignore[method-assign]  # a module made of this one function
    ipython = types.ModuleType("IPython")
    ipython.display = display  # type: ignore[attr-defined]  # a module made by hand
    sys.modules.setdefault("IPython", ipython)
    sys.modules.setdefault("IPython.display", display)
    space.update(__name__="__main__", __builtins__=builtins, display=show_nothing)
    sys.modules["__main__"] = sys.modules["saem_notebook"]


def run_cell(cell: dict[str, Any], space: dict[str, Any]) -> None:
    name, text = cell["name"], cell["code"]
    try:
        code = compile(text, name, "exec")
    except SyntaxError:
        text = without_magics(text)
        code = compile(text, name, "exec")
    finally:
        linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    exec(code, space)  # running the student's cell is what this process is for


def without_magics(text: str) -> str:
    """Jupyter's own commands (`%matplotlib inline`, `!pip install …`, `df?`) as lines that do nothing."""
    lines = text.split("\n")
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        if lines[first].split()[0] not in PYTHON_CELLS:
            return ""
        lines[first] = ""
    return "\n".join(COMMAND.sub(r"\1pass", TIMED.sub(r"\1", line)) for line in lines)


def has_drawn() -> bool:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return pyplot is not None and bool(pyplot.get_fignums())


def draw(cell: dict[str, Any]) -> None:
    """Write a question's figures; all are closed, so the next question starts clean."""
    pyplot = sys.modules["matplotlib.pyplot"]
    if cell["question"] is not None:
        drawn = [pyplot.figure(number) for number in pyplot.get_fignums()]
        drawn = [figure for figure in drawn if figure.axes][:MOST_FIGURES]
        for place, figure in enumerate(drawn):
            figure.savefig(f"{FOLDER}/figure-{cell['question']}-{place}.png", dpi=80, pil_kwargs=FAST_PNG)
    pyplot.close("all")


def write_values(path: str, space: dict[str, Any], names: list[str]) -> None:
    writer = Writer()  # type: ignore[name-defined]  # noqa: F821  # export.py is sent in front of this text
    values = {name: writer.safe(space[name]) for name in names if name in space}
    with open(path, "wb") as file:
        file.write(dump(values, writer))  # type: ignore[name-defined]  # noqa: F821


def describe(error: BaseException, space: dict[str, Any]) -> dict[str, Any]:
    """An exception as plain data: its type, words and the student's own lines."""
    frames: list[list[Any]] = []
    tail = error.__traceback__
    while tail and len(frames) < MOST_FRAMES:
        code = tail.tb_frame.f_code
        if code.co_filename.startswith("<cell"):
            text = linecache.getline(code.co_filename, tail.tb_lineno).strip()
            frames.append([code.co_filename, tail.tb_lineno, code.co_name, text])
        tail = tail.tb_next
    kind = "TimeoutError" if isinstance(error, TimeIsUpError) else type(error).__name__
    try:
        message = str(error.msg if isinstance(error, SyntaxError) else error) + suggestion(error, space)
    except BaseException:  # noqa: BLE001  # an exception may refuse to be read
        message = ""
    if isinstance(error, SyntaxError) and str(error.filename).startswith("<cell"):
        frames.append([error.filename, error.lineno or 1, "<module>", (error.text or "").rstrip()])
    return {"type": kind, "message": message, "frames": frames}


def suggestion(error: BaseException, space: dict[str, Any]) -> str:
    """The name or the column that was probably meant, in Python's own words."""
    if isinstance(error, NameError) and isinstance(error.name, str):
        word, known = error.name, list(space)
    elif isinstance(error, KeyError) and error.args and isinstance(error.args[0], str):
        word = error.args[0]
        tables = [value for value in space.values() if hasattr(value, "columns")]
        known = [name for table in tables for name in table.columns if isinstance(name, str)]
    else:
        return ""
    known = [name for name in known if name != word]
    close = [name for name in known if name.lower() == word.lower()]
    close = close or difflib.get_close_matches(word, known, 1, 0.75)
    return f". Did you mean: '{close[0]}'?" if close else ""


def call_functions(plan: dict[str, Any]) -> None:
    """Call the student's functions with hidden inputs, which arrived only after everything visible had left."""
    runner = Runner(plan)
    own_s = 0.0
    for call in plan["calls"]:
        runner.begin(f"call {call['place']}")
        own_s += write_answers(f"{FOLDER}/call-{call['place']}", call, runner.space, runner.trace)
    WATCHDOG.rest()
    runner.begin(f"end {own_s * 1e6:.0f}")
    runner.close()


def write_answers(path: str, call: dict[str, Any], space: dict[str, Any], trace: int | None = None) -> float:
    """Returns the seconds that the student's function took."""
    writer = Writer()  # type: ignore[name-defined]  # noqa: F821
    function = space.get(call["name"], writer)
    answers: dict[str, Any] = {}
    own_s = 0.0
    if function is not writer:
        for place, arguments in enumerate(arguments_of(call)):
            started = time.perf_counter()
            answers[str(place)] = answer(call["wall_s"], function, arguments, writer, trace)
            own_s += time.perf_counter() - started
    with open(path, "wb") as file:
        file.write(dump(answers, writer))  # type: ignore[name-defined]  # noqa: F821
    return own_s


def arguments_of(call: dict[str, Any]) -> list[list[Any]]:
    if call["input"] is None:
        return call["cases"]  # type: ignore[no-any-return]  # from our own JSON
    return [[sys.modules["pandas"].read_csv(call["input"])]]


def answer(wall_s: float, function: Any, arguments: list[Any], writer: Any, trace: int | None) -> Any:
    if not callable(function):
        function = getattr(function, "predict", None)
    if function is None:
        return {"t": "not_a_function"}
    node, error = timed(wall_s, lambda: writer.safe(function(*arguments)), trace)
    if error is None:
        return node
    fault = describe(error, {})
    where = fault["frames"][-1] if fault["frames"] else ["", 0, "", ""]
    return {"t": "raised", "type": fault["type"], "cell": where[0], "line": where[1]}


def check_exercise(plan: dict[str, Any], space: dict[str, Any]) -> None:
    """Hand over what a lesson's exercise asks for, from a session that goes on afterwards."""
    paths = [plan["values"]["path"], *(call["path"] for call in plan["calls"])]
    for path in paths:
        if os.path.exists(path):
            os.remove(path)  # an answer of an earlier run must not pass for this one's
    kept = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")
    try:
        write_values(paths[0], space, plan["values"]["names"])
        for call in plan["calls"]:
            write_answers(call["path"], call, space)
    finally:
        sys.stdout, sys.stderr = kept
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
