"""The daemon and its client: same answers as a local sandbox, over a socket that may vanish."""

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from saem.lib.sandbox import JobRefused, RemoteSandbox, Role, SandboxUnavailable, Status
from saem.lib.sandbox.inside import frames
from tests.lib.sandbox.jobs import job
from tests.lib.sandbox.processes import marked, wait_for

pytestmark = pytest.mark.sandbox
SERVE = "import sys; from saem.lib.sandbox.server import serve; serve(sys.argv[1], preload=('numpy', sys.argv[2]), checker_preload=(), warm=2)"


class Daemon:
    """A daemon in a process of its own, as `saem sandbox` would be."""

    def __init__(self, path: Path, mark: str) -> None:
        self.path, self.mark = path, mark
        self.start()

    def start(self) -> None:
        serve = SERVE.replace("serve(sys.argv[1]", "from pathlib import Path; serve(Path(sys.argv[1])")
        self.process = subprocess.Popen([sys.executable, "-c", serve, str(self.path), self.mark])
        assert wait_for(self.answers) or self.end(signal.SIGKILL) is None, "the daemon did not start"

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.path)) == 0

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    daemon = Daemon(tmp_path / "run" / "sandbox.sock", f"no_such_module_{tmp_path.name}")
    yield daemon
    if daemon.process.poll() is None:
        daemon.end()


def test_everything_through_the_socket(daemon: Daemon) -> None:
    mode = stat.S_IMODE
    assert (mode(daemon.path.stat().st_mode), mode(daemon.path.parent.stat().st_mode)) == (0o600, 0o700)
    with RemoteSandbox(daemon.path) as remote:
        code = "import numpy as np\nnp.save('a.npy', np.arange(3))\nopen('b', 'w').write(open('in').read())"
        outcome = remote.run(job(code, files={"in": b"x"}, collect=("a.npy", "b")))
        assert (outcome.status, outcome.files["b"], len(outcome.files)) == (Status.OK, b"x", 2)
        failed = remote.run(job("1 / 0"))
        assert failed.fault is not None
        assert (failed.fault.line, failed.fault.frames[0].source) == (1, "part1.py")
        (shown,) = remote.run(job("[1, 2]", display=True)).displays
        assert shown.text == "[1, 2]"
        assert remote.run(job("import saem.lib"), role=Role.CHECKER).status is Status.OK
        remote.run_in_session("k", job("print(n)"), prelude=job("n = 4", files={"p": b""}))
        assert remote.run_in_session("k", job("print(n)")).stdout == "4\n"
        remote.close_session("k")
        assert remote.run_in_session("k", job("")).fresh
        with pytest.raises(JobRefused):
            remote.run(job("", files={"../x": b""}))
        with ThreadPoolExecutor(8) as threads:
            outcomes = threads.map(lambda n: remote.run(job(f"print({n})")).stdout, range(24))
            assert list(outcomes) == [f"{n}\n" for n in range(24)]
    assert daemon.end() == 0
    assert not daemon.path.exists()
    assert marked(daemon.mark) == set()


def test_killed_daemon_leaves_nothing_and_is_found_again(daemon: Daemon) -> None:
    with RemoteSandbox(str(daemon.path)) as remote:
        assert remote.run(job("print(1)")).stdout == "1\n"
        daemon.end(signal.SIGKILL)
        assert wait_for(lambda: marked(daemon.mark) == set())
        with pytest.raises(SandboxUnavailable):
            remote.run(job(""))
        daemon.start()
        assert remote.run(job("print(2)")).stdout == "2\n"
        assert remote.run(job("print(3)")).stdout == "3\n"


def test_restart_is_not_noticed(daemon: Daemon) -> None:
    with RemoteSandbox(daemon.path) as remote:
        assert remote.run(job("print(1)")).stdout == "1\n"
        daemon.end()
        daemon.start()
        assert remote.run(job("print(2)")).stdout == "2\n"


def test_killed_while_a_job_runs(daemon: Daemon) -> None:
    with RemoteSandbox(daemon.path) as remote, ThreadPoolExecutor(1) as threads:
        running = threads.submit(remote.run, job("import time\ntime.sleep(20)", wall_s=30))
        assert wait_for(lambda: len(marked(daemon.mark)) > 1)
        daemon.end(signal.SIGKILL)
        with pytest.raises(SandboxUnavailable):
            running.result(20)


def test_nonsense_costs_only_its_own_connection(daemon: Daemon) -> None:
    for data in (
        b"GET / HTTP/1.1\r\n\r\n",
        b"\xff" * 64,
        frames.pack({"do": "dance"}),
        frames.pack({"do": "run", "job": 3}),
    ):
        with socket.socket(socket.AF_UNIX) as rude:
            rude.connect(str(daemon.path))
            rude.sendall(data)
    with RemoteSandbox(daemon.path) as remote:
        assert remote.run(job("print(1)")).stdout == "1\n"


def test_second_daemon_is_refused(daemon: Daemon) -> None:
    again = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, pathlib; from saem.lib.sandbox.server import serve; serve(pathlib.Path(sys.argv[1]))",
            daemon.path,
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert again.returncode == 1
    assert "another sandbox daemon" in again.stderr
    assert daemon.answers()


def test_nobody_there(tmp_path: Path) -> None:
    with RemoteSandbox(tmp_path / "none.sock") as remote, pytest.raises(SandboxUnavailable, match="no sandbox daemon"):
        remote.run(job(""))


def test_with_parent_ends_with_it(tmp_path: Path) -> None:
    path, mark = tmp_path / "run.sock", "no_such_module_with_parent"
    serve = f"from pathlib import Path; from saem.lib.sandbox.server import serve; serve(Path({str(path)!r}), with_parent=True, preload=({mark!r},))"
    parent = subprocess.Popen(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {serve!r}])"]
    )
    assert wait_for(lambda: path.exists() and bool(marked(f'["{mark}"]')))
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert wait_for(lambda: marked(f'["{mark}"]') == set() and not path.exists())
