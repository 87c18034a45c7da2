"""The programs that ship, each checked once for all tests about it."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from saem.apps.catalog.checking import CheckReport, check_program
from saem.lib.content import Lesson
from saem.lib.sandbox import Sandbox

# The data of these come from an address, and tests call no other host.
FROM_AN_ADDRESS = ("ai-deep", "seoul-bike")
CheckOf = Callable[[str], CheckReport]
DataOf = Callable[[str, Lesson], Mapping[str, bytes]]
NO_COPY = "SAEM_TEST_DATA names no folder with a copy of seoul_bike_demand.csv"


@pytest.fixture(scope="session")
def found_in(sandbox: Sandbox, programs_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> CheckOf:
    """What `saem check` finds in a program with the data that can be had without a network."""
    copies = os.environ.get("SAEM_TEST_DATA", "")
    mirrors = [Path(copies)] if copies else []
    cache = tmp_path_factory.mktemp("sources")
    reports: dict[str, CheckReport] = {}

    def report(program: str) -> CheckReport:
        if program not in reports:
            reports[program] = check_program(programs_folder / program, sandbox=sandbox, cache=cache, mirrors=mirrors)
        return reports[program]

    return report


@pytest.fixture(scope="session")
def report_of(found_in: CheckOf) -> CheckOf:
    """The same; a test skips where some data of the program cannot be had without a network."""

    def report(program: str) -> CheckReport:
        copies = os.environ.get("SAEM_TEST_DATA", "")
        if program in FROM_AN_ADDRESS and not (copies and Path(copies).is_dir()):
            pytest.skip(NO_COPY)
        return found_in(program)

    return report


@pytest.fixture(scope="session")
def data_of(found_in: CheckOf) -> DataOf:
    """The files beside a lesson's code; a test skips where they cannot be had without a network."""

    def data(program: str, lesson: Lesson) -> Mapping[str, bytes]:
        found = found_in(program).lesson_data[lesson.id]
        if len(found) < len(lesson.data):
            pytest.skip(NO_COPY)
        return found

    return data
