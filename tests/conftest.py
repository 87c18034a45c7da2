"""What every test shares: fast password hashing, one sandbox and one Chromium for the whole run."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, sync_playwright

from saem.apps.jobs import sandboxes
from saem.lib.sandbox import LocalSandbox, Sandbox
from tests import chromium

COLLECTIONS = (50_000, 20, 50)

# How fast examples are made and run says how busy the machine is, and nothing of the code.
hypothesis_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any machine")


def pytest_configure() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def pytest_collection_finish() -> None:
    """Collections leave alone what is loaded by now: a seventh of the suite's time went into looking at it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTIONS)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One real sandbox for the run; it starts its processes when first used."""
    with LocalSandbox() as local:
        yield local


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Playwright runs once in a process, so whoever looks at pages shares this one."""
    if chromium.PROGRAM is None:
        pytest.skip("no Chromium is installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.PROGRAM, args=chromium.ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def site_sandbox(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """The site's code meets the run's sandbox instead of the daemon's."""
    sandboxes.site_sandbox.cache_clear()
    monkeypatch.setattr(sandboxes, "RemoteSandbox", lambda _path: sandbox)
    return sandbox


@pytest.fixture(scope="session")
def programs_folder() -> Path:
    return Path(__file__).resolve().parent.parent / "programs"
