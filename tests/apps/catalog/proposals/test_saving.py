"""Who saves when, nobody's work is written over."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saem.apps.catalog.proposals import queries, saving
from saem.apps.catalog.proposals.files import bytes_of, read_archive
from saem.apps.catalog.proposals.models import Blob, Incoming, ProposalState, Revision
from saem.apps.events.models import Event
from saem.apps.notices.models import Notice
from saem.errors import SaemError
from saem.lib.content.merging import Choice, Resolution
from tests.apps.catalog.proposals.a_proposal import KOREAN, PAGE, World, a_published, a_world

pytestmark = pytest.mark.django_db


def changed(world: World, old: str, new: str, name: str = KOREAN) -> dict[str, bytes]:
    assert old.encode() in world.files[name]
    return world.files | {name: world.files[name].replace(old.encode(), new.encode())}


def page_of(revision: Revision) -> str:
    return bytes_of(revision.files, {KOREAN})[KOREAN].decode()


def test_a_proposal_begins_as_the_newest_version_and_tells_those_who_may_review():
    world = a_world()
    proposal = world.opened()
    revision = queries.newest_revision(proposal)
    assert (revision.number, revision.base, bytes_of(revision.files)) == (1, world.version, world.files)
    assert revision.writers == {}
    told = Notice.objects.filter(kind="proposal.opened").values_list("recipient__display_name", flat=True)
    assert sorted(told) == ["김교수", "박선생", "최담당"]
    assert Event.objects.filter(verb="proposal.opened", actor=world.author).count() == 1


def test_files_are_kept_once_however_many_revisions_have_them():
    world = a_world()
    proposal = world.opened()
    before = Blob.objects.count()
    saving.save(proposal, changed(world, "하루", "한 해"), by=world.author, seen=1)
    assert Blob.objects.count() == before + 1


def test_a_second_saving_of_the_same_is_refused():
    world = a_world()
    proposal = world.opened()
    with pytest.raises(SaemError, match=r"proposal\.nothing_new"):
        saving.save(proposal, world.files, by=world.author, seen=1)


def test_two_who_save_at_once_are_merged_where_they_changed_different_passages():
    world = a_world()
    proposal = world.opened()
    saving.save(proposal, changed(world, "하루", "한 해"), by=world.author, seen=1)
    second = saving.save(proposal, changed(world, "더운", "추운"), by=world.colleague, seen=1)
    assert isinstance(second, Revision)
    assert page_of(second) == PAGE.replace("하루", "한 해").replace("더운", "추운")
    keys = {key: person for written in second.writers.values() for key, person in written.items()}
    assert sorted(keys.values()) == sorted([world.author.pk, world.colleague.pk])


def test_two_who_change_one_passage_are_asked_and_nothing_is_written_over():
    world = a_world()
    proposal = world.opened()
    saving.save(proposal, changed(world, "하루", "한 해"), by=world.author, seen=1)
    waiting = saving.save(proposal, changed(world, "하루", "한 달"), by=world.colleague, seen=1)
    assert isinstance(waiting, Incoming)
    newest = queries.newest_revision(proposal)
    assert page_of(newest) == PAGE.replace("하루", "한 해")
    (conflict,) = saving.merge_of(waiting, newest).conflicts
    with pytest.raises(SaemError, match=r"proposal\.unanswered"):
        saving.settle(waiting, {}, by=world.colleague, seen=2)
    with pytest.raises(SaemError, match=r"proposal\.changed_meanwhile"):
        saving.settle(waiting, {conflict.id: Resolution(Choice.OURS)}, by=world.colleague, seen=1)
    own = {conflict.id: Resolution(Choice.OWN, "한 주의 기온을 찾아요.")}
    settled = saving.settle(waiting, own, by=world.colleague, seen=2)
    assert (settled.number, page_of(settled)) == (3, PAGE.replace("하루", "한 주"))
    with pytest.raises(SaemError, match=r"proposal\.changed_meanwhile"):
        saving.settle(waiting, own, by=world.colleague, seen=2)


def test_a_newer_version_is_taken_in_three_ways():
    world = a_world()
    proposal = world.opened(PAGE.replace("하루", "한 해"))
    with pytest.raises(SaemError, match=r"proposal\.is_newest"):
        saving.take_version(proposal, by=world.author)
    newer = a_published(world.program, changed(world, "더운", "추운"))
    taken = saving.take_version(proposal, by=world.colleague)
    assert isinstance(taken, Revision)
    assert (taken.base, page_of(taken)) == (newer, PAGE.replace("하루", "한 해").replace("더운", "추운"))
    # What the new version brought is nobody's writing here.
    assert list(taken.writers[KOREAN].values()) == [world.author.pk]


def test_a_newer_version_that_clashes_waits_for_an_answer_once():
    world = a_world()
    proposal = world.opened(PAGE.replace("하루", "한 해"))
    newer = a_published(world.program, changed(world, "하루", "한 달"))
    waiting = saving.take_version(proposal, by=world.author)
    assert isinstance(waiting, Incoming)
    assert saving.take_version(proposal, by=world.colleague) == waiting
    (conflict,) = saving.merge_of(waiting, queries.newest_revision(proposal)).conflicts
    settled = saving.settle(waiting, {conflict.id: Resolution(Choice.OURS)}, by=world.author, seen=1)
    assert (settled.base, page_of(settled)) == (newer, PAGE.replace("하루", "한 해"))


def test_what_waits_can_be_dropped_by_whoever_sent_it():
    world = a_world()
    proposal = world.opened(PAGE.replace("하루", "한 해"))
    waiting = saving.save(proposal, changed(world, "하루", "한 달"), by=world.colleague, seen=1)
    assert isinstance(waiting, Revision)
    other = saving.save(proposal, changed(world, "하루", "한 주"), by=world.colleague, seen=1)
    assert isinstance(other, Incoming)
    with pytest.raises(SaemError, match=r"proposal\.not_yours"):
        saving.drop(other, by=world.author)
    saving.drop(other, by=world.colleague)
    other.refresh_from_db()
    assert other.settled_at is not None


def test_an_ended_proposal_takes_nothing_more():
    world = a_world()
    proposal = world.opened()
    saving.close(proposal, by=world.author)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.CLOSED
    with pytest.raises(SaemError, match=r"proposal\.ended"):
        saving.save(proposal, changed(world, "하루", "한 해"), by=world.author, seen=1)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("../outside.md", b"x", "content.archive_name"),
        ("lessons/first", b"x", "content.archive_twice"),
        ("LESSONS/FIRST/KO.MD", b"x", "content.archive_twice"),
        ("big.csv", b"x" * (5 * 2**20 + 1), "content.archive_too_large"),
    ],
)
def test_files_that_cannot_be_a_programs_are_refused(name: str, data: bytes, code: str):
    world = a_world()
    proposal = world.opened()
    with pytest.raises(SaemError, match=code.replace(".", r"\.")):
        saving.save(proposal, world.files | {name: data}, by=world.author, seen=1)
    assert proposal.revisions.count() == 1


def test_archives_that_are_none_are_refused():
    def zipped(**files: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return buffer.getvalue()

    with pytest.raises(SaemError, match=r"content\.archive_broken"):
        read_archive(b"PK\x03\x04 no zip")
    with pytest.raises(SaemError, match=r"proposal\.no_program_file"):
        read_archive(zipped(**{"tiny/lesson.yaml": b"x"}))
    assert read_archive(zipped(**{"tiny/program.yaml": b"x", "tiny/.git/config": b"y"})) == {"program.yaml": b"x"}


def test_saving_takes_as_many_queries_for_many_files_as_for_few():
    def cost(files: int) -> int:
        world = a_world()
        proposal = world.opened()
        more = {f"files/{number}.txt": b"%d" % number for number in range(files)}
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            saving.save(proposal, world.files | more, by=world.author, seen=1)
        return len(queries_made)

    assert cost(2) == cost(40)
