"""`saem worker --site` as a machine without database, key of the site or settings runs it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

PATIENCE_S = 60


class FakeSite(BaseHTTPRequestHandler):
    """Answers every question with one status and remembers who asked what."""

    status = 204
    asked: list[tuple[str, str]] = []
    heard = threading.Event()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.path, self.headers["Authorization"]))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.heard.set()

    def log_message(self, *_args: object) -> None:
        return None


@pytest.fixture
def site() -> Iterator[str]:
    FakeSite.asked, FakeSite.heard, FakeSite.status = [], threading.Event(), 204
    server = ThreadingHTTPServer(("127.0.0.1", 0), FakeSite)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def begin(folder: Path, site: str) -> subprocess.Popen[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("SAEM_", "DJANGO_"))}
    (folder / "key").write_text("saem-worker-secret\n")
    command = [sys.executable, "-m", "saem.cli", "worker", "--site", site, "--token-file", str(folder / "key")]
    return subprocess.Popen(command, env=bare, cwd=folder, stderr=subprocess.PIPE, text=True)


def test_a_host_asks_for_work_with_its_key_and_leaves_politely(tmp_path: Path, site: str) -> None:
    process = begin(tmp_path, site)
    assert FakeSite.heard.wait(PATIENCE_S)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    assert {key for _path, key in FakeSite.asked} == {"Bearer saem-worker-secret"}
    assert FakeSite.asked[0][0] == "/api/workers/claim"
    # A question that was cut off may be noted after the good-bye: each is answered by a thread of its own.
    assert "/api/workers/leave" in {path for path, _key in FakeSite.asked[-2:]}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key"], "it makes no home and no database"


def test_a_refused_key_is_said(tmp_path: Path, site: str) -> None:
    FakeSite.status = 401
    process = begin(tmp_path, site)
    _out, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 1
    assert "/operate/keys/" in said
    assert "secret" not in said


def test_a_key_is_never_sent_over_plain_http(tmp_path: Path) -> None:
    process = begin(tmp_path, "http://saem.school.example")
    _out, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 2
    assert "HTTPS" in said


def test_a_host_loads_no_models(tmp_path: Path) -> None:
    probe = "import sys, saem.cli.worker; sys.exit(any(name.startswith(('saem.apps', 'saem.settings')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", probe], cwd=tmp_path, check=False).returncode == 0
