"""The long kill test: `python -m bench.kill --kills 100` on SQLite and PostgreSQL; prints one line per database."""

import argparse
import json

from tests.apps.jobs.siege import besiege

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append")
    arguments = parser.parse_args()
    for engine in arguments.engine or ["sqlite", "postgresql"]:
        report = besiege(engine, kills=arguments.kills, seconds=arguments.kills * 2.0)
        print(json.dumps({"engine": engine, **report}), flush=True)
