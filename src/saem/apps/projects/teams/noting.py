"""The events of teams: what happened, in the act's own transaction."""

from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.apps.projects.models import Team


def note(verb: str, team: Team, *, by: User | None, **facts: object) -> None:
    record(
        verb,
        actor=by,
        object_kind="team",
        object_id=team.pk,
        cohort_id=team.classroom.cohort_id,
        facts={"project": team.project, **facts},
    )
