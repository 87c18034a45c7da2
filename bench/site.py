"""A site of the benchmarks' own: its home, its address, its server."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from saem.cli.site import prepare_database, prepare_site

PROGRAM = Path(__file__).resolve().parent.parent / "programs" / "rain-tomorrow"


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def use_own_home() -> None:
    """A home of the benchmark's own, so that no site is touched."""
    home = tempfile.mkdtemp(prefix="saem-bench-")
    os.environ["SAEM_HOME"] = home
    os.environ.setdefault("SAEM_DATABASE_URL", f"sqlite:///{home}/bench.sqlite3")
    os.environ["SAEM_LOG_LEVEL"] = "WARNING"
    prepare_site()
    prepare_database()


@contextmanager
def server(address: str) -> Iterator[None]:
    """`saem serve` in this environment, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "saem.cli", "serve", "--address", address], stdout=subprocess.DEVNULL
    )
    host, port = address.split(":")
    try:
        for _attempt in range(1200):
            try:
                socket.create_connection((host, int(port)), 0.2).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise SystemExit("the server did not start")
        time.sleep(2)
        yield
    finally:
        process.terminate()
        process.wait(20)
