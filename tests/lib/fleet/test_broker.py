"""Celery's word, on a private Redis and RabbitMQ; and what happens when there is no broker."""

import json
import subprocess
import sys
import time

import pytest

from saem.lib.fleet.broker import Announcer, trouble_with
from tests.brokers import free_port, missing, private_broker

LONG_S = 20.0


@pytest.mark.parametrize("kind", ["redis", "rabbitmq"])
def test_a_word_wakes_who_waits_and_only_for_its_capability(kind: str) -> None:
    if missing(kind):
        pytest.skip(missing(kind))
    with private_broker(kind) as broker:
        # A process of its own, as Celery's threads live until theirs ends.
        command = [sys.executable, "-W", "error", "-m", "tests.lib.fleet.waking", broker.url]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        assert trouble_with(broker.url) == ""
    assert "ConnectionError" in trouble_with(broker.url) or "refused" in trouble_with(broker.url)
    assert json.loads(done.stdout) == {"first": True, "other": False, "again": True}


def test_without_a_broker_nobody_waits_and_nothing_is_raised(caplog: pytest.LogCaptureFixture) -> None:
    announcer = Announcer(f"redis://127.0.0.1:{free_port()}/0")
    began = time.monotonic()
    for _ in range(5000):
        announcer.announce("cpu")
    assert time.monotonic() - began < 1.0
    deadline = time.monotonic() + LONG_S
    while "the broker is away" not in caplog.text and time.monotonic() < deadline:
        time.sleep(0.05)
    assert "the broker is away" in caplog.text
