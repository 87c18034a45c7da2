"""Runs cells of a draft as cells of lessons run: one at a time for each student, in a process that is kept a while."""

import logging
import time
from dataclasses import dataclass

from django.utils import timezone

from saem.apps.learning import runs
from saem.apps.learning.claims import claimed
from saem.apps.learning.keeping import keep_to_run
from saem.apps.learning.models import RunStatus
from saem.apps.learning.services import BUSY, UNAVAILABLE
from saem.apps.projects.models import DraftCell, NotebookDraft
from saem.apps.projects.workspace.notebooks.drafts import (
    RAN,
    Typed,
    cell_in,
    changed,
    fits,
    forget_run,
    held,
    tell,
)
from saem.apps.projects.workspace.notebooks.files import assignment_for, files_for
from saem.apps.projects.workspace.notebooks.queries import Desk, cells_of, number_of
from saem.apps.projects.workspace.notebooks.reading import TOO_LONG
from saem.errors import SaemError
from saem.lib.sandbox import Job, Sandbox, SandboxError, Source

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a run needs beside the cell: the process it runs in, and how tracebacks are to call cells."""

    session: runs.Session
    language: str


@dataclass(frozen=True, kw_only=True)
class Through:
    """Cells that were run one after the other; `next` is the key of the one to go on with, "" at the end.

    `stopped_at` is the cell that failed, `notice` the code of why nothing could be run.
    """

    ran: tuple[DraftCell, ...] = ()
    done: int = 0
    of: int = 0
    next: str = ""
    stopped_at: DraftCell | None = None
    notice: str = ""


def session_key(draft: NotebookDraft) -> str:
    """Of this very draft: a number may come again where a site was restored while its sandbox went on."""
    return f"notebook:{draft.pk}:{draft.opened_at.timestamp()}"


def run_cell(
    desk: Desk, draft: NotebookDraft, key: str, typed: Typed, *, language: str, sandbox: Sandbox
) -> tuple[DraftCell, str]:
    """Save the code, run it, store what came of it: the cell, and the code of a notice where it could not be run now.

    Raises SaemError `notebook.cell_gone` and `notebook.too_long`.
    """
    with held(draft) as mine:
        row = cell_in(mine, key)
        if not fits(row, typed.code):
            raise SaemError(TOO_LONG, status=422)
        if row.code != typed.code:
            changed(mine)
        keep_to_run(row, typed.code, revision=typed.revision)
    with claimed(draft.enrolment) as is_ours:
        if not is_ours:
            return row, BUSY
        ran = _run(draft, key, _kept(desk, draft, language), sandbox)
    return (ran, "") if ran is not None else (row, UNAVAILABLE)


def run_through(
    desk: Desk, draft: NotebookDraft, *, start: str, stop: str, language: str, seconds: float, sandbox: Sandbox
) -> Through:
    """Run the code cells from `start` (the first) up to, and without, `stop` (the end), for about so many seconds.

    The first cell that fails ends it.
    """
    code = [cell for cell in _before(cells_of(draft), stop) if cell.is_code and cell.code.strip()]
    first = next((at for at, cell in enumerate(code) if cell.key == start), 0)
    began, ran = time.monotonic(), list[DraftCell]()
    with claimed(draft.enrolment) as is_ours:
        if not is_ours:
            return Through(notice=BUSY, done=first, of=len(code))
        kept = _kept(desk, draft, language)
        for cell in code[first:]:
            done = first + len(ran)
            if ran and time.monotonic() - began > seconds:
                return Through(ran=tuple(ran), done=done, of=len(code), next=cell.key)
            row = _run(draft, cell.key, kept, sandbox)
            if row is None:
                return Through(ran=tuple(ran), done=done, of=len(code), notice=UNAVAILABLE)
            ran.append(row)
            if row.status != RunStatus.OK:
                return Through(ran=tuple(ran), done=done + 1, of=len(code), stopped_at=row)
    return Through(ran=tuple(ran), done=len(code), of=len(code))


def restart(draft: NotebookDraft, *, sandbox: Sandbox) -> str:
    """Forget every name and every output; the code of a notice where that cannot be done now."""
    with claimed(draft.enrolment) as is_ours:
        if not is_ours:
            return BUSY
        try:
            sandbox.close_session(session_key(draft))
        except SandboxError:
            log.exception("the sandbox could not end a session")
            return UNAVAILABLE
        with held(draft) as mine:
            for row in mine.cells.exclude(status=RunStatus.NONE):
                forget_run(row)
                row.save(update_fields=RAN)
            tell("notebook.restarted", mine)
    return ""


def _kept(desk: Desk, draft: NotebookDraft, language: str) -> Kept:
    flavour = assignment_for(desk.place.access).flavour
    session = runs.Session(key=session_key(draft), files=files_for(desk.place), flavour=flavour)
    return Kept(session=session, language=language)


def _run(draft: NotebookDraft, key: str, kept: Kept, sandbox: Sandbox) -> DraftCell | None:
    """Run the stored text of a cell, outside any transaction; None where the sandbox cannot."""
    cells = cells_of(draft)
    if all(cell.key != key for cell in cells):
        raise SaemError("notebook.cell_gone", status=409)
    at = number_of(cells, key) - 1
    above = [_source(cells, cell, cell.ran_code, kept) for cell in cells[:at] if cell.status == RunStatus.OK]
    job = Job(sources=(_source(cells, cells[at], cells[at].code, kept),), limits=runs.LIMITS)
    try:
        ran = runs.ran(*runs.run_in(kept.session, job, above=above, sandbox=sandbox))
    except SandboxError:
        log.exception("the sandbox could not run a cell of a notebook")
        return None
    return _store(draft, key, cells[at].code, ran)


def _source(cells: list[DraftCell], cell: DraftCell, code: str, kept: Kept) -> Source:
    return Source(runs.source_name(number_of(cells, cell.key), kept.language), code, display=True)


def _store(draft: NotebookDraft, key: str, code: str, ran: runs.Ran) -> DraftCell:
    with held(draft) as mine:
        row = cell_in(mine, key)
        row.status, row.output, row.ran_code, row.ran_at = ran.status, ran.output, code, timezone.now()
        row.save(update_fields=RAN)
        milliseconds = ran.output["milliseconds"]
        tell("notebook.ran", mine, cell=key, status=ran.status.value, error=ran.error_code, milliseconds=milliseconds)
    return row


def _before(cells: list[DraftCell], stop: str) -> list[DraftCell]:
    keys = [cell.key for cell in cells]
    return cells[: keys.index(stop)] if stop in keys else cells
