"""One act at a time on a team's page: its row is held until the transaction ends."""

from saem.apps.projects.models import Showcase, ShowcaseStatus, Team
from saem.errors import SaemError


def held(team: Team) -> Showcase:
    """The row, made where there is none. Call inside the transaction of the act."""
    Showcase.objects.get_or_create(team=team)
    rows = Showcase.objects.select_for_update(of=("self",)).select_related("team__classroom__cohort")
    return rows.get(team=team)


def moved(showcase: Showcase, status: ShowcaseStatus, *, comment: str = "") -> None:
    showcase.status, showcase.comment, showcase.revision = status, comment, showcase.revision + 1
    showcase.save(update_fields=["status", "comment", "revision"])


def refuse_changed(showcase: Showcase, seen: int) -> None:
    """Whoever decides says what they looked at. Raises SaemError `showcase.changed`."""
    if showcase.revision != seen or showcase.status != ShowcaseStatus.WAITING:
        raise SaemError("showcase.changed", status=409)
