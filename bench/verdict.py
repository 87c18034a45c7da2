"""HTTP submit → verdict on the page, with an idle queue: `python -m bench.verdict`.

A real server on loopback; one pupil hands in a CSV and a notebook in turn, reads the page, and asks for its part with
the result every 20 ms, as the page does by itself.
"""

import http.client
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from bench.machine import machine, percentile
from bench.site import PROGRAM, free_address, server, use_own_home

ROUNDS = 40
POLL_SECONDS = 0.02
BOUNDARY = "saem-bench-boundary"


@dataclass(frozen=True)
class Pupil:
    """A connection with a signed-in session."""

    connection: http.client.HTTPConnection
    session: str

    def ask(
        self, method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """(status, text, location)"""
        cookies = f"sessionid={self.session}; csrftoken={'a' * 32}"
        self.connection.request(method, url, body, {"Cookie": cookies, "Accept-Language": "ko", **(headers or {})})
        response = self.connection.getresponse()
        return response.status, response.read().decode(), response.headers.get("Location", "")


def multipart(fields: dict[str, str], name: str, data: bytes) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    return b"".join([*parts, head, data, f"\r\n--{BOUNDARY}--\r\n".encode()])


def once(pupil: Pupil, submit_url: str, name: str, data: bytes) -> float:
    """Milliseconds from sending the file to reading its verdict on the page."""
    fields = {"csrfmiddlewaretoken": "a" * 32, "token": str(uuid.uuid4())}
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    started = time.perf_counter()
    status, text, location = pupil.ask("POST", submit_url, multipart(fields, name, data), headers)
    if status not in {302, 303}:
        raise SystemExit(f"{submit_url} answered {status}: {re.sub('<[^>]+>', ' ', text)[:500]}")
    _status, text, _location = pupil.ask("GET", location)
    while True:
        if 'data-state="scored"' in text:
            return (time.perf_counter() - started) * 1000
        if 'data-state="rejected"' in text or 'data-state="fault"' in text:
            raise SystemExit("the benchmark's file was not scored")
        time.sleep(POLL_SECONDS)
        _status, text, _location = pupil.ask("GET", location, headers={"HX-Request": "true"})


def measure(
    pupil: Pupil, submit_url: str, files: dict[str, bytes], clear: Callable[[], None]
) -> dict[str, list[float]]:
    result: dict[str, list[float]] = {name: [] for name in files}
    for _round in range(ROUNDS):
        for name, data in files.items():
            result[name].append(once(pupil, submit_url, name, data))
            clear()
            time.sleep(0.5)
    return result


def main() -> None:
    use_own_home()
    from bench import verdict_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    world = verdict_world.build(PROGRAM)
    address = free_address()
    with server(address):
        pupil = Pupil(http.client.HTTPConnection(address, timeout=30), world.session)
        once(pupil, world.submit_url, *next(iter(world.files.items())))
        result = measure(pupil, world.submit_url, world.files, world.clear)
    print(f"## Submit → verdict on the page\n\n{machine()}\n\n| file | p50 ms | p95 ms | n |\n|---|---|---|---|")
    for name, values in result.items():
        print(f"| {name} | {percentile(values, 0.5):.0f} | {percentile(values, 0.95):.0f} | {len(values)} |")


if __name__ == "__main__":
    main()
