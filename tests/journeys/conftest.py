"""A demonstration site for the journeys."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.site import DemoSite

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 300


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """`saem demo` in a home of its own, as a newcomer starts it."""
    home = tmp_path_factory.mktemp("demo")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAEM_")}
    environment |= {"SAEM_HOME": str(home), "SAEM_DATA_DOWNLOAD": "false", "SAEM_LOG_LEVEL": "WARNING"}
    log = (home / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "saem.cli", "demo", "--address", address],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    try:
        wait_for(address, process, home / "log")
        yield DemoSite(f"http://{address}", home)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        log.close()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the site has shown a page: it listens some seconds before its workers have loaded what they need."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://{address}/", timeout=deadline - time.monotonic()).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the demonstration site did not start:\n{log.read_text()[-3000:]}")
