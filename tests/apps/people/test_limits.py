"""Limits count exactly, per subject and per window of time."""

import datetime as dt

import pytest
from django.utils import timezone

from saem.apps.people.limits import Limit, forget, refund, spend
from saem.apps.people.models import LimitCount

pytestmark = pytest.mark.django_db
THREE_A_MINUTE = Limit("test", times=3, seconds=60)
NOON = dt.datetime(2026, 9, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def test_no_more_than_allowed_and_others_are_untouched():
    assert [spend(THREE_A_MINUTE, "하늘") for _try in range(5)] == [True, True, True, False, False]
    assert spend(THREE_A_MINUTE, "바다")
    assert spend(Limit("other", times=3, seconds=60), "하늘")


def test_what_was_no_guess_is_taken_back():
    for _try in range(10):
        assert spend(THREE_A_MINUTE, "하늘")
        refund(THREE_A_MINUTE, "하늘")
    refund(THREE_A_MINUTE, "하늘")
    assert [spend(THREE_A_MINUTE, "하늘") for _try in range(4)] == [True, True, True, False]


def test_forgetting_starts_afresh():
    while spend(THREE_A_MINUTE, "하늘"):
        pass
    forget(THREE_A_MINUTE, "하늘")
    assert spend(THREE_A_MINUTE, "하늘")


def test_the_next_window_starts_afresh_and_sweeps_the_old(monkeypatch: pytest.MonkeyPatch):
    while spend(THREE_A_MINUTE, "하늘"):
        pass
    monkeypatch.setattr(timezone, "now", lambda: NOON + dt.timedelta(minutes=2))
    assert spend(THREE_A_MINUTE, "하늘")
    assert LimitCount.objects.count() == 1


def test_neither_names_nor_addresses_are_kept():
    spend(THREE_A_MINUTE, "192.0.2.7")
    assert "192" not in LimitCount.objects.get().key
