"""The long kill test: `python -m bench.kill --kills 100`, every engine on both databases; prints one table."""

import argparse

from bench.machine import machine
from tests.apps.jobs.siege import ENGINES, besiege

DATABASES = ("sqlite", "postgresql")
HEAD = (
    "| engine | database | killed | jobs | lost / stuck / twice | slowest resume | longest silence |\n"
    + "|---" * 7
    + "|"
)


def row(engine: str, database: str, kills: int) -> str:
    report = besiege(database, engine, kills=kills, seconds=kills * 8.0)
    killed = ", ".join(f"{number} {name}" for name, number in sorted(report["kills"].items()))
    wrong = f"{report['lost']} / {report['unfinished']} / {report['written_twice'] + report['unasked']}"
    times = f"{report['slowest_resume_s']} s | {report['longest_silence_s']} s"
    return f"| {engine} | {database} | {killed} | {report['asked']:,} | {wrong} | {times} |"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--database", choices=DATABASES, action="append")
    arguments = parser.parse_args()
    print(f"{machine()}\n\n{HEAD}", flush=True)
    for engine in arguments.engine or ENGINES:
        for database in arguments.database or DATABASES:
            print(row(engine, database, arguments.kills), flush=True)


if __name__ == "__main__":
    main()
