"""Stages, evidence and decisions of teams that somebody may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404

from saem.apps.people.models import User
from saem.apps.projects.milestones.stages import Stage, asked_in, stages_of
from saem.apps.projects.models import Evidence, GateDecision, Team, TeamComment, TeamMilestone
from saem.apps.projects.teams.queries import Access, team_for
from saem.lib import content

# The words of a card may be long; a list shows who saved what and when.
LISTED = ("text", "card", "findings")


def stages_for(team: Team, milestones: tuple[content.Milestone, ...]) -> list[Stage]:
    """Every stage of one team, in two queries."""
    return stages_of_many([team], milestones)[team.pk]


def stages_of_many(teams: Iterable[Team], milestones: tuple[content.Milestone, ...]) -> Mapping[int, list[Stage]]:
    """Every stage of many teams of one project, in two queries."""
    return stages_by_team({team.pk: milestones for team in teams})


def stages_by_team(milestones: Mapping[int, tuple[content.Milestone, ...]]) -> Mapping[int, list[Stage]]:
    """Every stage of many teams, each with the milestones of its project, in two queries."""
    rows: dict[int, list[TeamMilestone]] = defaultdict(list)
    for row in TeamMilestone.objects.filter(team__in=milestones):
        rows[row.team_id].append(row)
    given: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    asks = Evidence.objects.filter(milestone__team__in=milestones).values_list(
        "milestone__team", "milestone__milestone", "ask"
    )
    for team, milestone, ask in asks.distinct():
        given[team][milestone].add(ask)
    return {
        key: stages_of(wanted, rows[key], {name: frozenset(found) for name, found in given[key].items()})
        for key, wanted in milestones.items()
    }


def milestone_in(project: content.Project, milestone: str) -> content.Milestone:
    """A stage of the project, or Http404."""
    found = next((each for each in project.milestones if each.id == milestone), None)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, kw_only=True)
class Place:
    """One thing that one stage of one team asks for, before one person."""

    access: Access
    stage: Stage
    asked: content.EvidenceAsked
    newest: Evidence | None

    @property
    def may_write(self) -> bool:
        return self.access.may_work and not self.stage.is_passed and not self.stage.is_waiting


def place_for(user: User, pk: int, milestone: str, ask: str) -> Place:
    """What a stage of a team that `user` may see asks for, or Http404."""
    access = team_for(user, pk)
    stages = stages_for(access.team, access.project.milestones)
    here = next((each for each in stages if each.milestone.id == milestone), None)
    asked = asked_in(here.milestone, ask) if here is not None else None
    if here is None or asked is None:
        raise Http404
    return Place(access=access, stage=here, asked=asked, newest=newest_evidence(here.row).get(ask))


def newest_in(team: Team) -> QuerySet[Evidence]:
    """The newest version of each thing that any stage of a team asked for."""
    newest = Evidence.objects.filter(milestone=OuterRef("milestone"), ask=OuterRef("ask")).order_by("-number")
    return Evidence.objects.filter(milestone__team=team, number=Subquery(newest.values("number")[:1]))


def newest_evidence(row: TeamMilestone | None) -> dict[str, Evidence]:
    """The newest version of each thing that a stage asks for."""
    if row is None:
        return {}
    newest = Evidence.objects.filter(milestone=row, ask=OuterRef("ask")).order_by("-number").values("number")[:1]
    found = Evidence.objects.filter(milestone=row, number=Subquery(newest)).select_related("enrolment")
    return {each.ask: each for each in found}


def versions_of(row: TeamMilestone, ask: str) -> QuerySet[Evidence]:
    """Every version, newest first."""
    return (
        Evidence.objects.filter(milestone=row, ask=ask).select_related("enrolment").defer(*LISTED).order_by("-number")
    )


def evidence_for(access: Access, pk: int) -> Evidence:
    """One version of something in a team that somebody may see."""
    found = Evidence.objects.filter(pk=pk, milestone__team=access.team).select_related("milestone", "enrolment").first()
    if found is None:
        raise Http404
    return found


def version_before(evidence: Evidence) -> Evidence | None:
    """The version just before this one."""
    return (
        Evidence.objects.filter(milestone=evidence.milestone_id, ask=evidence.ask, number__lt=evidence.number)
        .select_related("enrolment")
        .order_by("-number")
        .first()
    )


def beside(evidence: Evidence) -> Evidence | None:
    """The version that its writer had not seen, where two people saved at once."""
    return version_before(evidence) if evidence.is_beside else None


def decisions_of(row: TeamMilestone | None) -> QuerySet[GateDecision]:
    """What was decided at a gate, newest first."""
    found = GateDecision.objects.filter(milestone=row) if row is not None else GateDecision.objects.none()
    return found.select_related("decided_by").order_by("-revision")


def comments_of(row: TeamMilestone | None) -> QuerySet[TeamComment]:
    """What was said about a stage, in order."""
    found = TeamComment.objects.filter(milestone=row) if row is not None else TeamComment.objects.none()
    return found.select_related("author", "enrolment").order_by("written_at", "pk")


def bytes_of(evidence: Evidence) -> bytes:
    """The file of a version, or Http404 where it is none."""
    if not evidence.sha256:
        raise Http404
    return bytes(evidence.file.data)


def total_size(team: Team) -> int:
    """Bytes of all versions of a team's files."""
    sizes = Evidence.objects.filter(milestone__team=team).values_list(F("size"), flat=True)
    return sum(sizes)
