"""The way to the site that a phone loses: what its browser only pretends does not hold for all that a worker sends."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.site import SIZES, DemoSite

PIECE = 65_536


class _Passing(socketserver.BaseRequestHandler):
    """One connection, passed on both ways until either end closes it or the line is cut."""

    server: "Line"

    def handle(self) -> None:
        with suppress(OSError), socket.create_connection(self.server.beyond) as beyond:
            if not self.server.passes(self.request, beyond):
                return
            back = threading.Thread(target=pour, args=(beyond, self.request), daemon=True)
            back.start()
            pour(self.request, beyond)
            back.join()


class Line(socketserver.ThreadingTCPServer):
    """A port of its own that leads to the site, and to nothing while it is cut."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, site: DemoSite) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        there = urlsplit(site.url)
        self.beyond = (there.hostname, there.port)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.is_cut = False
        self.phone: BrowserContext | None = None
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()

    def passes(self, *ends: socket.socket) -> bool:
        with self._lock:
            if not self.is_cut:
                self._open.extend(ends)
            return not self.is_cut

    def cut(self) -> None:
        """Nothing arrives from here on, and the phone knows that it has no network."""
        with self._lock:
            self.is_cut = True
            for each in self._open:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            self._open.clear()
        self.phone.set_offline(True)

    def mend(self) -> None:
        self.is_cut = False
        self.phone.set_offline(False)


def pour(source: socket.socket, into: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(PIECE):
            into.sendall(piece)
    with suppress(OSError):
        into.shutdown(socket.SHUT_WR)


@contextmanager
def losing_the_network(browser: Browser, site: DemoSite) -> Iterator[tuple[Page, Line]]:
    """A phone whose browser may complain of requests that did not go out: that is what is tried."""
    width, height = SIZES["phone"]
    with Line(site) as line:
        threading.Thread(target=line.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        line.phone = browser.new_context(
            base_url=line.url, viewport={"width": width, "height": height}, locale="ko-KR", has_touch=True
        )
        try:
            page = line.phone.new_page()
            page.set_default_timeout(30_000)
            yield page, line
        finally:
            line.phone.close()
            line.shutdown()
