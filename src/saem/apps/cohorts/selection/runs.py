"""Long acts on a selection: a press writes that something was asked for, a job computes it and writes what came of it.

The computation runs outside any transaction. What it made is written in the transaction that ends the job's claim, and
only while the data are those that were read; else it is computed again. Nobody waits in a request, and a job that is
done twice, or dies, writes once.
"""

from collections.abc import Callable, Mapping
from functools import partial

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.models import RunAct, RunState, Selection, SelectionRun
from saem.apps.cohorts.selection.acts import ACTS, LOOKS, Said, Write
from saem.apps.cohorts.selection.drawing import locked, refuse_purged
from saem.apps.cohorts.selection.noting import note
from saem.apps.cohorts.selection.settling import fresh
from saem.apps.jobs.services import LOOKED_AT, enqueue
from saem.apps.people.models import User
from saem.errors import SaemError

RUN_JOB = "selection.run"
# Somebody may hand in scores all the time: then it is computed again, so often at most.
TRIES = 5
WRITTEN_BY_RUNS = ("state", "public_value", "drawn_at", "settled_stage", "settled_at", "revision", "published_at")


def ask(
    selection: Selection, act: RunAct, *, by: User, asked: Mapping[str, str] | None = None, seen: int | None = None
) -> SelectionRun:
    """Write that an act was asked for and give it to a job; the second press finds the first one's run.

    `asked` is what the act is of beside the selection, `seen` the revision that the page showed. Raises SaemError where
    another act is being computed, and where what is asked for cannot be.
    """
    of = dict(asked or {})
    with transaction.atomic():
        row = locked(selection)
        waiting = row.runs.filter(state=RunState.WAITING).first()
        if waiting is not None and (waiting.act, waiting.asked) == (act, of):
            return waiting
        refuse_purged(row)
        ACTS[act].refuse(row, of.get("stage", ""))
        if waiting is not None:
            _overtake(waiting, act)
        base = row.revision if seen is None else seen
        run = SelectionRun.objects.create(selection=row, act=act, asked=of, asked_by=by, seen=base)
        note("asked", row, by=by, act=act, **of)
        _enqueue(run)
    return run


def _overtake(waiting: SelectionRun, act: RunAct) -> None:
    """What only looks makes way for what changes something; everything else is waited for."""
    if waiting.act not in LOOKS or act in LOOKS:
        raise SaemError("selection.run.other", status=409)
    _finish(waiting.pk, RunState.REFUSED, Said(code="selection.run.overtaken"))


def ask_conclusion(selection: Selection, by: User) -> SelectionRun:
    """What an appeal that was right asks for."""
    return ask(selection, RunAct.CONCLUDE, by=by)


def newest(selection: Selection) -> SelectionRun | None:
    """The run that was asked for last. What it wrote, if it is done, stands in `selection` afterwards.

    A job may have ended between the two reads of a page, which would show its end beside the state before it for ever.
    """
    run = selection.runs.select_related("asked_by").order_by("-pk").first()
    if run is not None and run.state != RunState.WAITING:
        selection.refresh_from_db(fields=WRITTEN_BY_RUNS)
    return run


def is_undone(selection: Selection, act: RunAct) -> bool:
    """Whether an act was asked for and came to nothing, the last time that it was."""
    last = selection.runs.filter(act=act).exclude(state=RunState.WAITING).order_by("-pk").first()
    return last is not None and last.state != RunState.DONE


def _enqueue(run: SelectionRun) -> None:
    enqueue(RUN_JOB, run.pk, owner_key=f"selection:{run.selection_id}", priority=LOOKED_AT)


def compute(pk: int) -> Callable[[], None]:
    """Do the slow part of a run; what is returned writes it, in the transaction that ends the claim."""
    run = SelectionRun.objects.select_related("asked_by").filter(pk=pk, state=RunState.WAITING).first()
    if run is None:
        return lambda: None
    try:
        act, selection = ACTS[RunAct(run.act)], fresh(run.selection_id)
        act.refuse(selection, run.stage)
        write = act.compute(run, selection)
    except SaemError as refused:
        said = Said(code=refused.code, params=refused.params)
        return partial(_finish, pk, RunState.REFUSED, said)
    return partial(_write, pk, write)


def _write(pk: int, write: Write) -> None:
    """Write what was computed, or have it computed again. Call inside a transaction."""
    # The selection first, as whoever asks holds it, too: nobody waits in a ring.
    locked(SelectionRun.objects.select_related("selection").get(pk=pk).selection)
    run = SelectionRun.objects.select_for_update().get(pk=pk)
    if run.state != RunState.WAITING:
        return
    try:
        with transaction.atomic():
            said = write()
    except SaemError as refused:
        # What has become impossible while it was computed; nothing of it is written.
        _finish(pk, RunState.REFUSED, Said(code=refused.code, params=refused.params))
        return
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
