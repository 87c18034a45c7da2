"""The queue of a site over HTTPS, for a machine that runs student code and holds no database credentials."""

import http.client
import json
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from saem.lib.fleet.errors import ClaimLostError, FleetError, KeyRefusedError, QueueAwayError
from saem.lib.fleet.parcel import Parcel
from saem.lib.fleet.queue import Claim, Waiter

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PATH = "/api/workers"
# The site answers a question for work within 20 s (`apps/jobs/hosts.py`); anything else comes at once.
WAIT_TIMEOUT_S, TIMEOUT_S = 30.0, 20.0
SMALL, LARGE = 64 * 2**10, 600 * 2**20
RETRY_AFTER_S = 1.0
# Web servers close a connection that has been idle for two seconds; an older one is not trusted.
KEEP_S = 1.0


class InsecureSiteError(FleetError):
    """Over plain HTTP the key could be read on the way; only this machine itself may be asked so."""


class SiteQueue:
    """One worker's way to the site. `new_waiter` replaces asking the site for work by waiting elsewhere (a broker)."""

    def __init__(
        self,
        *,
        site: str,
        key: str,
        name: str,
        capabilities: Sequence[str],
        kinds: Sequence[str],
        new_waiter: Callable[[], Waiter] | None = None,
    ) -> None:
        self._address = urlsplit(site)
        if not self._address.hostname or (self._address.scheme != "https" and self._address.hostname not in LOOPBACK):
            raise InsecureSiteError(site)
        self.lease_s = 5.0
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/octet-stream"}
        facts = {"worker": name, "capabilities": list(capabilities), "kinds": list(kinds)}
        self._me = json.dumps(facts).encode()
        self._new_waiter = new_waiter
        self._kept = threading.local()

    def claim(self) -> Claim | None:
        status, body = self._ask("POST", "/claim", self._me)
        if status != http.client.OK:
            return None
        try:
            told = json.loads(body)
            self.lease_s = float(told.pop("lease_s"))
            return Claim(**told)
        except (ValueError, TypeError, KeyError) as error:
            raise QueueAwayError(f"the site's answer is no claim: {error}") from error

    def parcel(self, claim: Claim) -> Parcel:
        return Parcel.from_bytes(self._under(claim, "GET", "parcel", limit=LARGE))

    def supply(self, claim: Claim) -> bytes:
        return self._under(claim, "GET", "supply", limit=LARGE)

    def renew(self, claim: Claim) -> bool:
        try:
            self._under(claim, "POST", "renew")
        except ClaimLostError:
            return False
        return True

    def finish(self, claim: Claim, result: bytes) -> bool:
        status, _body = self._ask("POST", self._path(claim, "finish"), result)
        return status != http.client.UNPROCESSABLE_ENTITY

    def fail(self, claim: Claim, *, reason: str) -> None:
        self._under(claim, "POST", "fail", json.dumps({"reason": reason}).encode())

    def release(self, claim: Claim, *, delay_s: float = 0.0, reason: str = "") -> None:
        self._under(claim, "POST", "release", json.dumps({"delay_s": delay_s, "reason": reason}).encode())

    def report(self) -> None:
        """The site sees us when we ask for work and when we renew."""

    def tidy(self) -> None:
        """The site keeps its own house."""

    def leave(self) -> None:
        self._ask("POST", "/leave", self._me)

    def waiter(self) -> Waiter:
        return self._new_waiter() if self._new_waiter is not None else _SiteWaiter(self)

    def wait(self, stop: threading.Event) -> None:
        """Ask the site to answer when there may be work, or after a while."""
        try:
            status, _body = self._ask("POST", "/wait", self._me, timeout_s=WAIT_TIMEOUT_S)
        finally:
            self.close()
        if status != http.client.OK:
            # The site keeps only so many questions open at a time.
            stop.wait(RETRY_AFTER_S)

    def close(self) -> None:
        connection: http.client.HTTPConnection | None = getattr(self._kept, "connection", None)
        self._kept.connection = None
        if connection is not None:
            connection.close()

    @staticmethod
    def _path(claim: Claim, act: str) -> str:
        return f"/jobs/{claim.job_id}/{claim.attempt}/{act}"

    def _under(self, claim: Claim, method: str, act: str, body: bytes = b"", *, limit: int = SMALL) -> bytes:
        return self._ask(method, self._path(claim, act), body, limit=limit)[1]

    def _ask(
        self, method: str, path: str, body: bytes = b"", *, limit: int = SMALL, timeout_s: float = TIMEOUT_S
    ) -> tuple[int, bytes]:
        try:
            connection = self._connected(timeout_s)
            connection.request(method, self._address.path.rstrip("/") + PATH + path, body, self._headers)
            response = connection.getresponse()
            answer = response.read(limit + 1)
        except (OSError, http.client.HTTPException) as trouble:
            self.close()
            raise QueueAwayError(f"{type(trouble).__name__}: {trouble}") from trouble
        except BaseException:
            # A signal has cut the exchange: what comes next on this connection would belong to it.
            self.close()
            raise
        if len(answer) > limit or response.will_close:
            self.close()
        self._judge(response.status, too_long=len(answer) > limit)
        return response.status, answer

    @staticmethod
    def _judge(status: int, *, too_long: bool) -> None:
        if status in {http.client.UNAUTHORIZED, http.client.FORBIDDEN}:
            raise KeyRefusedError(f"the site answered {status}")
        if status in {http.client.CONFLICT, http.client.GONE}:
            raise ClaimLostError(status)
        # Redirects are not followed: the key goes to the site that was named and nowhere else.
        if too_long or status not in {http.client.OK, http.client.NO_CONTENT, http.client.UNPROCESSABLE_ENTITY}:
            raise QueueAwayError(f"the site answered {status}")

    def _connected(self, timeout_s: float) -> http.client.HTTPConnection:
        if time.monotonic() - getattr(self._kept, "used_at", 0.0) > KEEP_S:
            self.close()
        self._kept.used_at = time.monotonic()
        connection: http.client.HTTPConnection | None = getattr(self._kept, "connection", None)
        if connection is None:
            host, port = str(self._address.hostname), self._address.port
            if self._address.scheme == "https":
                context = ssl.create_default_context()
                connection = http.client.HTTPSConnection(host, port, timeout=timeout_s, context=context)
            else:
                connection = http.client.HTTPConnection(host, port, timeout=timeout_s)
            self._kept.connection = connection
        connection.timeout = timeout_s
        if connection.sock is not None:
            connection.sock.settimeout(timeout_s)
        return connection


class _SiteWaiter:
    """Waiting by asking the site."""

    def __init__(self, queue: SiteQueue) -> None:
        self._queue = queue

    def wait(self, stop: threading.Event) -> None:
        self._queue.wait(stop)

    def close(self) -> None:
        return None
