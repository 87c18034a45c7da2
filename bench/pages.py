"""Queries per page as a cohort grows, and page times under 20 concurrent users: `python -m bench.pages`.

Query counts come from the test client in this process; times from a real server (`saem serve`) on loopback, asked by
20 threads that each keep one connection and one signed-in session. Run it once per database (SAEM_DATABASE_URL).
"""

import os
import re
import sys
import time
from typing import TYPE_CHECKING

from bench.load import Visit, times
from bench.site import PROGRAM, free_address, server, use_own_home

if TYPE_CHECKING:
    from bench import page_world

SIZES = (10, 100, 1000, 10_000)
# Teams, mentors and works of a cohort of projects; of the second pages are also timed.
FEW, MANY = {"teams": 40, "mentors": 20, "works": 100}, {"teams": 500, "mentors": 200, "works": 2000}


def run() -> str:
    """Measure and return the two tables as Markdown: of the main job, and of projects and partners."""
    from bench import page_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    world = page_world.build(PROGRAM)
    counts = {size: page_world.query_counts(world, size) for size in SIZES}
    main = page_world.tables(counts, timed(page_world.visits(page_world.addresses(world))), of="students")
    return f"{main}\n\n### Projects and partners\n\n{of_teams(world)}"


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
    use_own_home()
    database = re.sub(r":.*", "", os.environ["SAEM_DATABASE_URL"])
    print(f"## Pages ({database})\n")
    print(run())


if __name__ == "__main__":
    main()
