"""Long acts on a selection: a press writes that something was asked for, a job computes it and writes what came of it.

The computation runs outside any transaction. What it made is written in the transaction that ends the job's claim, and
only while the data are those that were read; else it is computed again. Nobody waits in a request, and a job that is
done twice, or dies, writes once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.models import RunAct, RunState, Selection, SelectionRun, SelectionState
from saem.apps.cohorts.selection import appealing, deciding, settling
from saem.apps.cohorts.selection.drawing import locked
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.noting import note
from saem.apps.jobs.services import enqueue
from saem.apps.people.models import User
from saem.errors import SaemError

RUN_JOB = "selection.run"
# Somebody may hand in scores all the time: then it is computed again, so often at most.
TRIES = 5


@dataclass(frozen=True, kw_only=True)
class Said:
    """What came of a run, as a code of saem.web.messages."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


# Writes what was computed; None where the data changed meanwhile.
Write = Callable[[], Said | None]


def ask(selection: Selection, act: RunAct, *, by: User, seen: int | None = None) -> SelectionRun:
    """Write that an act was asked for and give it to a job; the second press finds the first one's run.

    `seen` is the revision that the page showed. Raises SaemError where another act is being computed, and where what is
    asked for cannot be.
    """
    with transaction.atomic():
        row = locked(selection)
        waiting = row.runs.filter(state=RunState.WAITING).first()
        if waiting is not None and waiting.act == act:
            return waiting
        if waiting is not None:
            raise SaemError("selection.run.other", status=409)
        _refuse(row, act)
        base = row.revision if seen is None else seen
        run = SelectionRun.objects.create(selection=row, act=act, asked_by=by, seen=base)
        note("asked", row, by=by, act=act)
        _enqueue(run)
    return run


def ask_conclusion(selection: Selection, by: User) -> SelectionRun:
    """What an appeal that was right asks for."""
    return ask(selection, RunAct.CONCLUDE, by=by)


def newest(selection: Selection) -> SelectionRun | None:
    return selection.runs.select_related("asked_by").order_by("-pk").first()


def _refuse(selection: Selection, act: RunAct) -> None:
    """What needs no computation to be refused."""
    if not selection.is_drawn:
        raise SaemError("selection.not_drawn", status=409)
    if act == RunAct.PUBLISH and not settling.is_complete(selection):
        raise SaemError("selection.not_settled", status=409)
    if (act == RunAct.CONCLUDE) != (selection.state == SelectionState.PUBLISHED):
        raise SaemError("selection.run.changed", status=409)


def _enqueue(run: SelectionRun) -> None:
    enqueue(RUN_JOB, run.pk, owner_key=f"selection:{run.selection_id}")


def compute(pk: int) -> Callable[[], None]:
    """Do the slow part of a run; what is returned writes it, in the transaction that ends the claim."""
    run = SelectionRun.objects.select_related("asked_by").filter(pk=pk, state=RunState.WAITING).first()
    if run is None:
        return lambda: None
    try:
        write = STEPS[RunAct(run.act)](run)
    except SaemError as refused:
        said = Said(code=refused.code, params=refused.params)
        return partial(_finish, pk, RunState.REFUSED, said)
    return partial(_write, pk, write)


def _settle(run: SelectionRun) -> Write:
    selection = settling.fresh(run.selection_id)
    if selection.state == SelectionState.PUBLISHED:
        raise SaemError("selection.run.changed", status=409)
    found = settling.compute_decided(selection)
    write = settling.writer(selection, found, by=run.asked_by)
    title = rules_of(selection).stage(found.decided[-1].stage).title.model_dump()
    return lambda: Said(code="selection.run.settled", params={"stage": title}) if write() else None


def _publish(run: SelectionRun) -> Write:
    """Only what whoever pressed could have seen: after a change the preview is to be looked at again."""
    selection = settling.fresh(run.selection_id)
    if selection.revision != run.seen:
        raise SaemError("selection.run.changed", status=409)
    write = deciding.publisher(selection, by=run.asked_by)
    return lambda: Said(code="selection.run.published") if write() else None


def _conclude(run: SelectionRun) -> Write:
    """In two halves, for the second reads what the first one wrote: ranks anew, then those who appealed."""
    selection = settling.fresh(run.selection_id)
    if run.settled != selection.revision:
        return _rank_again(run, selection)
    if not settling.is_complete(selection):
        return partial(_concluded, selection, None)
    return partial(_concluded, selection, deciding.preview(selection))


def _rank_again(run: SelectionRun, selection: Selection) -> Write:
    found = settling.compute(selection)
    if not found.decided:
        return partial(_concluded, selection, None)
    write = settling.writer(selection, found, by=run.asked_by)

    def go_on() -> None:
        if write():
            SelectionRun.objects.filter(pk=run.pk).update(settled=found.revision + 1)

    return go_on


def _concluded(selection: Selection, found: deciding.Preview | None) -> Said | None:
    """With `found`, decide for whoever appealed; without it a stage still waits for reviews."""
    row = locked(selection)
    if row.revision != selection.revision:
        return None
    made = appealing.decide_upheld(row, found) if found is not None else {}
    appealing.tell_answers(row)
    if found is None:
        return Said(code="selection.run.more_reviews")
    return Said(code="selection.run.concluded", params={"people": len(made)})


STEPS: Mapping[RunAct, Callable[[SelectionRun], Write]] = {
    RunAct.SETTLE: _settle,
    RunAct.PUBLISH: _publish,
    RunAct.CONCLUDE: _conclude,
}


def _write(pk: int, write: Write) -> None:
    """Write what was computed, or have it computed again. Call inside a transaction."""
    run = SelectionRun.objects.select_for_update().get(pk=pk)
    if run.state != RunState.WAITING:
        return
    said = write()
    if said is not None:
        _finish(pk, RunState.DONE, said)
    elif run.tries >= TRIES:
        _finish(pk, RunState.REFUSED, Said(code="selection.busy"))
    else:
        SelectionRun.objects.filter(pk=pk).update(tries=run.tries + 1)
        _enqueue(run)


def _finish(pk: int, state: RunState, said: Said) -> None:
    SelectionRun.objects.filter(pk=pk, state=RunState.WAITING).update(
        state=state, code=said.code, params=dict(said.params), finished_at=timezone.now()
    )


def set_aside(pk: int) -> None:
    """The job failed too often: staff read it and may press again; an operator sees why."""
    _finish(pk, RunState.FAILED, Said(code="selection.run.failed"))


def wait_again(pk: int) -> None:
    """An operator sends the job on. Where staff pressed again meanwhile, the database refuses it."""
    SelectionRun.objects.filter(pk=pk, state=RunState.FAILED).update(state=RunState.WAITING, code="", finished_at=None)
