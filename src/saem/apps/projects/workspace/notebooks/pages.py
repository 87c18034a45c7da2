"""A notebook as its page shows it: cells with what they said, and what stands round them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from saem.apps.learning.results import RunView
from saem.apps.projects import services
from saem.apps.projects.milestones.queries import versions_of
from saem.apps.projects.milestones.views.stage import below_stage
from saem.apps.projects.models import CellKind, DraftCell, Evidence, NotebookDraft
from saem.apps.projects.workspace.notebooks.drafts import Typed, row_of
from saem.apps.projects.workspace.notebooks.files import openable
from saem.apps.projects.workspace.notebooks.queries import Desk, cells_of, opened_version
from saem.apps.projects.workspace.notebooks.reading import Cell
from saem.apps.projects.workspace.notebooks.saving import takes_notebooks
from saem.errors import SaemError
from saem.lib.content import read_prose
from saem.web.languages import reader_language
from saem.web.messages import message


@dataclass(frozen=True, kw_only=True)
class CellView(RunView):
    """One cell of a notebook; `number` counts from 1."""

    record: DraftCell
    number: int

    @property
    def id(self) -> str:
        return self.record.key

    @property
    def is_code(self) -> bool:
        return self.record.is_code

    @property
    def is_raw(self) -> bool:
        return self.record.kind == CellKind.RAW

    @property
    def revision_name(self) -> str:
        return f"revision-{self.id}"

    @property
    def html(self) -> SafeString:
        """The words of a text cell, as they read."""
        return mark_safe(read_prose(self.code, reader_language()))  # noqa: S308  # sanitised by lib.content


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an act has to say: by cell the codes of notices and the texts that were not kept, or one for the page."""

    notices: Mapping[str, str]
    typed: Mapping[str, Typed]
    notice: str = ""


NOTHING = Said(notices={}, typed={})


def views_of(cells: Sequence[DraftCell], said: Said = NOTHING) -> list[CellView]:
    """Cells in order; where a text could not be kept it stands there as it was typed."""
    return [
        CellView(
            record=cell,
            number=number,
            notice=message(said.notices[cell.key]) if cell.key in said.notices else "",
            typed=said.typed[cell.key].code if cell.key in said.notices and cell.key in said.typed else None,
        )
        for number, cell in enumerate(cells, start=1)
    ]


def read_views(cells: Sequence[Cell]) -> list[CellView]:
    """The cells of a file, only to be looked at: what they put out is what the file says."""
    return views_of([row_of(cell, None, at) for at, cell in enumerate(cells)])


def view_of(draft: NotebookDraft, key: str, said: Said = NOTHING) -> CellView:
    """One cell as it is now; one that was removed meanwhile counts as the last."""
    cells = cells_of(draft)
    found = next((view for view in views_of(cells, said) if view.id == key), None)
    return found or views_of([draft.cells.get(key=key)], said)[0]


def editor_context(desk: Desk, draft: NotebookDraft, said: Said = NOTHING) -> dict[str, object]:
    """The page of a member who writes."""
    access = desk.place.access
    mine = access.membership
    used = services.attempts_used(mine.enrolment, access.team.project) if mine is not None else 0
    return {
        **above(desk),
        "draft": draft,
        "cells": views_of(cells_of(draft), said),
        "removed": draft.cells.exclude(removed_at=None).order_by("-removed_at"),
        "said": said.notice,
        "files": openable(desk.place, reader_language()),
        "takes_notebooks": takes_notebooks(desk),
        "limit": access.project.attempts_per_day,
        "left": max(0, access.project.attempts_per_day - used),
        "token": uuid.uuid4(),
    }


def reader_context(desk: Desk, version: Evidence | None) -> dict[str, object]:
    """The page of whoever only looks, and of a member who has no draft yet."""
    cells: list[CellView] = []
    trouble = ""
    if version is not None:
        try:
            cells = read_views(opened_version(version).cells)
        except SaemError as refused:
            trouble = message(refused.code, **refused.params)
    row = desk.place.stage.row
    return {
        **above(desk),
        "version": version,
        "cells": cells,
        "trouble": trouble,
        "versions": list(versions_of(row, desk.place.asked.id)) if row is not None else [],
        "has_starter": bool(desk.place.access.project.starters),
    }


def above(desk: Desk) -> dict[str, object]:
    """What every page of a notebook shows above itself, and which one it is."""
    place = desk.place
    return {
        **below_stage(place.access, place.stage.milestone),
        "desk": desk,
        "place": place,
        "stage": place.stage,
        "asked": place.asked,
    }
