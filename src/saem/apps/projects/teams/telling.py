"""What the people of a team are told, inside the transaction of the act."""

from collections.abc import Mapping

from django.urls import reverse

from saem.apps.cohorts.queries import teachers_of
from saem.apps.notices.services import notify, notify_all
from saem.apps.projects.models import GateDecision, Team, TeamInvitation, TeamMerge, TeamMilestone
from saem.apps.projects.teams.queries import judges_of, members_of
from saem.lib import content


def tell_invited(invitation: TeamInvitation) -> None:
    team, asker = invitation.team, invitation.invited_by
    notify(
        invitation.enrolment.user,
        "team.invited",
        key=f"team:invited:{invitation.pk}",
        facts={"team": team.name, "who": asker.nickname if asker is not None else ""},
        path=reverse("projects:own_team", args=[invitation.enrolment_id, team.project]),
    )


def tell_arranged(team: Team) -> None:
    """Those whom a teacher has put together."""
    _tell_members(team, "team.arranged", key=f"team:arranged:{team.pk}", facts={"team": team.name})


def tell_proposed(merge: TeamMerge) -> None:
    facts = {"team": merge.team.name, "into": merge.into.name}
    _tell_members(merge.into, "team.merge_proposed", key=f"team:merge:{merge.pk}", facts=facts)


def tell_merge_answered(merge: TeamMerge, *, accepts: bool) -> None:
    """Those who proposed; where it was accepted they are in the other team by now, with everybody else."""
    team = merge.into if accepts else merge.team
    facts = {"team": merge.team.name, "into": merge.into.name, "accepted": accepts}
    _tell_members(team, "team.merge_answered", key=f"team:merged:{merge.pk}", facts=facts)


def tell_handed_in(row: TeamMilestone, milestone: content.Milestone) -> None:
    """Teachers and mentors: somebody waits for them."""
    team = row.team
    teachers = teachers_of([team.classroom]).get(team.classroom_id, [])
    notify_all(
        judges_of(team, teachers=teachers),
        "gate.waiting",
        key=f"gate:waiting:{row.pk}:{row.revision}",
        facts={"team": team.name, "stage": milestone.title.model_dump()},
        path=stage_path(row),
    )


def tell_decided(row: TeamMilestone, decision: GateDecision, milestone: content.Milestone) -> None:
    """The team: what was decided, and the comment."""
    facts = {
        "team": row.team.name,
        "stage": milestone.title.model_dump(),
        "outcome": decision.outcome,
        "comment": decision.comment,
    }
    _tell_members(row.team, "gate.decided", key=f"gate:decided:{decision.pk}", facts=facts, path=stage_path(row))


def stage_path(row: TeamMilestone) -> str:
    return reverse("projects:stage", args=[row.team_id, row.milestone])


def _tell_members(team: Team, kind: str, *, key: str, facts: Mapping[str, object], path: str = "") -> None:
    people = [member.enrolment.user for member in members_of(team)]
    notify_all(people, kind, key=key, facts=facts, path=path or reverse("projects:team", args=[team.pk]))
