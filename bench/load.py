"""Twenty people who read pages without a pause."""

import http.client
import threading
import time
from collections import defaultdict
from dataclasses import dataclass

USERS = 20
REQUESTS_PER_USER = 30


@dataclass(frozen=True)
class Visit:
    """One page and who opens it."""

    name: str
    url: str
    session: str


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
        connection = http.client.HTTPConnection(address, timeout=180)
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
