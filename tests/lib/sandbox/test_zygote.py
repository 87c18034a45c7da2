"""What a zygote makes sure of before it forks."""

import threading

import pytest

from saem.lib.sandbox.inside import zygote


def test_threads_are_counted() -> None:
    over = threading.Event()
    more = [threading.Thread(target=over.wait) for _number in range(20)]
    for thread in more:
        thread.start()
    counted = zygote._threads()
    over.set()
    for thread in more:
        thread.join()
    assert counted > len(more)


def test_a_thread_that_is_just_ending_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [3, 2, 2, 1]
    monkeypatch.setattr(zygote, "_threads", lambda: counts.pop(0))
    zygote._wait_until_alone()
    assert counts == []


def test_a_thread_that_stays_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zygote, "_ALONE_WITHIN_S", 0.05)
    monkeypatch.setattr(zygote, "_threads", lambda: 2)
    with pytest.raises(RuntimeError, match="must have one thread, this one has 2"):
        zygote._wait_until_alone()
