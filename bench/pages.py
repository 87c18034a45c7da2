"""Queries per page as a cohort grows, and page times under 20 concurrent users: `python -m bench.pages [main] [teams]`.

Query counts come from the test client in this process; times from a real server (`saem serve`) on loopback, asked by
20 threads that each keep one connection and one signed-in session. Run it once per database (SAEM_DATABASE_URL).
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bench.load import Visit, times
from bench.site import PROGRAM, free_address, server, use_own_home

if TYPE_CHECKING:
    from bench import page_world

SIZES = (10, 100, 1000, 10_000)
# Teams, mentors and works of a cohort of projects; of the second pages are also timed.
FEW, MANY = {"teams": 40, "mentors": 20, "works": 100}, {"teams": 500, "mentors": 200, "works": 2000}


def run(rooms: Sequence[str] = ("main", "teams")) -> str:
    """Measure and return a table of each, as Markdown: the main job's pages, and those of projects and partners."""
    from bench import page_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    world = page_world.build(PROGRAM)
    measure = {"main": of_main, "teams": of_teams}
    return "\n\n".join(f"### {name}\n\n{measure[name](world)}" for name in rooms)


def of_main(world: "page_world.World") -> str:
    from bench import page_world  # noqa: PLC0415  # as above

    counts = {size: page_world.query_counts(world, size) for size in SIZES}
    measured = timed(page_world.visits(page_world.addresses(world)))
    return page_world.tables(counts, measured, of="students")


def of_teams(world: "page_world.World") -> str:
    from bench import page_world  # noqa: PLC0415  # as above

    counts = {}
    for size in (FEW, MANY):
        began = time.monotonic()
        pages = page_world.team_addresses(page_world.with_teams(world, **size))
        print(f"{size['teams']} teams made in {time.monotonic() - began:.0f} s", file=sys.stderr)
        counts[size["teams"]] = page_world.counted(pages)
    return page_world.tables(counts, timed(page_world.visits(pages)), of="teams")


def timed(visits: list[Visit]) -> dict[str, list[float]]:
    """Times of a server that has met every page once."""
    address = free_address()
    with server(address):
        times(address, visits)
        return times(address, visits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=["main", "teams"], help="main, teams or both")
    asked = parser.parse_args()
    use_own_home()
    database = re.sub(r":.*", "", os.environ["SAEM_DATABASE_URL"])
    print(f"## Pages ({database})\n")
    print(run(asked.rooms))


if __name__ == "__main__":
    main()
