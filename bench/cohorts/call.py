"""A call from a spreadsheet to letters: `python -m bench.cohorts.call [--people N]`.

10,000 made-up applications come in as an XLSX file, their marks as another; a public draw, two stages of ranking under six
sub-quotas that overlap, decisions with offers, and a notice with reasons for everybody. All through the services and jobs of a
site in one process with the database that SAEM_DATABASE_URL names (else SQLite). Mail is written down and not sent.
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
    from bench.cohorts import call_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    world = call_world.build(asked.people, asked.seats)
    print(machine())
    print(call_world.table(call_world.measured(world)))


if __name__ == "__main__":
    main()
