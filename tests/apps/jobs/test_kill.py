"""Workers, broker, web server, submitter and database are killed at random; nothing is lost, stuck or written twice.

`SAEM_KILLS` makes it longer; `python -m bench.kill --kills 100` runs every engine on both databases.
"""

import os

import pytest

from tests.apps.jobs.siege import BROKERS, ENGINES, besiege
from tests.brokers import missing
from tests.environment import DATABASE

KILLS = int(os.environ.get("SAEM_KILLS", "10"))


@pytest.mark.parametrize("engine", ENGINES)
def test_no_job_is_lost_stuck_or_done_twice_whatever_is_killed(engine: str) -> None:
    if engine in BROKERS and missing(BROKERS[engine]):
        pytest.skip(missing(BROKERS[engine]))
    report = besiege(DATABASE, engine, kills=KILLS, seconds=max(12.0, KILLS * 3.0))

    assert report["interrupted"] > 0, report
    assert report["asked"] > 20, report
    assert report["settled"], report
    assert (report["lost"], report["unasked"], report["written_twice"], report["unfinished"]) == (0, 0, 0, 0), report
    assert report["died_by_themselves"] == 0, report
    assert report["slowest_resume_s"] <= 10, report
