"""The programs that ship, each checked once for all tests about it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from saem.apps.catalog.checking import CheckReport, check_program
from saem.lib.sandbox import Sandbox

# The data of this one come from an address, and tests call no other host.
FROM_AN_ADDRESS = "seoul-bike"
CheckOf = Callable[[str], CheckReport]


@pytest.fixture(scope="session")
def report_of(sandbox: Sandbox, programs_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> CheckOf:
    """What `saem check` finds in a program; a test skips where its data cannot be had without a network."""
    copies = os.environ.get("SAEM_TEST_DATA", "")
    cache = tmp_path_factory.mktemp("sources")
    reports: dict[str, CheckReport] = {}

    def report(program: str) -> CheckReport:
        if program == FROM_AN_ADDRESS and not (copies and Path(copies).is_dir()):
            pytest.skip("SAEM_TEST_DATA names no folder with a copy of seoul_bike_demand.csv")
        if program not in reports:
            mirrors = [Path(copies)] if copies else []
            reports[program] = check_program(programs_folder / program, sandbox=sandbox, cache=cache, mirrors=mirrors)
        return reports[program]

    return report
