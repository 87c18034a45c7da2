"""How a waiting worker learns within milliseconds that there may be work."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, partial
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from saem.lib.fleet import Waiter

CHANNEL = "saem_jobs"
# Nothing depends on a wake-up arriving: workers look again this often anyway.
FALLBACK_S = 1.0
SQLITE_LOOK_S = 0.008


def announce(capability: str = "cpu") -> None:
    """Say that there may be work. On PostgreSQL it is heard when the transaction commits; SQLite needs no word.

    With a broker it is told too, after the commit and in a thread beside: whoever hands something in never waits
    for a broker, and never learns that it was away.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
    if settings.JOB_ENGINE == "celery":
        transaction.on_commit(partial(_announcer().announce, capability))


@cache
def _announcer() -> Any:
    # The clients of brokers are installed only where there is one.
    return import_string("saem.lib.fleet.broker.Announcer")(settings.BROKER_URL)


class SqliteWaiter:
    """Looks at SQLite's change counter: a few microseconds a look, no lock taken."""

    def __init__(self) -> None:
        self._seen = self._version()

    def wait(self, stop: threading.Event) -> None:
        for _look in range(int(FALLBACK_S / SQLITE_LOOK_S)):
            version = self._version()
            if version != self._seen:
                self._seen = version
                return
            if stop.wait(SQLITE_LOOK_S):
                return

    def close(self) -> None:
        return None

    @staticmethod
    def _version() -> int:
        connection.ensure_connection()
        # The driver's own connection: Django's cursor layers would cost more than the look itself.
        rows = connection.connection.execute("PRAGMA data_version").fetchall()
        return int(rows[0][0])


class PostgresqlWaiter:
    """Listens on a connection of its own, because a notice that arrives amid another query would be lost."""

    def __init__(self) -> None:
        parameters = connection.get_connection_params()
        for django_only in ("cursor_factory", "context"):
            parameters.pop(django_only, None)
        self._listener = psycopg.connect(**parameters, autocommit=True)
        self._listener.execute(f"LISTEN {CHANNEL}")

    def wait(self, stop: threading.Event) -> None:
        if stop.is_set():
            return
        for _notice in self._listener.notifies(timeout=FALLBACK_S, stop_after=1):
            return

    def close(self) -> None:
        with suppress(psycopg.Error):
            self._listener.close()


def database_waiter() -> Waiter:
    """Waits for the database's own word."""
    return PostgresqlWaiter() if connection.vendor == "postgresql" else SqliteWaiter()


def new_waiter(capabilities: Sequence[str]) -> Waiter:
    """Waits for the broker's word where there is one."""
    return _broker_waiter(*capabilities) if settings.JOB_ENGINE == "celery" else database_waiter()


@cache
def _broker_waiter(*capabilities: str) -> Waiter:
    waiter: Waiter = import_string("saem.lib.fleet.broker.BrokerWaiter")(settings.BROKER_URL, capabilities)
    return waiter
