"""The events of reviews. They are not the team's own: its page tells its people what happened, and not who marked."""

from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.apps.projects.models import Team


def note_marking(verb: str, team: Team, *, by: User, **facts: object) -> None:
    record(
        verb,
        actor=by,
        object_kind="marking",
        object_id=team.pk,
        cohort_id=team.classroom.cohort_id,
        facts={"project": team.project, **facts},
    )
