"""Cells that stay: state between runs, limits per run, and every way a session ends."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from saem.lib.sandbox import LocalSandbox, Status
from saem.lib.sandbox.sessions import BRIEF
from tests.lib.sandbox.jobs import job
from tests.lib.sandbox.processes import kill_marked, marked, wait_for

pytestmark = pytest.mark.sandbox
MARK = "no_such_module_sessions"


@pytest.fixture(scope="module")
def boxed() -> Iterator[LocalSandbox]:
    with LocalSandbox(preload=(MARK,), warm=1, most_sessions=8) as sandbox:
        yield sandbox


def test_names_and_files_stay(boxed: LocalSandbox) -> None:
    first = boxed.run_in_session("stay", job("n = 1\nopen('note', 'w').write('kept')"))
    second = boxed.run_in_session("stay", job("n += 1\nprint(n, open('note').read())", collect=("note",)))
    assert (first.fresh, second.fresh) == (True, False)
    assert second.stdout == "2 kept\n"
    assert second.files == {"note": b"kept"}


def test_sessions_do_not_meet(boxed: LocalSandbox) -> None:
    boxed.run_in_session("left", job("secret = 1"))
    assert boxed.run_in_session("right", job("secret")).fault.type == "NameError"


def test_an_error_keeps_the_session(boxed: LocalSandbox) -> None:
    boxed.run_in_session("error", job("n = 5"))
    assert boxed.run_in_session("error", job("n = 6\n1 / 0")).status is Status.ERROR
    assert boxed.run_in_session("error", job("print(n)")).stdout == "6\n"


def test_exit_keeps_the_session(boxed: LocalSandbox) -> None:
    assert boxed.run_in_session("exit", job("n = 5\nimport sys\nsys.exit(3)")).exit_code == 3
    assert boxed.run_in_session("exit", job("print(n)")).stdout == "5\n"


def test_prelude_runs_once_and_silently(boxed: LocalSandbox) -> None:
    prelude = job("print('not shown')\nn = 10", files={"data.csv": b"a\n1\n"})
    first = boxed.run_in_session("prelude", job("n += 1\nprint(n, open('data.csv').read())"), prelude=prelude)
    second = boxed.run_in_session("prelude", job("print(n)"), prelude=prelude)
    assert first.stdout == "11 a\n1\n\n"
    assert second.stdout == "11\n"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("while True: pass", Status.TIMEOUT),
        ("print('x' * 100000)", Status.OUTPUT),
        ("import ctypes\nctypes.string_at(0)", Status.SIGNAL),
        ("hoard = []\nwhile True: hoard.append(bytes(1 << 20))", Status.MEMORY),
    ],
)
def test_a_kill_ends_the_session(boxed: LocalSandbox, code: str, status: Status) -> None:
    boxed.run_in_session("killed", job("n = 1"))
    assert boxed.run_in_session("killed", job(code, wall_s=0.4, memory_mb=64)).status is status
    after = boxed.run_in_session("killed", job("print('n' in globals())"))
    assert after.fresh
    assert after.stdout == "False\n"
    boxed.close_session("killed")


def test_prelude_that_never_ends(boxed: LocalSandbox) -> None:
    outcome = boxed.run_in_session("endless", job("print(1)"), prelude=job("while True: pass", wall_s=0.3))
    assert (outcome.status, outcome.in_prelude) == (Status.TIMEOUT, True)
    assert not boxed.run_in_session("endless", job("while True: pass", wall_s=0.3)).in_prelude


def test_processor_time_is_counted_per_run(boxed: LocalSandbox) -> None:
    burn = "import time\nend = time.process_time() + 0.4\nwhile time.process_time() < end: pass"
    for _ in range(4):
        assert boxed.run_in_session("cpu", job(burn, cpu_s=0.9)).status is Status.OK
    assert boxed.run_in_session("cpu", job("while True: pass", cpu_s=0.3)).status is Status.TIMEOUT


def test_sleeps_between_runs(boxed: LocalSandbox) -> None:
    spin = (
        "import threading, time\ndef spin():\n    while True: pass\nthreading.Thread(target=spin, daemon=True).start()"
    )
    used = job("print(time.process_time())")
    boxed.run_in_session("spin", job(spin))
    before = float(boxed.run_in_session("spin", used).stdout)
    time.sleep(2)
    after = float(boxed.run_in_session("spin", used).stdout)
    boxed.close_session("spin")
    # What it uses while a run begins and ends is its own affair, and on a busy machine that takes a while.
    assert after - before < 1


def test_words_between_runs_are_thrown_away(boxed: LocalSandbox) -> None:
    late = "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.01), print('late')), daemon=True).start()"
    boxed.run_in_session("late", job(late))
    assert boxed.run_in_session("late", job("import time\ntime.sleep(0.1)\nprint('now')")).stdout in (
        "now\n",
        "late\nnow\n",
    )


def test_files_of_a_later_run_replace_earlier_ones(boxed: LocalSandbox) -> None:
    boxed.run_in_session("files", job("", files={"x": b"1"}))
    assert boxed.run_in_session("files", job("print(open('x').read())", files={"x": b"2"})).stdout == "2\n"


def test_a_folder_in_the_way_starts_afresh(boxed: LocalSandbox) -> None:
    boxed.run_in_session("way", job("import os\nos.makedirs('x/y')"))
    after = boxed.run_in_session("way", job("print(open('x').read())", files={"x": b"2"}))
    assert after.stdout == "2\n"
    assert after.fresh


def test_same_key_takes_turns(boxed: LocalSandbox) -> None:
    boxed.run_in_session("turns", job("n = 0"))
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda _: boxed.run_in_session("turns", job("n += 1")), range(12)))
    assert boxed.run_in_session("turns", job("print(n)")).stdout == "12\n"


def test_the_oldest_is_evicted(boxed: LocalSandbox) -> None:
    for number in range(9):
        boxed.run_in_session(f"many{number}", job(f"n = {number}"))
    assert boxed.run_in_session("many8", job("print(n)")).fresh is False
    assert boxed.run_in_session("many0", job("")).fresh is True


def test_close_session(boxed: LocalSandbox) -> None:
    boxed.run_in_session("close", job("n = 1"))
    boxed.close_session("close")
    boxed.close_session("never opened")
    assert boxed.run_in_session("close", job("")).fresh


def test_zygote_killed_between_runs(boxed: LocalSandbox) -> None:
    boxed.run_in_session("zygote", job("n = 1"))
    kill_marked(MARK)
    assert boxed.run_in_session("zygote", job("print('n' in globals())")).stdout == "False\n"


def test_idle_sessions_end() -> None:
    with LocalSandbox(preload=("no_such_module_idle",), warm=1, session_idle_s=2.0) as sandbox:
        sandbox.run_in_session("idle", job("n = 1"))
        assert wait_for(lambda: any(map(_stopped, marked("no_such_module_idle"))))
        sessions = {pid for pid in marked("no_such_module_idle") if _stopped(pid)}
        assert wait_for(lambda: not sessions & marked("no_such_module_idle"))
        assert sandbox.run_in_session("idle", job("")).fresh


def _stopped(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"
    except OSError:  # it ended meanwhile
        return False


def test_a_rush_of_verdicts_ends_no_lesson() -> None:
    with LocalSandbox(preload=(), warm=1, most_sessions=2) as sandbox:
        sandbox.run_in_session("lesson", job("x = 1"))
        for number in range(4):
            sandbox.run_in_session(f"{BRIEF}{number}", job(""))
        assert not sandbox.run_in_session("lesson", job("print(x)")).fresh
