"""The similarity run of a site: `python -m bench.projects.similarity_job [--works 2000]`.

Made-up notebooks (`corpus.py`, a tenth of them copies) as evidence of as many teams in one cohort, compared by the job in this process, out of the
database that SAEM_DATABASE_URL names (else SQLite), with the pairs written.
"""

import argparse

from bench.machine import machine
from bench.site import use_own_home


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--works", type=int, default=2000)
    asked = parser.parse_args()
    use_own_home()
    from bench.projects import similarity_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    print(machine())
    print(similarity_world.measured(asked.works))


if __name__ == "__main__":
    main()
