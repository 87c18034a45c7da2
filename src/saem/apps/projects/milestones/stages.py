"""A team's way through the stages, put together from the program and the rows; asks no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from saem.apps.projects.models import MilestoneStatus, TeamMilestone
from saem.lib import content


class WaitsFor(StrEnum):
    """Who has to do something next."""

    TEAM = "team"
    JUDGE = "judge"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage of one team; `row` is None where nothing has been done. `given` are the asks with evidence."""

    number: int
    milestone: content.Milestone
    row: TeamMilestone | None
    given: frozenset[str] = field(default_factory=frozenset)
    is_current: bool = False

    @property
    def status(self) -> MilestoneStatus:
        return MilestoneStatus(self.row.status) if self.row is not None else MilestoneStatus.WORKING

    @property
    def is_passed(self) -> bool:
        return self.status == MilestoneStatus.PASSED

    @property
    def is_waiting(self) -> bool:
        return self.status == MilestoneStatus.WAITING

    @property
    def is_begun(self) -> bool:
        return self.row is not None

    @property
    def missing(self) -> tuple[content.EvidenceAsked, ...]:
        """What is asked for and needed, and not there yet."""
        return tuple(asked for asked in self.milestone.evidence if asked.needed and asked.id not in self.given)

    @property
    def waits_for(self) -> WaitsFor:
        if self.is_passed:
            return WaitsFor.NOBODY
        return WaitsFor.JUDGE if self.is_waiting else WaitsFor.TEAM

    @property
    def strip(self) -> str:
        """How the strip of steps draws it."""
        if self.is_passed:
            return "done"
        return "now" if self.is_current else "todo"


def stages_of(
    milestones: Sequence[content.Milestone], rows: Iterable[TeamMilestone], given: Mapping[str, frozenset[str]]
) -> list[Stage]:
    """Every stage in order. The current one is the first that is not passed; after the last there is none."""
    by_id = {row.milestone: row for row in rows}
    passed = [(row := by_id.get(each.id)) is not None and row.status == MilestoneStatus.PASSED for each in milestones]
    current = passed.index(False) if False in passed else None
    return [
        Stage(
            number=at + 1,
            milestone=each,
            row=by_id.get(each.id),
            given=given.get(each.id, frozenset()),
            is_current=at == current,
        )
        for at, each in enumerate(milestones)
    ]


def current_of(stages: Sequence[Stage]) -> Stage | None:
    """Where the team is; None once everything is passed."""
    return next((stage for stage in stages if stage.is_current), None)


def asked_in(milestone: content.Milestone, ask: str) -> content.EvidenceAsked | None:
    return next((asked for asked in milestone.evidence if asked.id == ask), None)
