"""Words anchored to a place of one version: a cell of a notebook, a line of a cell or a text, a picture."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from saem.apps.projects.milestones.queries import milestone_in
from saem.apps.projects.models import AnchoredComment, AnchorKind, Evidence
from saem.apps.projects.teams.noting import note
from saem.apps.projects.teams.queries import Access
from saem.apps.projects.teams.words import Thread, tell_said
from saem.apps.projects.workspace.versions import cells_of, shown_text
from saem.errors import SaemError

PICTURES = ("png", "jpeg")
MOST = 300

Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """`cell` and `line` count from 1; 0 where there is none."""

    kind: AnchorKind
    cell: int = 0
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class PlaceSource:
    """What a version shows, counted: lines of each cell by its number, lines of its text, whether it is a picture."""

    cells: Mapping[int, int]
    lines: int
    is_picture: bool

    @property
    def is_empty(self) -> bool:
        return not (self.cells or self.lines or self.is_picture)

    def has(self, anchor: Anchor) -> bool:
        """Whether the place is there."""
        if anchor.kind == AnchorKind.FIGURE:
            return self.is_picture and (anchor.cell, anchor.line) == (0, 0)
        if anchor.kind == AnchorKind.CELL:
            return anchor.cell in self.cells and anchor.line == 0
        most = self.cells.get(anchor.cell, 0) if anchor.cell else self.lines
        return 1 <= anchor.line <= most


def places_of(version: Evidence) -> PlaceSource:
    text = shown_text(version)
    return PlaceSource(
        cells={cell.number: len(cell.source.splitlines()) for cell in cells_of(version)},
        lines=len(text.splitlines()),
        is_picture=version.format in PICTURES,
    )


def anchor_comment(access: Access, version: Evidence, anchor: Anchor, *, text: str) -> AnchoredComment:
    """Say something about a place, to all who see the team; the same words twice in a row are once.

    Raises SaemError `anchor.nowhere` for a place that the version does not have, and `anchor.too_many`.
    """
    if not places_of(version).has(anchor):
        raise SaemError("anchor.nowhere", status=422)
    with transaction.atomic():
        held = Evidence.objects.select_for_update(of=("self",)).get(pk=version.pk)
        last = held.anchored.order_by("-pk").first()
        if last is not None and _is_same(last, access, anchor, text):
            return last
        if held.anchored.count() >= MOST:
            raise SaemError("anchor.too_many", status=409, most=MOST)
        said = AnchoredComment.objects.create(
            evidence=held,
            kind=anchor.kind,
            cell=anchor.cell,
            line=anchor.line,
            text=text,
            author=access.user,
            enrolment=access.membership.enrolment if access.membership is not None else None,
        )
        note("evidence.commented", access.team, by=access.user, milestone=version.milestone.milestone, ask=version.ask)
        tell_said(_thread_of(access, version), held.anchored.select_related("author", "enrolment").order_by("pk"))
    return said


def _thread_of(access: Access, version: Evidence) -> Thread:
    return Thread(
        row=version.milestone,
        milestone=milestone_in(access.project, version.milestone.milestone),
        key=f"words:{version.pk}",
        path=reverse("projects:words", args=[access.team.pk, version.pk]),
    )


def settle(access: Access, version: Evidence, pk: int, *, is_settled: bool) -> None:
    """Mark a word as dealt with, or not: whoever said it, and members of the team."""
    with transaction.atomic():
        row = AnchoredComment.objects.select_for_update().filter(pk=pk, evidence=version).first()
        if row is None or not (access.may_work or row.author_id == access.user.pk):
            raise Http404
        row.settled_at = timezone.now() if is_settled else None
        row.save(update_fields=["settled_at"])


def anchored_at(version: Evidence) -> Mapping[Place, Sequence[AnchoredComment]]:
    """What was said, by cell and line, in one query."""
    found: dict[Place, list[AnchoredComment]] = defaultdict(list)
    rows = version.anchored.select_related("author", "enrolment").order_by("cell", "line", "written_at", "pk")
    for row in rows:
        found[row.cell, row.line].append(row)
    return dict(found)


def _is_same(last: AnchoredComment, access: Access, anchor: Anchor, text: str) -> bool:
    place = (last.kind, last.cell, last.line, last.text, last.author_id)
    return place == (anchor.kind, anchor.cell, anchor.line, text, access.user.pk)
