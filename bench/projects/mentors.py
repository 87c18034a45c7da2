"""Mentors for a cohort as staff have them matched: `python -m bench.projects.mentors [--teams N] [--mentors N]`.

Made-up teams of three with needs and wishes, mentors with checks and a promise. A press, the job that matches and explains, the page of the
result, "why not?" for pairs that were not chosen, and the job that gives the pairs, with their notices. A site in one process, with
the database that SAEM_DATABASE_URL names (else SQLite).
"""

import argparse

from bench.machine import machine
from bench.site import use_own_home


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=500)
    parser.add_argument("--mentors", type=int, default=200)
    asked = parser.parse_args()
    use_own_home()
    from bench.projects import mentors_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    world = mentors_world.build(asked.teams, asked.mentors)
    print(machine())
    print(mentors_world.table(mentors_world.measured(world)))


if __name__ == "__main__":
    main()
