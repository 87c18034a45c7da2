"""The job that checks a revision, in the real sandbox: what is found is told, what is built is published."""

from pathlib import Path

import pytest

from saem.apps.catalog.models import Artifact
from saem.apps.catalog.proposals import publishing, queries, reviewing, saving
from saem.apps.catalog.proposals.checks import problems_of, set_aside
from saem.apps.catalog.proposals.models import CheckState, RevisionCheck
from saem.apps.jobs.worker import drain
from saem.apps.people.models import Role, Scope
from saem.apps.people.services import grant
from saem.lib.sandbox import Sandbox
from tests import sample
from tests.cast import a_person

PAGE = f"lessons/{sample.LESSON}/ko.md"
LESSON = f"lessons/{sample.LESSON}/lesson.yaml"


@pytest.mark.django_db
def test_a_broken_revision_is_told_and_a_sound_one_is_published_as_it_was_built(
    site_sandbox: Sandbox, tmp_path: Path
) -> None:
    version = sample.published_sample(site_sandbox, tmp_path)
    author, staff = a_person(), a_person()
    for user, role in ((author, Role.AUTHOR), (staff, Role.STAFF)):
        grant(user, role=role, scope=Scope.INSTITUTION, scope_id=version.program.owner_id)
    files = {name: text.encode() for name, text in sample.sample_files().items()}
    broken = files | {LESSON: files[LESSON].replace(b".median()", b".mean()")}
    proposal = saving.open_proposal(version.program, by=author, title="고쳐요", why="까닭", files=broken)
    drain()
    check = queries.newest_revision(proposal).check_result
    assert check.state == CheckState.PROBLEMS
    assert {each.file for each in problems_of(check)} == {LESSON}
    assert not queries.newest_revision(proposal).builds.exists()

    better = files | {PAGE: files[PAGE].replace("길러 봐요".encode(), "키워 봐요".encode())}
    saving.save(proposal, better, by=author, seen=1)
    drain()
    assert queries.newest_revision(proposal).check_result.state == CheckState.PASSED
    reviewing.review(proposal, by=staff, seen=2, decision=reviewing.ReviewDecision.APPROVE)
    published = publishing.publish(proposal, by=staff, seen=2, ko="고쳤어요.", en="Corrected.")
    # Whatever publishing a folder stores, publishing a proposal does, too.
    assert sorted(published.artifacts.values_list("kind", "name")) == sorted(
        version.artifacts.values_list("kind", "name")
    )
    kind = Artifact.Kind.REFERENCE
    assert bytes(published.artifacts.get(kind=kind).data) == bytes(version.artifacts.get(kind=kind).data)


@pytest.mark.django_db
def test_a_check_that_cannot_be_done_says_so_and_one_of_an_old_revision_is_left_out(
    site_sandbox: Sandbox, tmp_path: Path
) -> None:
    version = sample.published_sample(site_sandbox, tmp_path)
    author = a_person()
    files = {name: text.encode() for name, text in sample.sample_files().items()}
    proposal = saving.open_proposal(version.program, by=author, title="고쳐요", why="까닭")
    saving.save(proposal, files | {PAGE: files[PAGE] + "\n끝\n".encode()}, by=author, seen=1)
    newest = queries.newest_revision(proposal)
    drain()
    first = RevisionCheck.objects.get(revision__number=1)
    assert first.state == CheckState.WAITING
    set_aside(newest.pk)
    assert RevisionCheck.objects.get(revision=newest).state == CheckState.FAILED
