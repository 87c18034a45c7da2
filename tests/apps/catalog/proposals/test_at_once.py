"""Several people at the same moment: everybody's work stays."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from saem.apps.catalog.proposals import publishing, queries, reviewing, saving
from saem.apps.catalog.proposals.files import bytes_of
from saem.apps.catalog.proposals.models import Proposal, ReviewDecision, Revision
from saem.errors import SaemError
from tests.apps.catalog.proposals.a_proposal import KOREAN, PAGE, a_world, checked
from tests.environment import DATABASE

pytestmark = [
    pytest.mark.skipif(DATABASE != "postgresql", reason="SQLite's test database lives in one connection's memory"),
    pytest.mark.django_db(transaction=True),
]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each came to, or the error that it ended with."""
    found: list[object] = []
    begin = threading.Barrier(len(acts))

    def do(act: Callable[[], object]) -> None:
        begin.wait()
        try:
            found.append(act())
        except SaemError as error:
            found.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_who_save_at_the_same_moment_are_all_merged() -> None:
    world = a_world()
    proposal = world.opened()
    changes = (("표를", "자료를"), ("하루", "한 해"), ("더운", "추운"))
    pages = [PAGE.replace(*change) for change in changes]

    def saver(page: str) -> Callable[[], object]:
        files = world.files | {KOREAN: page.encode()}
        return lambda: saving.save(Proposal.objects.get(pk=proposal.pk), files, by=world.author, seen=1)

    found = at_once(*(saver(page) for page in pages))
    assert [type(each) for each in found] == [Revision] * 3
    expected = PAGE
    for change in changes:
        expected = expected.replace(*change)
    newest = queries.newest_revision(proposal)
    assert (newest.number, bytes_of(newest.files, {KOREAN})[KOREAN].decode()) == (4, expected)


def test_of_two_proposals_published_at_the_same_moment_one_becomes_the_version() -> None:
    world = a_world()
    proposals = [world.opened(PAGE.replace("하루", "한 해")), world.opened(PAGE.replace("더운", "추운"))]
    for proposal in proposals:
        for person in (world.teacher, world.colleague):
            reviewing.review(proposal, by=person, seen=1, decision=ReviewDecision.APPROVE)
        checked(proposal)

    def publisher(proposal: Proposal) -> Callable[[], object]:
        return lambda: publishing.publish(proposal, by=world.staff, seen=1, ko="가", en="a")

    found = at_once(*(publisher(proposal) for proposal in proposals))
    assert sorted(each if isinstance(each, str) else "published" for each in found) == [
        "proposal.not_ready",
        "published",
    ]
    assert world.program.versions.count() == 2
