"""All that a team has handed in, newest versions only, as a marker reads it on one page; names left out for peers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import OuterRef, Subquery

from saem.apps.projects.milestones.formats import RefusedFileError, text_of
from saem.apps.projects.models import AnchoredComment, Evidence, EvidenceFile, Team
from saem.apps.projects.reviews.anchoring import PICTURES
from saem.apps.projects.workspace.notebooks.reading import Cell, open_notebook
from saem.apps.projects.workspace.versions import TEXT_FORMATS, Answer, answers_of
from saem.errors import SaemError
from saem.lib import content

# What is shown on the page; all of it is in the file.
MOST_BYTES = 2 * 2**20
MOST_CELLS = 60
MOST_TEXT = 20_000
READ = ("notebook", *TEXT_FORMATS)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One thing that a stage asks for, with what it says."""

    stage: content.Milestone
    asked: content.EvidenceAsked
    version: Evidence
    answers: Sequence[Answer] = ()
    cells: Sequence[Cell] = ()
    text: str = ""
    is_cut: bool = False
    is_broken: bool = field(default=False)
    words: Sequence[AnchoredComment] = ()

    @property
    def anchor(self) -> str:
        return f"e{self.version.pk}"

    @property
    def words_part(self) -> str:
        """The element that holds it line by line."""
        return f"words-{self.version.pk}"

    @property
    def is_picture(self) -> bool:
        return self.version.format in PICTURES

    @property
    def has_lines(self) -> bool:
        """Whether one can talk about single places of it."""
        return self.is_picture or bool(self.cells or self.text)


def shown_of(team: Team, milestones: Sequence[content.Milestone]) -> list[Shown]:
    """In the order of stages and of what they ask for, in two queries."""
    newest = _newest(team)
    wanted = [each.pk for each in newest.values() if each.format in READ and each.size <= MOST_BYTES]
    rows = EvidenceFile.objects.filter(evidence__in=wanted).values_list("evidence", "data")
    files = {key: bytes(data) for key, data in rows}
    return [
        _shown(stage, asked, newest[stage.id, asked.id], files)
        for stage in milestones
        for asked in stage.evidence
        if (stage.id, asked.id) in newest
    ]


def with_words(shown: Sequence[Shown]) -> list[Shown]:
    """The same with what was said about single places, names and all, in one query."""
    found: dict[int, list[AnchoredComment]] = defaultdict(list)
    rows = AnchoredComment.objects.filter(evidence__in=[each.version.pk for each in shown])
    for row in rows.select_related("author", "enrolment").order_by("cell", "line", "written_at", "pk"):
        found[row.evidence_id].append(row)
    return [replace(each, words=found[each.version.pk]) for each in shown]


def _newest(team: Team) -> Mapping[tuple[str, str], Evidence]:
    same = Evidence.objects.filter(milestone=OuterRef("milestone"), ask=OuterRef("ask")).order_by("-number")
    found = Evidence.objects.filter(milestone__team=team, number=Subquery(same.values("number")[:1]))
    return {(each.milestone.milestone, each.ask): each for each in found.select_related("milestone")}


def _shown(
    stage: content.Milestone, asked: content.EvidenceAsked, version: Evidence, files: Mapping[int, bytes]
) -> Shown:
    data = files.get(version.pk)
    cells, text, is_broken = _read(version, data)
    return Shown(
        stage=stage,
        asked=asked,
        version=version,
        answers=answers_of(version),
        cells=cells[:MOST_CELLS],
        text=text[:MOST_TEXT],
        is_cut=len(cells) > MOST_CELLS or len(text) > MOST_TEXT or (version.format in READ and data is None),
        is_broken=is_broken,
    )


def _read(version: Evidence, data: bytes | None) -> tuple[Sequence[Cell], str, bool]:
    if data is None:
        return (), version.text, False
    try:
        if version.format == "notebook":
            return open_notebook(data).cells, "", False
        return (), text_of(data), False
    except (SaemError, RefusedFileError):
        return (), "", True
