"""A proposal that both sides approved becomes a version: all of it, or nothing."""

import tempfile
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from saem.apps.catalog.models import Program, Version
from saem.apps.catalog.proposals import queries, telling
from saem.apps.catalog.proposals.checks import report_of
from saem.apps.catalog.proposals.models import Proposal, ProposalState, ReleaseNotes
from saem.apps.catalog.proposals.rule import Standing, standing_of
from saem.apps.catalog.services import add_version
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib import content


def publish(proposal: Proposal, *, by: User, seen: int, ko: str, en: str) -> Version:
    """Make the approved revision `seen` the program's next version, with notes in both languages.

    Cohorts stay on the version they have. Raises SaemError where the rule is not met, and where the very same content
    is a version already.
    """
    revision = queries.revision_numbered(proposal, seen)
    # Reading what was built takes a moment: nothing is held meanwhile, and everything is asked again below.
    with tempfile.TemporaryDirectory(prefix="saem-publish-") as place:
        folder = Path(place) / proposal.program.slug
        report = report_of(revision, folder)
        packed = content.pack(folder)
    with transaction.atomic():
        # The program first: of two proposals that are published at once, the second must take in the first.
        program = Program.objects.select_for_update(of=("self",)).get(pk=proposal.program_id)
        held = Proposal.objects.select_for_update(of=("self",)).select_related("program__agreement").get(pk=proposal.pk)
        refuse(held, standing_of(held), seen)
        if Version.objects.filter(content_hash=report.content_hash).exists():
            raise SaemError("proposal.same_content", status=409)
        version = add_version(report, packed, by=by, owner=program.owner, agreement=program.agreement)
        ReleaseNotes.objects.create(version=version, ko=ko, en=en)
        held.state, held.ended_at, held.version = ProposalState.PUBLISHED, timezone.now(), version
        held.save(update_fields=["state", "ended_at", "version"])
        record(
            "proposal.published",
            actor=by,
            object_kind="proposal",
            object_id=held.pk,
            facts={"program": program.slug, "number": version.number},
        )
        telling.tell_published(held, by)
    return version


def refuse(proposal: Proposal, standing: Standing, seen: int) -> None:
    """Raises SaemError with what stands in the way."""
    if not proposal.is_open:
        raise SaemError("proposal.ended", status=409)
    if standing.revision.number != seen:
        raise SaemError("proposal.changed_meanwhile", status=409)
    if not standing.is_ready:
        raise SaemError("proposal.not_ready", status=409)
