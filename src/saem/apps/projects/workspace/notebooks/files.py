"""The files that a notebook may open: what the project gives to students, and the tables that the team handed in.

A file of the team goes by stage and thing asked for, as `data/table.csv`: a newer version of it, whatever it is called,
is found by the code that is there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from saem.apps.catalog.queries import assignment_of
from saem.apps.projects.milestones.evidence import MEGABYTE
from saem.apps.projects.milestones.queries import Place, newest_in
from saem.apps.projects.milestones.stages import asked_in
from saem.apps.projects.models import Evidence, EvidenceFile
from saem.apps.projects.queries import rule_of
from saem.apps.projects.teams.queries import Access
from saem.lib import grading
from saem.lib.content import Milestone

# Formats of data, and the endings under which they lie beside the code.
DATA = {"csv": ".csv", "text": ".txt"}
MOST_BYTES = 20 * MEGABYTE


@dataclass(frozen=True, kw_only=True)
class Openable:
    """A file by the name that code opens it with; `title` says what it is. `version` is that of a team's file."""

    name: str
    title: str
    version: Evidence | None = None


def assignment_for(access: Access) -> grading.Assignment:
    """What the team's project is graded with."""
    return assignment_of(rule_of(access.team.classroom.cohort, access.team.project), access.team.project)


def openable(place: Place, language: str) -> list[Openable]:
    """Everything that can be opened, the project's own files first."""
    titles = {each.file: each.title.in_(language) for each in place.access.project.downloads}
    given = [Openable(name=name, title=titles.get(name, "")) for name in sorted(assignment_for(place.access).public)]
    return [*given, *_of_team(place, language)]


def files_for(place: Place) -> Mapping[str, bytes]:
    """The same by name, as the sandbox lays them; nothing hidden is among them."""
    own = {each.version.pk: each.name for each in _of_team(place, "ko") if each.version is not None}
    rows = EvidenceFile.objects.filter(evidence__in=own).values_list("evidence", "data")
    return {own[key]: bytes(data) for key, data in rows} | dict(assignment_for(place.access).public)


def _of_team(place: Place, language: str) -> list[Openable]:
    """Tables and texts of the stages up to this one, as far as they fit together."""
    stages = {each.id: each for each in _until(place)}
    newest = newest_in(place.access.team).filter(milestone__milestone__in=stages, format__in=DATA)
    found, left = [], MOST_BYTES
    order = list(stages)
    for each in sorted(
        newest.select_related("milestone"), key=lambda one: (order.index(one.milestone.milestone), one.ask)
    ):
        asked = asked_in(stages[each.milestone.milestone], each.ask)
        if asked is not None and each.size <= left:
            left -= each.size
            name = f"{each.milestone.milestone}/{each.ask}{DATA[each.format]}"
            found.append(Openable(name=name, title=f"{asked.title.in_(language)} · {each.name}", version=each))
    return found


def _until(place: Place) -> list[Milestone]:
    every = list(place.access.project.milestones)
    return every[: every.index(place.stage.milestone) + 1]
