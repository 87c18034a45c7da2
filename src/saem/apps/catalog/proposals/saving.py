"""Opening a proposal and saving to it: nobody's work is written over, whoever was faster."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from saem.apps.catalog.models import Program, Version
from saem.apps.catalog.proposals import queries, telling
from saem.apps.catalog.proposals.authorship import carried_on
from saem.apps.catalog.proposals.checks import ask_for_check
from saem.apps.catalog.proposals.files import Digests, Files, bytes_of, digests_of, keep, sound
from saem.apps.catalog.proposals.models import Incoming, IncomingKind, Proposal, ProposalState, Revision
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib.content.merging import Merge, Resolution, merge

# Whoever saves while a merge is worked out sends it back to the start, so often at most.
TRIES = 5
NOTHING_CHOSEN: Mapping[str, Resolution] = {}


def open_proposal(program: Program, *, by: User, title: str, why: str, files: Files | None = None) -> Proposal:
    """A branch of the newest version. Its first revision holds `files`, or the version as it is."""
    base = queries.newest_version_of(program)
    start = digests_of(base)
    held = keep(sound(files)) if files is not None else start
    with transaction.atomic():
        proposal = Proposal.objects.create(program=program, title=title, why=why, opened_by=by)
        _add(proposal, held, base=base, by=by, note="", before=None)
        record(
            "proposal.opened", actor=by, object_kind="proposal", object_id=proposal.pk, facts={"program": program.slug}
        )
        telling.tell_opened(proposal, by)
    return proposal


def save(proposal: Proposal, files: Files, *, by: User, seen: int, note: str = "") -> Revision | Incoming:
    """Save the whole folder as somebody made it of revision `seen`.

    Where others have saved since, both are merged; where that leaves questions, the files wait as an Incoming. Raises
    SaemError for files that cannot be a program's, for nothing new, and for a proposal that has ended.
    """
    held = keep(sound(files))
    began = queries.revision_numbered(proposal, seen)
    with transaction.atomic():
        newest = _held_newest(proposal)
        if held in (newest.files, began.files):
            raise SaemError("proposal.nothing_new", status=422)
        if newest.number == seen:
            return _add(proposal, held, base=newest.base, by=by, note=note, before=newest)
        incoming = Incoming.objects.create(
            proposal=proposal, kind=IncomingKind.SAVED, base_files=began.files, files=held, note=note, sent_by=by
        )
    return _taken_or_waiting(incoming, by)


def take_version(proposal: Proposal, *, by: User) -> Revision | Incoming:
    """Take in the newest version of the program, merging three ways with the proposal."""
    with transaction.atomic():
        newest = _held_newest(proposal)
        version = queries.newest_version_of(proposal.program)
        if version.pk == newest.base_id:
            raise SaemError("proposal.is_newest", status=409)
        waiting = proposal.incoming.filter(version=version, settled_at=None).first()
        incoming = waiting or Incoming.objects.create(
            proposal=proposal,
            kind=IncomingKind.VERSION,
            base_files=digests_of(newest.base),
            files=digests_of(version),
            version=version,
            sent_by=by,
        )
    return _taken_or_waiting(incoming, by)


def merge_of(incoming: Incoming, newest: Revision) -> Merge:
    """What comes in, met with the newest revision: ours is the proposal, theirs what comes in."""
    return merge(*(bytes_of(files) for files in (incoming.base_files, newest.files, incoming.files)))


def settle(incoming: Incoming, chosen: Mapping[str, Resolution], *, by: User, seen: int) -> Revision:
    """Write what comes in, with what a person chose on the page that showed revision `seen`.

    Raises SaemError where somebody has saved since, and `proposal.unanswered` where a question is open.
    """
    newest = queries.newest_revision(incoming.proposal)
    if newest.number != seen:
        raise SaemError("proposal.changed_meanwhile", status=409)
    found = merge_of(incoming, newest)
    if found.left_open(chosen):
        raise SaemError("proposal.unanswered", status=422)
    revision = _write(incoming, keep(sound(found.settled(chosen))), by=by, newest=newest)
    if revision is None:
        raise SaemError("proposal.changed_meanwhile", status=409)
    return revision


def drop(incoming: Incoming, *, by: User) -> None:
    """Whoever sent something may take it back; what comes in of a version anybody who writes."""
    if incoming.kind == IncomingKind.SAVED and incoming.sent_by_id != by.pk:
        raise SaemError("proposal.not_yours", status=403)
    Incoming.objects.filter(pk=incoming.pk, settled_at=None).update(settled_at=timezone.now())


def close(proposal: Proposal, *, by: User) -> None:
    """End a proposal without publishing it; everything stays to be read."""
    with transaction.atomic():
        _held_newest(proposal)
        Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.CLOSED, ended_at=timezone.now())
        record("proposal.closed", actor=by, object_kind="proposal", object_id=proposal.pk)


def _taken_or_waiting(incoming: Incoming, by: User) -> Revision | Incoming:
    """Merged at once where nothing has to be asked."""
    for _try in range(TRIES):
        newest = queries.newest_revision(incoming.proposal)
        found = merge_of(incoming, newest)
        if found.conflicts:
            return incoming
        revision = _write(incoming, keep(sound(found.settled())), by=by, newest=newest)
        if revision is not None:
            return revision
    return incoming


def _write(incoming: Incoming, held: Digests, *, by: User, newest: Revision) -> Revision | None:
    """The next revision; None where `newest` is it no longer. What is merged to the same is no new revision."""
    with transaction.atomic():
        now = _held_newest(incoming.proposal)
        waits = Incoming.objects.filter(pk=incoming.pk, settled_at=None).update(settled_at=timezone.now())
        if now.number != newest.number or not waits:
            transaction.set_rollback(True)
            return None
        base = incoming.version or newest.base
        if held == newest.files and base == newest.base:
            return newest
        return _add(incoming.proposal, held, base=base, by=by, note=incoming.note, before=newest)


def _held_newest(proposal: Proposal) -> Revision:
    """Hold an open proposal until the transaction ends; its newest revision."""
    held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not held.is_open:
        raise SaemError("proposal.ended", status=409)
    newest: Revision = held.revisions.select_related("base").order_by("-number")[0]
    return newest


def _add(proposal: Proposal, held: Digests, *, base: Version, by: User, note: str, before: Revision | None) -> Revision:
    """Approvals hang on a revision: with a new one they are gone."""
    published = digests_of(base)
    revision = Revision.objects.create(
        proposal=proposal,
        number=before.number + 1 if before else 1,
        base=base,
        files=dict(held),
        writers=carried_on(
            before.writers if before else {}, before.files if before else published, held, by=by.pk, base=published
        ),
        note=note,
        saved_by=by,
    )
    ask_for_check(revision)
    if before is not None:
        record(
            "proposal.revised",
            actor=by,
            object_kind="proposal",
            object_id=proposal.pk,
            facts={"revision": revision.number},
        )
        telling.tell_revised(proposal, revision, by)
    return revision
