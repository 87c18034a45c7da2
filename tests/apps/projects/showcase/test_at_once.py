"""Two people decide about the same page at the same moment: one publication, and the second reads so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from saem.apps.notices.models import Notice
from saem.apps.projects.models import Showcase, ShowcasePublication
from saem.apps.projects.showcase import answering, publishing, queries
from saem.errors import SaemError
from tests import cast
from tests.apps.projects.showcase.a_showcase import asked_page, say
from tests.apps.projects.teams.a_team import a_room, a_team
from tests.at_once import at_once, database_that_threads_share

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_that_threads_share(tmp_path):
        yield


def test_two_approvals_are_one_publication(site_sandbox, tmp_path):
    room = a_room(site_sandbox, tmp_path)
    team = a_team(*room.students[:2])
    asked_page(team, *room.students[:2])
    for student in room.students[:2]:
        say(team, student)
    seen = Showcase.objects.get().revision
    people = [room.teacher, cast.a_staff_member(room.cohort)]

    def approve(number: int) -> str:
        try:
            publishing.approve(team, by=people[number], seen=seen)
        except SaemError as refused:
            return refused.code
        return "published"

    assert sorted(at_once(approve)) == ["published", "showcase.changed"]
    assert ShowcasePublication.objects.count() == 1
    assert Notice.objects.filter(kind="showcase.decided").count() == 2


def test_an_approval_and_a_withdrawal_leave_nothing_public(site_sandbox, tmp_path):
    room = a_room(site_sandbox, tmp_path)
    team = a_team(*room.students[:2])
    asked_page(team, *room.students[:2])
    for student in room.students[:2]:
        say(team, student)
    seen = Showcase.objects.get().revision

    def act(number: int) -> str:
        if number:
            answering.withdraw(queries.asked_for(room.students[1].user, team.pk))
            return "withdrawn"
        try:
            publishing.approve(team, by=room.teacher, seen=seen)
        except SaemError as refused:
            return refused.code
        return "published"

    assert at_once(act)[0] in {"published", "showcase.not_all", "showcase.changed"}
    assert not Showcase.objects.public().filter(team=team).exists()
