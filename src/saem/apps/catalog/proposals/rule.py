"""What must be true before a proposal is published, and what is missing: by side, and who can do it."""

from dataclasses import dataclass

from saem.apps.catalog.models import Version
from saem.apps.catalog.proposals import queries
from saem.apps.catalog.proposals.models import (
    CheckState,
    Proposal,
    ProposalReview,
    ReviewDecision,
    ReviewRule,
    Revision,
)
from saem.apps.people.models import Grant, Institution


@dataclass(frozen=True, kw_only=True)
class Side:
    """One institution's say on the newest revision; `able` are those who have not decided and may."""

    institution: Institution
    needed: int
    approvals: tuple[ProposalReview, ...]
    objections: tuple[ProposalReview, ...]
    able: tuple[Grant, ...]

    @property
    def missing(self) -> int:
        return max(self.needed - len(self.approvals), 0)

    @property
    def is_met(self) -> bool:
        return not self.missing and not self.objections


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a proposal is: its newest revision, its sides, and the version that came out meanwhile, if one did."""

    revision: Revision
    sides: tuple[Side, ...]
    check: CheckState
    newer: Version | None

    @property
    def is_approved(self) -> bool:
        return all(side.is_met for side in self.sides)

    @property
    def is_ready(self) -> bool:
        return self.is_approved and self.check == CheckState.PASSED and self.newer is None


def standing_of(proposal: Proposal) -> Standing:
    """In a constant number of queries, whoever and however many take part."""
    revision = queries.newest_revision(proposal)
    sides = queries.sides_of(proposal.program)
    able = queries.reviewers_of(sides)
    writers = writers_of(proposal)
    decided = list(revision.reviews.select_related("reviewer", "institution"))
    needed = _needed(proposal)
    newest = queries.newest_version_of(proposal.program)
    return Standing(
        revision=revision,
        sides=tuple(_side(side, needed, decided, able[side.pk], writers) for side in sides),
        check=CheckState(revision.check_result.state),
        newer=newest if newest.pk != revision.base_id else None,
    )


def writers_of(proposal: Proposal) -> set[int]:
    """Whoever saved a revision has written it: their own approval counts for nothing."""
    return {pk for pk in proposal.revisions.values_list("saved_by", flat=True) if pk is not None}


def _needed(proposal: Proposal) -> int:
    rule = ReviewRule.objects.filter(agreement=proposal.program.agreement_id).first()
    return rule.approvals if rule is not None else 1


def _side(
    institution: Institution,
    needed: int,
    decided: list[ProposalReview],
    able: dict[int, Grant],
    writers: set[int],
) -> Side:
    """Only decisions of those count who may still decide for this institution and have not written."""
    counted = [
        review
        for review in decided
        if review.institution_id == institution.pk and review.reviewer_id in able and review.reviewer_id not in writers
    ]
    done = {review.reviewer_id for review in counted}
    return Side(
        institution=institution,
        needed=needed,
        approvals=tuple(review for review in counted if review.decision == ReviewDecision.APPROVE),
        objections=tuple(review for review in counted if review.decision == ReviewDecision.CHANGES),
        able=tuple(grant for user, grant in able.items() if user not in done and user not in writers),
    )
