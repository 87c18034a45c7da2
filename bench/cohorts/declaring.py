"""Completion rules declared for a large cohort: `python -m bench.cohorts.declaring [--people N]`.

People of classes of thirty with fifteen past sessions, marks and points. Rules that change nobody's outcome, then rules by
which everybody completes, are declared: the press, and the jobs that follow it; beside them everybody decided in one transaction,
which is what the press did before. A site in one process, with the database that SAEM_DATABASE_URL names (else SQLite).
"""

import argparse

from bench.machine import machine
from bench.site import use_own_home


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1002)
    asked = parser.parse_args()
    use_own_home()
    from bench.cohorts import declaring_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    world = declaring_world.build(asked.people)
    print(machine())
    print(declaring_world.table(declaring_world.measured(world)))


if __name__ == "__main__":
    main()
