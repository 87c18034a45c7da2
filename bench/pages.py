"""Queries per page as a cohort grows, and page times under 20 concurrent users: `python -m bench.pages`.

Query counts come from the test client in this process; times from a real server (`saem serve`) on loopback, asked by
20 threads that each keep one connection and one signed-in session. Run it once per database (SAEM_DATABASE_URL).
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from saem.cli.site import prepare_database, prepare_site

SIZES = (10, 100, 1000, 10_000)
USERS = 20
REQUESTS_PER_USER = 30
PROGRAM = Path(__file__).resolve().parent.parent / "programs" / "rain-tomorrow"


@dataclass(frozen=True)
class Visit:
    """One page and who opens it."""

    name: str
    url: str
    session: str


@contextmanager
def server(address: str) -> Iterator[None]:
    """`saem serve` in this environment, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "saem.cli", "serve", "--address", address], stdout=subprocess.DEVNULL
    )
    host, port = address.split(":")
    try:
        for _attempt in range(300):
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


def fetch(connection: http.client.HTTPConnection, visit: Visit) -> float:
    """One GET; its time in milliseconds. Anything but 200 stops the benchmark."""
    started = time.perf_counter()
    connection.request("GET", visit.url, headers={"Cookie": f"sessionid={visit.session}", "Accept-Language": "ko"})
    response = connection.getresponse()
    response.read()
    if response.status != http.client.OK:
        raise SystemExit(f"{visit.url} answered {response.status}")
    return (time.perf_counter() - started) * 1000


def times(address: str, visits: list[Visit]) -> dict[str, list[float]]:
    """Every user walks all pages in turn, each starting elsewhere; page → times."""
    result: dict[str, list[float]] = defaultdict(list)
    lock = threading.Lock()

    def user(number: int) -> None:
        connection = http.client.HTTPConnection(address, timeout=60)
        for step in range(REQUESTS_PER_USER):
            visit = visits[(number + step) % len(visits)]
            taken = fetch(connection, visit)
            with lock:
                result[visit.name].append(taken)

    threads = [threading.Thread(target=user, args=(number,)) for number in range(USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return result


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


def run() -> str:
    """Measure and return the two tables as Markdown."""
    from bench import page_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    world = page_world.build(PROGRAM)
    counts = {size: page_world.query_counts(world, size) for size in SIZES}
    visits = page_world.visits(world)
    address = free_address()
    with server(address):
        times(address, visits)
        measured = times(address, visits)
    return page_world.tables(counts, measured)


def main() -> None:
    use_own_home()
    database = re.sub(r":.*", "", os.environ["SAEM_DATABASE_URL"])
    print(f"## Pages ({database})\n")
    print(run())


if __name__ == "__main__":
    main()
