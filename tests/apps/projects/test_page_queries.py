"""Pages of projects and partners ask as often for many teams, mentors and works as for a few."""

import pytest

from bench import page_world, team_world
from tests import cast
from tests.sample import published_sample

pytestmark = pytest.mark.django_db
FEW, MANY = {"teams": 10, "mentors": 2, "works": 12}, {"teams": 26, "mentors": 8, "works": 40}


def test_every_page_asks_as_often_for_more(sandbox, tmp_path):
    version = published_sample(sandbox, tmp_path)
    few, many = (
        page_world.counted(
            page_world.team_addresses(team_world.build(version, cast.a_school(f"교육청 {size['teams']}"), **size))
        )
        for size in (FEW, MANY)
    )
    differing = {
        name: (cost.queries, many[name].queries) for name, cost in few.items() if cost.queries != many[name].queries
    }
    assert differing == {}
