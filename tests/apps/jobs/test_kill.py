"""Workers, submitters and the database are killed at random; nothing is lost, stuck or written twice.

`SAEM_KILLS` makes it longer; `python -m bench.kill --kills 100` runs it on both databases.
"""

import os

from tests.apps.jobs.siege import besiege
from tests.environment import DATABASE

KILLS = int(os.environ.get("SAEM_KILLS", "12"))


def test_no_job_is_lost_stuck_or_done_twice_whatever_is_killed() -> None:
    report = besiege(DATABASE, kills=KILLS, seconds=max(15.0, KILLS * 1.5))

    assert report["interrupted"] > 0, report
    assert report["asked"] > 20, report
    assert report["settled"], report
    assert (report["lost"], report["unasked"], report["written_twice"], report["unfinished"]) == (0, 0, 0, 0), report
    assert report["died_by_themselves"] == 0, report
    assert report["slowest_resume_s"] <= 10, report
