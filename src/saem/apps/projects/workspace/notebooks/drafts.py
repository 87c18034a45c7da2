"""Drafts: opened from a version, the starter or nothing; typed into and arranged. Every act holds the draft."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.crypto import get_random_string

from saem.apps.events.services import record
from saem.apps.learning.keeping import bring_back, keep, put
from saem.apps.learning.models import RunStatus
from saem.apps.projects.milestones.evidence import open_stage
from saem.apps.projects.milestones.queries import Place
from saem.apps.projects.models import CellKind, DraftCell, Membership, NotebookDraft
from saem.apps.projects.workspace.notebooks.queries import cells_of
from saem.apps.projects.workspace.notebooks.reading import MOST_CELLS, MOST_LETTERS, TOO_LONG, Cell, Opened
from saem.errors import SaemError

# What a cell was, once it is another one.
RAN = ("ran_code", "status", "output", "ran_at")
KEY_LENGTH = 8


@dataclass(frozen=True)
class Typed:
    """The text of one cell as a page sends it, and the revision that the page had shown."""

    code: str
    revision: int | None


def open_draft(
    place: Place, mine: Membership, opened: Opened, *, based_on: int, name: str, replace: bool
) -> NotebookDraft:
    """Make the member's draft out of a notebook; what stood in another draft goes.

    Raises SaemError `evidence.stage_closed`, and `notebook.unsaved` where a draft would be lost that is no version yet.
    """
    with transaction.atomic():
        row = open_stage(mine, place.stage.milestone.id)
        before = NotebookDraft.objects.filter(milestone=row, ask=place.asked.id, enrolment=mine.enrolment)
        if not replace and before.filter(is_changed=True).exists():
            raise SaemError("notebook.unsaved", status=409)
        before.delete()
        draft = NotebookDraft.objects.create(
            milestone=row,
            ask=place.asked.id,
            enrolment=mine.enrolment,
            based_on=based_on,
            name=name,
            metadata=dict(opened.metadata),
            notes=list(opened.notes),
        )
        DraftCell.objects.bulk_create(row_of(cell, draft, at) for at, cell in enumerate(opened.cells))
        tell("notebook.opened", draft, based_on=based_on)
    return draft


def row_of(cell: Cell, draft: NotebookDraft | None, place: int) -> DraftCell:
    """A cell that was read as a row; without a draft it is only shown."""
    has_run = cell.status != RunStatus.NONE
    return DraftCell(
        draft=draft,
        key=cell.key,
        place=place,
        kind=cell.kind,
        code=cell.source,
        ran_code=cell.source if has_run else "",
        extra=dict(cell.extra),
        output=dict(cell.output),
        status=cell.status,
    )


def tell(verb: str, draft: NotebookDraft, **facts: object) -> None:
    """The event of an act on a draft."""
    team = draft.milestone.team
    record(
        verb,
        actor=draft.enrolment.user,
        object_kind="notebook",
        object_id=draft.pk,
        cohort_id=team.classroom.cohort_id,
        facts={"team": team.pk, "milestone": draft.milestone.milestone, "ask": draft.ask, **facts},
    )


@contextmanager
def held(draft: NotebookDraft) -> Iterator[NotebookDraft]:
    """The draft as it is now, held until the transaction ends. Raises SaemError `notebook.draft_gone`."""
    with transaction.atomic():
        found = (
            NotebookDraft.objects.select_for_update(of=("self",))
            .select_related("milestone__team__classroom", "enrolment__user")
            .filter(pk=draft.pk)
            .first()
        )
        if found is None:
            raise SaemError("notebook.draft_gone", status=409)
        yield found


def changed(draft: NotebookDraft) -> None:
    NotebookDraft.objects.filter(pk=draft.pk, is_changed=False).update(is_changed=True)


def keep_typed(draft: NotebookDraft, typed: Mapping[str, Typed]) -> dict[str, str]:
    """Keep what a page sends; by key, the code of a notice where a text could not be kept as it was typed.

    A cell that was removed in another tab keeps its text too: whoever brings it back finds it.
    """
    notices: dict[str, str] = {}
    with held(draft) as mine:
        for row in mine.cells.filter(key__in=typed):
            given = typed[row.key]
            if row.code == given.code:
                continue
            said = keep(row, given.code, revision=given.revision) if fits(row, given.code) else TOO_LONG
            if not said:
                changed(mine)
            if said or row.removed_at is not None:
                notices[row.key] = said or "notebook.cell_removed"
    return notices


def fits(row: DraftCell, code: str) -> bool:
    """Whether the draft is short enough with another text in one of its cells; a shorter one always fits."""
    others = row.draft.cells.exclude(pk=row.pk).aggregate(letters=Sum(Length("code")))["letters"] or 0
    return len(code) <= len(row.code) or others + len(code) <= MOST_LETTERS


def restore_kept(draft: NotebookDraft, key: str) -> None:
    """The text of a cell that another one replaced, and that one kept instead."""
    with held(draft) as mine:
        row = cell_in(mine, key)
        bring_back(row, row.code)
        changed(mine)


def add_cell(draft: NotebookDraft, kind: CellKind, *, after: str) -> DraftCell:
    """Put an empty cell behind another one, or at the end. Raises SaemError `notebook.full`."""
    with held(draft) as mine:
        rows = _with_room(mine)
        place = next((row.place for row in rows if row.key == after), max((row.place for row in rows), default=0)) + 1
        return insert_cell(mine, Cell(key=get_random_string(KEY_LENGTH).lower(), kind=kind, source=""), place)


def _with_room(mine: NotebookDraft) -> list[DraftCell]:
    rows = cells_of(mine)
    if len(rows) >= MOST_CELLS:
        raise SaemError("notebook.full", status=409, limit=MOST_CELLS)
    return rows


def insert_cell(mine: NotebookDraft, cell: Cell, place: int) -> DraftCell:
    """Put a cell at a place of a draft that is held; what stood there and below moves down."""
    mine.cells.filter(place__gte=place).update(place=F("place") + 1)
    row = row_of(cell, mine, place)
    row.save()
    changed(mine)
    return row


def move_cell(draft: NotebookDraft, key: str, *, up: bool) -> tuple[DraftCell, DraftCell] | None:
    """Change a cell's place with the one above or below; both in their new order. None at the border."""
    with held(draft) as mine:
        rows = cells_of(mine)
        at = next((at for at, row in enumerate(rows) if row.key == key), None)
        if at is None:
            raise SaemError("notebook.cell_gone", status=409)
        other = at - 1 if up else at + 1
        if not 0 <= other < len(rows):
            return None
        first, second = rows[min(at, other)], rows[max(at, other)]
        first.place, second.place = second.place, first.place
        DraftCell.objects.bulk_update([first, second], ["place"])
        changed(mine)
    return second, first


