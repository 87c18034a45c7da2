"""The events of a showcase. They are of the showcase and not of the team, so that no team-mate reads who said no."""

from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.apps.projects.models import Showcase


def note(verb: str, showcase: Showcase, *, by: User | None, **facts: object) -> None:
    record(
        verb,
        actor=by,
        object_kind="showcase",
        object_id=showcase.pk,
        cohort_id=showcase.team.classroom.cohort_id,
        facts={"team": showcase.team_id, **facts},
    )
