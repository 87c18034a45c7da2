"""Exposure control in a diagnosis: `python -m bench.diagnosis`.

The programs that ship, with their authors' difficulties: 1,000 simulated learners each, with the rule in use and with
the most informative item each time; content and ends of the tests are alike. No database is asked.
"""

from bench.machine import machine
from bench.site import PROGRAM, use_own_home

HEAD = "| program, items | rule | share of the most frequent first item | largest exposure | overlap | error | RMSE |"


def main() -> None:
    use_own_home()
    from bench import diagnosis_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    print(f"{machine()}, {diagnosis_world.LEARNERS:,} learners\n\n{HEAD}\n|---|---|---|---|---|---|---|")
    for path in sorted(PROGRAM.parent.glob("*/program.yaml")):
        for line in diagnosis_world.lines(path.parent):
            print(line, flush=True)


if __name__ == "__main__":
    main()
