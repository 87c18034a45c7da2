"""The long acts on a selection of 10,000: `python -m bench.cohorts.acts [--people N]`.

Applications come in as `bench.cohorts.call` brings them, 200 people read each of them twice. For every act that staff press for:
the request, what the job computes before its transaction, and what it writes in it; then the pages that show what came of it. A
site in one process, with the database that SAEM_DATABASE_URL names (else SQLite).
"""

import argparse

from bench.machine import machine
from bench.site import use_own_home


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seats", type=int, default=500)
    asked = parser.parse_args()
    use_own_home()
    from bench.cohorts import acts_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    world = acts_world.build(asked.people, asked.seats)
    print(machine())
    print(acts_world.table(acts_world.measured(world)))


if __name__ == "__main__":
    main()
