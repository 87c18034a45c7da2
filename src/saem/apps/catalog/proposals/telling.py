"""Who is told what of a proposal; called inside the transaction of the act."""

from collections.abc import Collection, Iterable

from django.urls import reverse

from saem.apps.catalog.proposals import queries
from saem.apps.catalog.proposals.models import Proposal, ProposalComment, ProposalReview, Revision
from saem.apps.notices.services import notify_all
from saem.apps.people.models import User


def tell_opened(proposal: Proposal, by: User) -> None:
    """Everybody who may review it."""
    able = queries.reviewers_of(queries.sides_of(proposal.program))
    _tell(proposal, "proposal.opened", {user for side in able.values() for user in side}, by, key="opened")


def tell_revised(proposal: Proposal, revision: Revision, by: User) -> None:
    """Whose approval or wish was about an older revision, and who writes it, too."""
    _tell(proposal, "proposal.revised", participants(proposal), by, key=f"revised:{revision.number}")


def tell_said(proposal: Proposal, comment: ProposalComment, by: User) -> None:
    told = participants(proposal)
    if comment.parent is not None and comment.parent.author_id is not None:
        told.add(comment.parent.author_id)
    _tell(proposal, "proposal.said", told, by, key=f"said:{comment.pk}")


def tell_reviewed(proposal: Proposal, review: ProposalReview, by: User) -> None:
    key = f"reviewed:{review.revision_id}:{review.reviewer_id}:{review.decision}"
    _tell(proposal, "proposal.reviewed", participants(proposal), by, key=key)


def tell_published(proposal: Proposal, by: User) -> None:
    _tell(proposal, "proposal.published", participants(proposal), by, key="published")


def participants(proposal: Proposal) -> set[int]:
    """Whoever opened it, saved to it, said something or reviewed."""
    found: Iterable[Collection[int | None]] = (
        proposal.revisions.values_list("saved_by", flat=True),
        proposal.comments.values_list("author", flat=True),
        proposal.revisions.values_list("reviews__reviewer", flat=True),
        [proposal.opened_by_id],
    )
    return {pk for part in found for pk in part if pk is not None}


def _tell(proposal: Proposal, kind: str, people: Collection[int], by: User, *, key: str) -> None:
    notify_all(
        User.objects.filter(pk__in=people, is_active=True).exclude(pk=by.pk),
        kind,
        key=f"proposal:{proposal.pk}:{key}",
        facts={"title": proposal.title, "who": by.display_name},
        path=reverse("proposals:proposal", args=[proposal.pk]),
    )
