"""Saving evidence: every version stays, whoever saved it and whatever they had seen. Every act appends its event."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from saem.apps.projects.milestones.queries import total_size
from saem.apps.projects.models import (
    Evidence,
    EvidenceFile,
    EvidenceKind,
    Membership,
    MilestoneStatus,
    Team,
    TeamMilestone,
)
from saem.apps.projects.teams.noting import note
from saem.errors import SaemError

MEGABYTE = 2**20
MOST_BYTES = 10 * MEGABYTE
MOST_BYTES_OF_TEAM = 300 * MEGABYTE
MOST_VERSIONS = 200


@dataclass(frozen=True, kw_only=True)
class Given:
    """What somebody gives as evidence: of its fields those that its kind has."""

    kind: EvidenceKind
    text: str = ""
    link: str = ""
    card: Mapping[str, object] = field(default_factory=dict)
    findings: Sequence[Mapping[str, object]] = ()
    name: str = ""
    format: str = ""
    data: bytes | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest() if self.data is not None else ""

    def is_same_as(self, version: Evidence) -> bool:
        return (version.kind, version.text, version.link, version.sha256) == (
            self.kind,
            self.text,
            self.link,
            self.sha256,
        ) and version.card == dict(self.card)


def save_evidence(membership: Membership, *, milestone: str, ask: str, given: Given, seen: int) -> Evidence:
    """Keep another version; `seen` is the one that its writer had before them. The same again is no new version.

    Raises SaemError `evidence.stage_closed` where the stage waits at its gate or is passed, `evidence.too_many`
    and `evidence.team_full`.
    """
    with transaction.atomic():
        row = open_stage(membership, milestone)
        last = Evidence.objects.filter(milestone=row, ask=ask).order_by("-number").first()
        if last is not None and given.is_same_as(last):
            return last
        number = last.number + 1 if last is not None else 1
        _refuse_excess(row.team, number, given)
        version = _store(row, membership, ask=ask, given=given, number=number, seen=min(seen, number - 1))
        note(
            "evidence.saved",
            row.team,
            by=membership.enrolment.user,
            milestone=milestone,
            ask=ask,
            number=number,
            sha256=version.sha256,
        )
    return version


def open_stage(membership: Membership, milestone: str) -> TeamMilestone:
    """The stage's row, held; only while its evidence may be changed."""
    row = held_stage(membership.team, milestone)
    if row.status in (MilestoneStatus.WAITING, MilestoneStatus.PASSED):
        raise SaemError("evidence.stage_closed", status=409)
    return row


def held_stage(team: Team, milestone: str) -> TeamMilestone:
    """The stage's row, made where there is none, held until the transaction ends."""
    TeamMilestone.objects.get_or_create(team=team, milestone=milestone)
    return (
        TeamMilestone.objects.select_for_update(of=("self",))
        .select_related("team__classroom__cohort")
        .get(team=team, milestone=milestone)
    )


def _refuse_excess(team: Team, number: int, given: Given) -> None:
    if number > MOST_VERSIONS:
        raise SaemError("evidence.too_many", status=409, most=MOST_VERSIONS)
    if given.data is not None and total_size(team) + len(given.data) > MOST_BYTES_OF_TEAM:
        raise SaemError("evidence.team_full", status=413, limit_mb=MOST_BYTES_OF_TEAM // MEGABYTE)


def _store(row: TeamMilestone, membership: Membership, *, ask: str, given: Given, number: int, seen: int) -> Evidence:
    version = Evidence.objects.create(
        milestone=row,
        ask=ask,
        number=number,
        based_on=seen,
        kind=given.kind,
        text=given.text,
        link=given.link,
        card=dict(given.card),
        findings=[dict(each) for each in given.findings],
        name=given.name,
        format=given.format,
        size=len(given.data or b""),
        sha256=given.sha256,
        enrolment=membership.enrolment,
        saved_at=timezone.now(),
    )
    if given.data is not None:
        EvidenceFile.objects.create(evidence=version, data=given.data)
    return version
