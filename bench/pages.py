"""Queries per page as a cohort grows, and page times under 20 concurrent users: `python -m bench.pages`.

Query counts come from the test client in this process; times from a real server (`saem serve`) on loopback, asked by
20 threads that each keep one connection and one signed-in session. Run it once per database (SAEM_DATABASE_URL).
"""

import os
import re

from bench.load import times
from bench.site import PROGRAM, free_address, server, use_own_home

SIZES = (10, 100, 1000, 10_000)


def run() -> str:
    """Measure and return the two tables as Markdown."""
    from bench import page_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    world = page_world.build(PROGRAM)
    counts = {size: page_world.query_counts(world, size) for size in SIZES}
    visits = page_world.visits(world)
    address = free_address()
    with server(address):
        times(address, visits)
        measured = times(address, visits)
    return page_world.tables(counts, measured)


def main() -> None:
    use_own_home()
    database = re.sub(r":.*", "", os.environ["SAEM_DATABASE_URL"])
    print(f"## Pages ({database})\n")
    print(run())


if __name__ == "__main__":
    main()