def remove_cell(draft: NotebookDraft, key: str) -> DraftCell:
    """Take a cell out; it can be brought back."""
    with held(draft) as mine:
        row = cell_in(mine, key)
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        changed(mine)
    return row


def return_cell(draft: NotebookDraft, key: str) -> DraftCell:
    """A removed cell again, where it stood. Raises SaemError `notebook.full`."""
    with held(draft) as mine:
        _with_room(mine)
        row = cell_in(mine, key)
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        changed(mine)
    return row


def turn_cell(draft: NotebookDraft, key: str) -> DraftCell:
    """Code becomes text and text code; what it said as code goes."""
    with held(draft) as mine:
        row = cell_in(mine, key)
        row.kind = CellKind.MARKDOWN if row.is_code else CellKind.CODE
        forget_run(row)
        row.save(update_fields=["kind", *RAN])
        changed(mine)
    return row


def take_cell(mine: NotebookDraft, row: DraftCell, cell: Cell) -> None:
    """What a colleague's cell says, in place of one's own, which is kept; the draft is held."""
    row.kept_code, row.kind, row.removed_at = row.code, cell.kind, None
    forget_run(row)
    row.save(update_fields=["kind", "removed_at", *RAN])
    put(row, cell.source)
    changed(mine)


def forget_run(row: DraftCell) -> None:
    """As if it had never run."""
    row.ran_code, row.status, row.output, row.ran_at = "", RunStatus.NONE, {}, None


def cell_in(mine: NotebookDraft, key: str) -> DraftCell:
    """A cell of a draft, removed ones too. Raises SaemError `notebook.cell_gone`."""
    row: DraftCell | None = mine.cells.filter(key=key).first()
    if row is None:
        raise SaemError("notebook.cell_gone", status=409)
    return row
