"""What a selection's runs do: for each act why it may be refused at once, and how it is computed and then written.

A new act is a word of `RunAct`, a function here and a line in `ACTS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from saem.apps.cohorts.models import RunAct, Selection, SelectionRun, SelectionState
from saem.apps.cohorts.selection import appealing, assigning, deciding, drawing, points, previewing, settling
from saem.apps.cohorts.selection.drawing import locked
from saem.apps.cohorts.selection.loading import rules_of
from saem.errors import SaemError
from saem.lib import selection as lib

# So many problems in applications are kept for the page.
SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Said:
    """What came of a run, as a code of saem.web.messages."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


# Writes what was computed; None where the data changed meanwhile, or where there is a second half to compute.
Write = Callable[[], Said | None]


@dataclass(frozen=True, kw_only=True)
class Act:
    """`refuse` raises SaemError for what needs no computation to be refused: at the press, and again before `compute`,
    which is the slow part. It gets the selection and the stage that the act is of, or "".
    """

    refuse: Callable[[Selection, str], None]
    compute: Callable[[SelectionRun, Selection], Write]


def _said(write: Callable[[], bool], said: Said) -> Write:
    return lambda: said if write() else None


def _titled(selection: Selection, stage: str) -> dict[str, Any]:
    return {"stage": rules_of(selection).stage(stage).title.model_dump()}


def _assign(run: SelectionRun, selection: Selection) -> Write:
    return _assigned(run, selection, assigning.compute(selection, run.stage))


def _give_extra(run: SelectionRun, selection: Selection) -> Write:
    """One reader more for those whose reviewers differ now."""
    differing = points.compute(selection, run.stage).spreads
    if not differing:
        raise SaemError("selection.run.nobody_differs", status=409)
    return _assigned(run, selection, assigning.compute(selection, run.stage, extra=1, only=differing.keys()))


def _assigned(run: SelectionRun, selection: Selection, found: assigning.Assigned) -> Write:
    unmet = found.assignment.unmet
    if unmet:
        facts = {"missing": sum(one.missing for one in unmet), "people": len(unmet)}
        said = Said(code="selection.run.assigned_short", params=facts)
    else:
        said = Said(code="selection.run.assigned", params=_titled(selection, run.stage))
    return _said(assigning.writer(selection, found, by=run.asked_by), said)


def _work_points_out(run: SelectionRun, selection: Selection) -> Write:
    keep = points.keeper(selection, run.stage, points.compute(selection, run.stage))
    return _kept(keep, Said(code="selection.run.points", params=_titled(selection, run.stage)))


def _kept(keep: Callable[[], None], said: Said) -> Write:
    def write() -> Said:
        keep()
        return said

    return write


def _draw(run: SelectionRun, selection: Selection) -> Write:
    found = drawing.compute(selection, run.asked["public_value"])
    if found.problems:
        problems = [problem_facts(one) for one in found.problems[:SHOWN]]
        raise SaemError("selection.run.draw_problems", problems=problems, number=len(found.problems))
    said = Said(code="selection.run.drawn", params={"people": len(found.candidates)})
    return _said(drawing.writer(selection, found, by=run.asked_by), said)


def problem_facts(problem: lib.Problem) -> dict[str, Any]:
    """A problem as it is kept with a run, so that its page has words for it."""
    facts = asdict(problem)
    return {**facts, "code": str(problem.code), "params": dict(problem.params)}


def _settle(run: SelectionRun, selection: Selection) -> Write:
    """In two halves where the last stage is decided: what was settled, and then who would be in by it."""
    if run.settled == selection.revision:
        said = Said(code="selection.run.settled", params=_titled(selection, selection.settled_stage))
        return _kept(previewing.keeper(selection, deciding.preview(selection)), said)
    found = settling.compute_decided(selection)
    write, last = settling.writer(selection, found, by=run.asked_by), found.decided[-1].stage
    if last == rules_of(selection).stages[-1].id:
        return _first_half(run, write, found.revision + 1)
    return _said(write, Said(code="selection.run.settled", params=_titled(selection, last)))


def _first_half(run: SelectionRun, write: Callable[[], bool], revision: int) -> Write:
    """Write what was settled, under the revision that it gets; the rest is computed from that."""

    def go_on() -> None:
        if write():
            SelectionRun.objects.filter(pk=run.pk).update(settled=revision)

    return go_on


def _preview(_run: SelectionRun, selection: Selection) -> Write:
    keep = previewing.keeper(selection, deciding.preview(selection))
    return _kept(keep, Said(code="selection.run.previewed"))


def _publish(run: SelectionRun, selection: Selection) -> Write:
    """Only what whoever pressed could have seen: after a change the preview is to be looked at again."""
    if selection.revision != run.seen:
        raise SaemError("selection.run.changed", status=409)
    write = deciding.publisher(selection, by=run.asked_by)
    return _said(write, Said(code="selection.run.published"))


def _conclude(run: SelectionRun, selection: Selection) -> Write:
    """In two halves, for the second reads what the first one wrote: ranks anew, then those who appealed."""
    if run.settled != selection.revision:
        return _rank_again(run, selection)
    if not settling.is_complete(selection):
        return partial(_concluded, selection, None)
    return partial(_concluded, selection, deciding.preview(selection))


def _rank_again(run: SelectionRun, selection: Selection) -> Write:
    found = settling.compute(selection)
    if not found.decided:
        return partial(_concluded, selection, None)
    return _first_half(run, settling.writer(selection, found, by=run.asked_by), found.revision + 1)


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


def _refuse_unknown_stage(selection: Selection, stage: str) -> None:
    """Before the draw rules may be declared anew, with other stages."""
    if stage not in {one.id for one in rules_of(selection).stages}:
        raise SaemError("selection.run.changed", status=409)


def _refuse_draw(selection: Selection, _stage: str) -> None:
    drawing.refuse(selection)


def _refuse_undrawn(selection: Selection, _stage: str) -> None:
    if not selection.is_drawn:
        raise SaemError("selection.not_drawn", status=409)
    if selection.state == SelectionState.PUBLISHED:
        raise SaemError("selection.run.changed", status=409)


def _refuse_unsettled(selection: Selection, stage: str) -> None:
    _refuse_undrawn(selection, stage)
    if not settling.is_complete(selection):
        raise SaemError("selection.not_settled", status=409)


def _refuse_unpublished(selection: Selection, _stage: str) -> None:
    if selection.state != SelectionState.PUBLISHED:
        raise SaemError("selection.run.changed", status=409)


# These change nothing of a selection: whoever asks for an act that does need not wait for them.
LOOKS = frozenset({RunAct.POINTS, RunAct.PREVIEW})
ACTS: Mapping[RunAct, Act] = {
    RunAct.ASSIGN: Act(refuse=assigning.refuse, compute=_assign),
    RunAct.EXTRA: Act(refuse=assigning.refuse, compute=_give_extra),
    RunAct.POINTS: Act(refuse=_refuse_unknown_stage, compute=_work_points_out),
    RunAct.DRAW: Act(refuse=_refuse_draw, compute=_draw),
    RunAct.SETTLE: Act(refuse=_refuse_undrawn, compute=_settle),
    RunAct.PREVIEW: Act(refuse=_refuse_unsettled, compute=_preview),
    RunAct.PUBLISH: Act(refuse=_refuse_unsettled, compute=_publish),
    RunAct.CONCLUDE: Act(refuse=_refuse_unpublished, compute=_conclude),
}
