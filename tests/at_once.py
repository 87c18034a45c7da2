"""Several presses at the same moment, in threads that start together, each with a database connection of its own."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier
from typing import TypeVar

from django.db import connection, connections

T = TypeVar("T")


def at_once(act: Callable[[int], T], times: int = 2) -> list[T]:
    """What each of so many threads came to; the first failure is raised."""
    start = Barrier(times)

    def one(number: int) -> T:
        start.wait(timeout=30)
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@contextmanager
def database_that_threads_share(folder: Path) -> Iterator[None]:
    """The test's database; SQLite in memory is one connection, so a file takes its place, as a site has it."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    connection.ensure_connection()
    memory, name, file = connection.connection, connection.settings_dict["NAME"], folder / "shared.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name
