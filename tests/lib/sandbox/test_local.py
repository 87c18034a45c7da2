"""What a run gives back, and what survives when things die around it."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from saem.lib.sandbox import (
    IsolationTooWeak,
    JobRefused,
    LocalSandbox,
    Role,
    SandboxUnavailable,
    Status,
)
from tests.lib.sandbox.jobs import job
from tests.lib.sandbox.processes import kill_marked, marked, wait_for

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def plain() -> Iterator[LocalSandbox]:
    with LocalSandbox(preload=(), checker_preload=(), warm=2) as sandbox:
        yield sandbox


def test_sources_share_a_namespace(plain: LocalSandbox) -> None:
    outcome = plain.run(job("a = 20", "a += 1", "print(a * 2)"))
    assert (outcome.status, outcome.exit_code, outcome.stdout, outcome.stderr) == (Status.OK, 0, "42\n", "")
    assert outcome.fault is None
    assert outcome.fresh


def test_times_add_up(plain: LocalSandbox) -> None:
    outcome = plain.run(job("import time\nend = time.process_time() + 0.1\nwhile time.process_time() < end: pass"))
    assert 90 < outcome.cpu_ms < 1000
    assert outcome.wall_ms >= 100
    assert 0 < outcome.overhead_ms < outcome.wall_ms


def test_stops_at_first_error(plain: LocalSandbox) -> None:
    outcome = plain.run(job("print(1)", "x = 1\ny = x / 0", "print(3)"))
    assert outcome.status is Status.ERROR
    assert outcome.exit_code == 1
    assert outcome.stdout == "1\n"
    fault = outcome.fault
    assert fault is not None
    assert (fault.type, fault.message) == ("ZeroDivisionError", "division by zero")
    assert (fault.source, fault.line, fault.text) == ("part2.py", 2, "y = x / 0")
    assert fault.traceback == outcome.stderr
    assert "inside" not in fault.traceback


def test_fault_points_at_own_line_below_a_library(plain: LocalSandbox) -> None:
    outcome = plain.run(job("def read(text):\n    import json\n    return json.loads(text)\n\nread('{')"))
    fault = outcome.fault
    assert fault is not None
    assert fault.type == "JSONDecodeError"
    assert (fault.line, fault.text) == (3, "return json.loads(text)")
    assert [(frame.line, frame.function) for frame in fault.frames] == [(5, "<module>"), (3, "read")]
    assert "json/decoder.py" in fault.traceback


def test_fault_in_earlier_source(plain: LocalSandbox) -> None:
    outcome = plain.run(job("def half(n):\n    return n / 0", "half(3)"))
    assert outcome.fault is not None
    assert (outcome.fault.source, outcome.fault.line) == ("part1.py", 2)
    assert [frame.source for frame in outcome.fault.frames] == ["part2.py", "part1.py"]


def test_syntax_error_has_its_line(plain: LocalSandbox) -> None:
    outcome = plain.run(job("x = 1\nif x\n    print(x)"))
    assert outcome.fault is not None
    assert (outcome.fault.type, outcome.fault.line, outcome.fault.text) == ("SyntaxError", 2, "if x")
    assert "inside" not in outcome.stderr


def test_cause_is_told_without_harness(plain: LocalSandbox) -> None:
    code = "try:\n    {}['a']\nexcept KeyError as error:\n    raise ValueError('no a') from error"
    outcome = plain.run(job(code))
    assert outcome.fault is not None
    assert "KeyError: 'a'" in outcome.fault.traceback
    assert "direct cause" in outcome.fault.traceback
    assert "inside" not in outcome.fault.traceback


def test_korean_comes_through(plain: LocalSandbox) -> None:
    outcome = plain.run(job("이름 = '샘'\nprint(f'안녕, {이름}!')\nraise ValueError('값이 이상해요')"))
    assert outcome.stdout == "안녕, 샘!\n"
    assert outcome.fault is not None
    assert outcome.fault.message == "값이 이상해요"


def test_print_before_kill_is_kept(plain: LocalSandbox) -> None:
    outcome = plain.run(job("print('so far')\nwhile True: pass", wall_s=0.3))
    assert outcome.status is Status.TIMEOUT
    assert outcome.stdout == "so far\n"
    assert outcome.exit_code is None


def test_output_is_cut_at_the_cap(plain: LocalSandbox) -> None:
    outcome = plain.run(job("print('x' * 5000)", output_kb=2))
    assert outcome.status is Status.OUTPUT
    assert outcome.stdout == "x" * 2048


def test_files_go_in_and_out(plain: LocalSandbox) -> None:
    code = "import os\nos.makedirs('out')\nopen('out/b.txt', 'w').write(open('in/a.txt').read().upper())"
    outcome = plain.run(job(code, files={"in/a.txt": b"abc"}, collect=("out/b.txt", "in/a.txt", "missing.txt")))
    assert outcome.files == {"out/b.txt": b"ABC", "in/a.txt": b"abc"}


def test_modules_beside_the_code_can_be_imported(plain: LocalSandbox) -> None:
    outcome = plain.run(job("import own\nprint(own.value)", files={"own.py": b"value = 5"}))
    assert outcome.stdout == "5\n"


@pytest.mark.parametrize(
    "make",
    [
        "os.symlink('/etc/hostname', 'out')",
        "os.symlink('real', 'out'); open('real', 'w').write('x')",
        "os.mkdir('out')",
        "os.mkdir('d'); open('d/out', 'w').write('x'); os.rename('d', 'out')",
    ],
)
def test_refuses_to_collect(plain: LocalSandbox, make: str) -> None:
    assert plain.run(job(f"import os\n{make}", collect=("out",))).files == {}


def test_refuses_to_collect_through_a_linked_folder(plain: LocalSandbox) -> None:
    outcome = plain.run(
        job("import os\nos.symlink('/etc', 'etc')\nos.symlink('..', 'up')", collect=("etc/hostname", "up/x"))
    )
    assert outcome.files == {}


@pytest.mark.parametrize(
    "name", ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".", "x\0y", "n" * 300, "a/" * 20 + "b"]
)
def test_refuses_file_names(plain: LocalSandbox, name: str) -> None:
    with pytest.raises(JobRefused):
        plain.run(job("", files={name: b""}))
    with pytest.raises(JobRefused):
        plain.run(job("", collect=(name,)))


def test_refuses_files_that_do_not_fit(plain: LocalSandbox) -> None:
    if plain.run(job("")).isolation == "C":
        pytest.skip("without namespaces the folder is as large as the disk")
    with pytest.raises(JobRefused):
        plain.run(job("", files={"big": bytes(20 << 20)}, disk_mb=8))


def test_seed_decides(plain: LocalSandbox) -> None:
    code = "import random\nprint(random.random())"
    first, again = plain.run(job(code)).stdout, plain.run(job(code)).stdout
    other, fresh = plain.run(job(code, seed=7)).stdout, plain.run(job(code, seed=None)).stdout
    assert first == again
    assert len({first, other, fresh}) == 3


def test_arguments(plain: LocalSandbox) -> None:
    assert plain.run(job("import sys\nprint(sys.argv)", argv=("a", "b"))).stdout == "['part1.py', 'a', 'b']\n"


def test_exit_handlers_and_threads_end_first(plain: LocalSandbox) -> None:
    code = (
        "import atexit, threading, time\natexit.register(print, 'bye')\n"
        "threading.Thread(target=lambda: (time.sleep(0.1), print('thread'))).start()\nprint('end')"
    )
    assert plain.run(job(code)).stdout == "end\nthread\nbye\n"


def test_jobs_do_not_meet(plain: LocalSandbox) -> None:
    plain.run(job("import builtins, json\nbuiltins.mine = 1\njson.loads = None\nopen('left', 'w').write('x')"))
    assert plain.run(
        job("import os, json, builtins\nprint(os.listdir(), hasattr(builtins, 'mine'), json.loads('1'))")
    ).stdout == ("['tmp'] False 1\n")


def test_checker_sees_the_library_and_student_does_not(plain: LocalSandbox) -> None:
    code = "import saem.lib\nprint(saem.lib.__name__)"
    assert plain.run(job(code), role=Role.CHECKER).stdout == "saem.lib\n"
    assert plain.run(job(code)).status is Status.ERROR


def test_cells_that_wait_do_not_keep_others_from_being_born() -> None:
    """Each has handed over its folder, and nobody has taken it: more than one of them may have open."""
    with LocalSandbox(preload=("no_such_module_many",), warm=80) as many:
        many.run(job(""))
        assert wait_for(lambda: len(marked("no_such_module_many")) > 80)
        assert all(many.run(job("")).status is Status.OK for _ in range(85))


def test_streams_know_that_they_lead_into_pipes(plain: LocalSandbox) -> None:
    code = "import sys\nsys.stdout.reconfigure(errors='replace')\nprint(sys.stdout.seekable(), sys.stderr.seekable())"
    assert plain.run(job(code)).stdout == "False False\n"


def test_checker_cannot_see_the_rest_of_the_site(plain: LocalSandbox) -> None:
    for name in ("saem.settings", "saem.web", "saem.apps"):
        assert plain.run(job(f"import {name}"), role=Role.CHECKER).status is Status.ERROR


def test_many_threads_at_once(plain: LocalSandbox) -> None:
    with ThreadPoolExecutor(12) as threads:
        outcomes = list(threads.map(lambda n: plain.run(job(f"print({n})")), range(40)))
    assert [outcome.stdout for outcome in outcomes] == [f"{n}\n" for n in range(40)]


def test_survives_its_zygote_being_killed() -> None:
    with LocalSandbox(preload=("no_such_module_killed",), warm=2) as sandbox:
        for _ in range(3):
            assert sandbox.run(job("print(1)")).stdout == "1\n"
            kill_marked("no_such_module_killed")


def test_zygote_killed_under_a_job_is_the_platforms_fault() -> None:
    with LocalSandbox(preload=("no_such_module_under",), warm=1) as sandbox, ThreadPoolExecutor(1) as threads:
        sandbox.warm_up(Role.STUDENT)
        running = threads.submit(sandbox.run, job("import time\ntime.sleep(20)", wall_s=30))
        time.sleep(0.5)
        kill_marked("no_such_module_under")
        with pytest.raises(SandboxUnavailable):
            running.result(10)
        assert sandbox.run(job("print(1)")).stdout == "1\n"


def test_recycles_its_zygote() -> None:
    with LocalSandbox(preload=("no_such_module_recycled",), warm=1, cells_per_zygote=3) as sandbox:
        sandbox.run(job(""))
        before = marked("no_such_module_recycled")
        for _ in range(10):
            assert sandbox.run(job("print(1)")).stdout == "1\n"
        assert wait_for(lambda: not before & marked("no_such_module_recycled"))


def test_nothing_outlives_close() -> None:
    sandbox = LocalSandbox(preload=("no_such_module_closed",), warm=2)
    sandbox.run(job(""))
    sandbox.run_in_session("s", job(""))
    assert marked("no_such_module_closed")
    sandbox.close()
    assert marked("no_such_module_closed") == set()
    with pytest.raises(SandboxUnavailable):
        sandbox.run(job(""))


def test_close_while_a_job_runs() -> None:
    sandbox = LocalSandbox(preload=(), warm=1)
    sandbox.warm_up(Role.STUDENT)
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(sandbox.run, job("import time\ntime.sleep(20)", wall_s=30))
        time.sleep(0.3)
        sandbox.close()
        with pytest.raises(SandboxUnavailable):
            running.result(10)


def test_daemons_die_with_their_job() -> None:
    with LocalSandbox(preload=("no_such_module_daemon",), warm=1) as sandbox:
        sandbox.warm_up(Role.STUDENT)
        if sandbox.run(job("")).isolation == "C":
            pytest.skip("several processes need namespaces")
        assert wait_for(lambda: len(marked("no_such_module_daemon")) == 2)
        code = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(60)\n    os._exit(0)"
        assert sandbox.run(job(code, processes=5)).status is Status.OK
        assert wait_for(lambda: len(marked("no_such_module_daemon")) == 2)


def test_refuses_below_the_minimum() -> None:
    with (
        LocalSandbox(preload=(), minimum="A", cgroup=Path("/nonexistent")) as sandbox,
        pytest.raises(IsolationTooWeak, match="rung B"),
    ):
        sandbox.run(job(""))


def test_says_why_nothing_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with LocalSandbox(preload=(), rung="B") as sandbox, pytest.raises(IsolationTooWeak, match="bubblewrap"):
        sandbox.run(job(""))


def test_falls_to_the_next_rung(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with LocalSandbox(preload=(), minimum="C") as sandbox:
        assert sandbox.run(job("")).isolation == "C"


def test_does_not_run_as_root(plain: LocalSandbox) -> None:
    with LocalSandbox(preload=("no_such_module_owner",), warm=1) as sandbox:
        sandbox.run(job(""))
        owners = {Path("/proc", str(pid)).stat().st_uid for pid in marked("no_such_module_owner")}
    assert owners == ({65534} if os.geteuid() == 0 else {os.geteuid()})


def test_closing_abandons_a_zygote_that_is_just_starting() -> None:
    sandbox = LocalSandbox(warm=1)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(sandbox.run, job("print(1)"))
        time.sleep(0.3)  # the course's libraries take seconds
        started = time.monotonic()
        sandbox.close()
        with pytest.raises(SandboxUnavailable):
            waiting.result(5)
    assert time.monotonic() - started < 1.5
