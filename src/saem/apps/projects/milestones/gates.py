"""Handing a stage in, and what teachers and mentors decide at its gate. Every act appends its event."""

from django.db import transaction
from django.utils import timezone

from saem.apps.people.models import User
from saem.apps.projects.milestones.attending import tell_unattended
from saem.apps.projects.milestones.evidence import held_stage
from saem.apps.projects.milestones.queries import comments_of, newest_evidence, stages_for
from saem.apps.projects.models import (
    GateDecision,
    GateOutcome,
    Membership,
    MilestoneStatus,
    TeamComment,
    TeamMilestone,
)
from saem.apps.projects.teams import telling
from saem.apps.projects.teams.noting import note
from saem.apps.projects.teams.queries import Access
from saem.apps.projects.teams.words import Thread, tell_said
from saem.errors import SaemError
from saem.lib import content

BECOMES = {
    GateOutcome.PASSED: MilestoneStatus.PASSED,
    GateOutcome.RETURNED: MilestoneStatus.RETURNED,
    GateOutcome.REOPENED: MilestoneStatus.RETURNED,
}


def hand_in(access: Access, membership: Membership, milestone: content.Milestone) -> TeamMilestone:
    """Ask for the gate. A second press changes nothing.

    Raises SaemError `gate.earlier_first` where an earlier stage is not passed, `gate.missing` where evidence is.
    """
    with transaction.atomic():
        row = held_stage(access.team, milestone.id)
        if row.status == MilestoneStatus.WAITING:
            return row
        stages = stages_for(access.team, access.project.milestones)
        stage = next(each for each in stages if each.milestone.id == milestone.id)
        if not stage.is_current:
            raise SaemError("gate.passed_already" if stage.is_passed else "gate.earlier_first", status=409)
        if stage.missing:
            raise SaemError("gate.missing", status=422, count=len(stage.missing))
        _move(row, MilestoneStatus.WAITING)
        note("milestone.handed_in", access.team, by=membership.enrolment.user, milestone=milestone.id)
        telling.tell_handed_in(row, milestone)
        tell_unattended(access.team.classroom)
    return row


def take_back(access: Access, membership: Membership, milestone: content.Milestone) -> None:
    """Go on working on what was handed in, as long as nobody has decided."""
    with transaction.atomic():
        row = held_stage(access.team, milestone.id)
        if row.status == MilestoneStatus.PASSED:
            raise SaemError("gate.passed_already", status=409)
        if row.status != MilestoneStatus.WAITING:
            return
        _move(row, MilestoneStatus.WORKING)
        note("milestone.taken_back", access.team, by=membership.enrolment.user, milestone=milestone.id)


def decide(
    access: Access, milestone: content.Milestone, *, outcome: GateOutcome, comment: str, seen: int
) -> GateDecision:
    """Pass, return or open again what was looked at at revision `seen`.

    The same decision twice by one person is once. Raises SaemError `gate.decided` where somebody else decided
    meanwhile, `gate.changed` where the team took it back, `gate.comment_needed` where there is none to go by.
    """
    if outcome != GateOutcome.PASSED and not comment:
        raise SaemError("gate.comment_needed", status=422)
    with transaction.atomic():
        row = held_stage(access.team, milestone.id)
        if row.revision != seen or not _may_be(row, outcome):
            return _decided_before(access, row, outcome=outcome, comment=comment, seen=seen)
        decision = _write(access.user, row, outcome=outcome, comment=comment)
        note(f"gate.{outcome}", access.team, by=access.user, milestone=milestone.id, revision=seen)
        telling.tell_decided(row, decision, milestone)
    return decision


def comment_on(access: Access, milestone: content.Milestone, *, text: str) -> TeamComment:
    """Say something about a stage to all who see the team; the same words twice in a row are once."""
    with transaction.atomic():
        row = held_stage(access.team, milestone.id)
        last = row.comments.order_by("-pk").first()
        if last is not None and last.text == text and last.author_id == access.user.pk:
            return last
        said = TeamComment.objects.create(
            milestone=row,
            text=text,
            author=access.user,
            enrolment=access.membership.enrolment if access.membership is not None else None,
        )
        note("milestone.commented", access.team, by=access.user, milestone=milestone.id)
        path = telling.stage_path(row) + "#comments"
        tell_said(Thread(row=row, milestone=milestone, key=f"comment:{row.pk}", path=path), comments_of(row))
    return said


def _may_be(row: TeamMilestone, outcome: GateOutcome) -> bool:
    wanted = MilestoneStatus.PASSED if outcome == GateOutcome.REOPENED else MilestoneStatus.WAITING
    return row.status == wanted


def _decided_before(
    access: Access, row: TeamMilestone, *, outcome: GateOutcome, comment: str, seen: int
) -> GateDecision:
    """The decision that stands, where it is the same one pressed twice; else who was faster, and what they said."""
    before = row.decisions.filter(revision=seen).select_related("decided_by").first()
    if before is None:
        raise SaemError("gate.changed", status=409)
    is_same = (before.outcome, before.comment) == (outcome, comment)
    if is_same and before.decided_by_id == access.user.pk:
        return before
    who = before.decided_by.display_name if before.decided_by is not None else "–"
    raise SaemError("gate.decided", status=409, who=who, outcome=GateOutcome(before.outcome).label)


def _write(by: User, row: TeamMilestone, *, outcome: GateOutcome, comment: str) -> GateDecision:
    decision = GateDecision.objects.create(
        milestone=row,
        outcome=outcome,
        comment=comment,
        revision=row.revision,
        looked_at={ask: version.number for ask, version in newest_evidence(row).items()},
        decided_by=by,
    )
    _move(row, BECOMES[outcome])
    return decision


def _move(row: TeamMilestone, status: MilestoneStatus) -> None:
    row.status, row.revision, row.since = status, row.revision + 1, timezone.now()
    row.save(update_fields=["status", "revision", "since"])
