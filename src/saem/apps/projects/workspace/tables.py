"""The tables that a team's data card may be about: those the project gives out, and those the team collected."""

from saem.apps.catalog.queries import assignment_of
from saem.apps.projects.milestones.queries import bytes_of, newest_in
from saem.apps.projects.models import Evidence, Team
from saem.apps.projects.queries import rule_of
from saem.lib import content

GIVEN, COLLECTED = "given:", "file:"
MOST = 50


Name = str | dict[str, str]


def tables_of(team: Team, project: content.Project) -> dict[str, Name]:
    """Keys of tables and what they are called: the project's CSV files, then the newest versions of the team's own.

    What the program names is given in both languages; a file of the team has the one name that it was saved under.
    """
    given: dict[str, Name] = {
        f"{GIVEN}{each.file}": {
            "ko": f"{each.file} · {each.title.in_('ko')}",
            "en": f"{each.file} · {each.title.in_('en')}",
        }
        for each in project.downloads
        if each.file.endswith(".csv")
    }
    own = newest_in(team).filter(format="csv").order_by("-saved_at")
    return given | {f"{COLLECTED}{each.pk}": each.name for each in own.only("pk", "name")[:MOST]}


def table_bytes(team: Team, project: content.Project, key: str) -> bytes | None:
    """The bytes of one of these tables; None where it is not there (any more)."""
    if key.startswith(GIVEN):
        rule = rule_of(team.classroom.cohort, project.id)
        return assignment_of(rule, project.id).public.get(key.removeprefix(GIVEN))
    found = Evidence.objects.filter(milestone__team=team, pk=key.removeprefix(COLLECTED)).first()
    return bytes_of(found) if found is not None else None
