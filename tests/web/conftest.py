"""The gallery as a running site, and a page to look at it."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from tests.web.gallery import views

TEMPLATES = Path(__file__).parent / "gallery" / "templates"


@pytest.fixture
def gallery(settings: Settings) -> list[dict[str, str]]:
    """The settings under which the gallery is the whole site; returns the list of what its forms received."""
    options = settings.TEMPLATES[0]["OPTIONS"]
    kept = [name for name in options["context_processors"] if "saem.apps" not in name]
    processors = [*kept, "tests.web.gallery.views.nav"]
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [TEMPLATES], "OPTIONS": {**options, "context_processors": processors}}
    ]
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "allauth" not in name]
    settings.ROOT_URLCONF = "tests.web.gallery.urls"
    settings.LOGIN_URL = "account_login"
    views.received.clear()
    return views.received


class Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Requests of tests need no log."""


class Threaded(ThreadingMixIn, WSGIServer):
    """A browser asks for several files at once."""

    daemon_threads = True


@pytest.fixture
def site(gallery: list[dict[str, str]]) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), server_class=Threaded, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when its content policy is broken or a script throws."""
    context = browser.new_context(locale="ko-KR", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert troubles == []


@pytest.fixture
def shots() -> Path | None:
    """Where to keep screenshots: SAEM_SHOTS, or nowhere."""
    folder = os.environ.get("SAEM_SHOTS")
    return Path(folder) if folder else None
