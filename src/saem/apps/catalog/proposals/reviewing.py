"""Words about passages, and decisions."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from saem.apps.catalog.proposals import queries, telling
from saem.apps.catalog.proposals.authorship import parts_of
from saem.apps.catalog.proposals.files import bytes_of, digests_of
from saem.apps.catalog.proposals.models import Proposal, ProposalComment, ProposalReview, ReviewDecision, Revision
from saem.apps.catalog.proposals.rule import writers_of
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.errors import SaemError

MOST_COMMENTS = 1000
LONGEST_QUOTE = 600


@dataclass(frozen=True)
class Place:
    """A passage of a revision or of its base; both empty for the whole proposal."""

    file: str = ""
    key: str = ""


def quote_of(revision: Revision, place: Place) -> str | None:
    """The beginning of the passage's words, or None where neither the revision nor its base has it."""
    for files in (revision.files, digests_of(revision.base)):
        data = bytes_of(files, {place.file}).get(place.file)
        found = next((each for each in parts_of(place.file, data) if each.key == place.key), None) if data else None
        if found is not None:
            return found.text[:LONGEST_QUOTE]
    return None


def say(proposal: Proposal, *, by: User, seen: int, text: str, place: Place | None = None) -> ProposalComment:
    """Say something about a passage of the revision that one has before oneself, or about the whole.

    Raises SaemError `proposal.no_passage` for a place that is not there.
    """
    revision = queries.revision_numbered(proposal, seen)
    quote = quote_of(revision, place) if place is not None else ""
    if quote is None:
        raise SaemError("proposal.no_passage", status=422)
    where = {"file": place.file, "key": place.key, "quote": quote} if place is not None else {}
    return _add(proposal, by, text, revision=revision, **where)


def answer(comment: ProposalComment, *, by: User, text: str) -> ProposalComment:
    return _add(
        comment.proposal, by, text, revision=comment.revision, parent=comment, file=comment.file, key=comment.key
    )


def settle(comment: ProposalComment, *, by: User, is_settled: bool) -> None:
    """Mark a word as dealt with, or open again; whoever takes part may, and it is seen who did."""
    ProposalComment.objects.filter(pk=comment.pk).update(
        settled_at=timezone.now() if is_settled else None, settled_by=by if is_settled else None
    )


def review(proposal: Proposal, *, by: User, seen: int, decision: ReviewDecision, text: str = "") -> ProposalReview:
    """Decide on the newest revision, for the side whose role one holds; deciding again replaces it.

    Raises SaemError where a newer revision has come, the proposal has ended, or `by` wrote it themselves.
    """
    with transaction.atomic():
        held = Proposal.objects.select_for_update(of=("self",)).select_related("program__agreement").get(pk=proposal.pk)
        newest = queries.newest_revision(held)
        places = queries.places_of(by, queries.sides_of(held.program))
        _refuse(held, newest, by, seen, is_able=bool(places), decision=decision)
        found, _is_new = ProposalReview.objects.update_or_create(
            revision=newest,
            reviewer=by,
            defaults={"institution": places[0], "decision": decision, "text": text, "given_at": timezone.now()},
        )
        record(
            "proposal.reviewed",
            actor=by,
            object_kind="proposal",
            object_id=held.pk,
            facts={"revision": newest.number, "decision": decision},
        )
        telling.tell_reviewed(held, found, by)
    return found


def _refuse(
    proposal: Proposal, newest: Revision, by: User, seen: int, *, is_able: bool, decision: ReviewDecision
) -> None:
    if not is_able:
        raise SaemError("proposal.not_a_reviewer", status=403)
    if not proposal.is_open:
        raise SaemError("proposal.ended", status=409)
    if newest.number != seen:
        raise SaemError("proposal.changed_meanwhile", status=409)
    if decision == ReviewDecision.APPROVE and by.pk in writers_of(proposal):
        raise SaemError("proposal.own_work", status=403)


def _add(proposal: Proposal, by: User, text: str, **more: object) -> ProposalComment:
    with transaction.atomic():
        # Held, so that a double click is seen as one.
        if not Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk).is_open:
            raise SaemError("proposal.ended", status=409)
        last = proposal.comments.order_by("-pk").first()
        if last is not None and (last.author_id, last.text, last.key) == (by.pk, text, more.get("key", "")):
            return last
        if proposal.comments.count() >= MOST_COMMENTS:
            raise SaemError("proposal.too_many_comments", status=409, most=MOST_COMMENTS)
        said = ProposalComment.objects.create(proposal=proposal, author=by, text=text, **more)
        record("proposal.said", actor=by, object_kind="proposal", object_id=proposal.pk, facts={"comment": said.pk})
        telling.tell_said(proposal, said, by)
    return said
