"""Grades code of a model: fitted in the student's cell, asked about unseen rows there, scored in the checker's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.checking import Answer, ask
from saem.lib.grading.execution import CallStep, CellStep, Execution, Script, execute
from saem.lib.grading.faults import fault_from, renamed
from saem.lib.grading.model_files import NAME, read_model
from saem.lib.grading.model_rows import PLACES, ROWS, columns_of
from saem.lib.grading.notebook import Cell
from saem.lib.grading.predictions import (
    HIDDEN_TABLE,
    SOLUTION,
    authors_faults,
    reasons_of,
    scored_verdict,
    table_task,
)
from saem.lib.grading.spec import DEFAULT_WALL_S, ModelCode
from saem.lib.grading.verdict import (
    CheckResult,
    CheckStatus,
    QuestionResult,
    QuestionStatus,
    Reason,
    Verdict,
    VerdictStatus,
)
from saem.lib.sandbox import JobRefused, Sandbox

ASK = "saem_predict"
ANSWERS = "call-0"
# The steps as results name them; the site has words for each.
LOAD, FIT, PREDICT = "load", "fit", "predict"
STOPPED = {LOAD: "model_load_stopped", FIT: "model_fit_stopped", PREDICT: "model_predict_stopped"}
STOPPED_ASKING = (QuestionStatus.TIMEOUT, QuestionStatus.MEMORY, QuestionStatus.CRASHED, QuestionStatus.NOT_REACHED)
# Whoever writes `train` for `fit` means it; who has neither is told that `fit` is missing.
FITTING = """
def saem_model(space):
    def {ask}(rows):
        return space["predict"](model, rows)
    predict
    if "load" in space and "fit" not in space and "train" not in space:
        model = space["load"]()
    else:
        import pandas
        table = pandas.read_csv({train!r})
        model = (space.get("train") if "fit" not in space and "train" in space else fit)(
            table[{columns!r}], table[{target!r}]
        )
    return {ask}
{ask} = saem_model(globals())
"""


def grade_model(assignment: Assignment, data: bytes, *, sandbox: Sandbox) -> Verdict:
    """The verdict without its time; see `grade`."""
    spec = assignment.spec.model
    if spec is None:
        return Verdict(status=VerdictStatus.REJECTED, reasons=(Reason("kind_not_asked", {"kind": "model"}),))
    files = read_model(spec, data, sandbox=sandbox)
    if isinstance(files, Reason):
        return Verdict(status=VerdictStatus.REJECTED, reasons=(files,))
    script = _script(assignment, spec, files)
    try:
        execution = execute(script, sandbox=sandbox)
        again = execute(script, sandbox=sandbox) if spec.twice and ANSWERS in execution.files else None
    except JobRefused:
        if len(files) == 1:
            raise
        # Names too long or too deep, or in the way of each other's or the data's: only a zip can bring those.
        return Verdict(status=VerdictStatus.REJECTED, reasons=(Reason("zip_unusable"),))
    answer = _ask(assignment, spec, execution, again, sandbox)
    faults = authors_faults(answer)
    if faults or answer.body is None:
        reasons = faults or (Reason("checker_stopped"),)
        return Verdict(status=VerdictStatus.FAULT, reasons=reasons, isolation=answer.outcome.isolation)
    return _verdict(assignment, spec, Trial(execution, answer.body), answer)


def _script(assignment: Assignment, spec: ModelCode, files: Mapping[str, bytes]) -> Script:
    fitting = FITTING.format(ask=ASK, train=spec.train, target=spec.target, columns=columns_of(assignment, spec))
    beside = {name: data for name, data in files.items() if name != NAME}
    return Script(
        cells=(
            CellStep(cell=Cell(1, files[NAME].decode()), wall_s=DEFAULT_WALL_S),
            CellStep(cell=Cell(2, fitting), wall_s=spec.limits.wall_s),
        ),
        calls=(CallStep(place=0, name=ASK, wall_s=spec.predict_s, input=ROWS),),
        files={**beside, **assignment.public},
        inputs={ROWS: assignment.reference[ROWS]},
        memory_mb=spec.limits.memory_mb or 512,
    )


def _ask(
    assignment: Assignment, spec: ModelCode, execution: Execution, again: Execution | None, sandbox: Sandbox
) -> Answer:
    task = {**table_task(assignment, spec), "kind": "model"}
    files = {HIDDEN_TABLE: assignment.hidden[SOLUTION], "places.json": assignment.reference[PLACES]}
    for folder, run in (("student", execution), ("again", again)):
        if run is not None and ANSWERS in run.files:
            files[f"{folder}/{ANSWERS}"] = run.files[ANSWERS]
    if "report" in execution.files:
        files["saem-report"] = execution.files["report"]
    return ask(task, files, sandbox=sandbox)


@dataclass(frozen=True)
class Trial:
    """What became of the three steps."""

    execution: Execution
    body: Mapping[str, Any]

    def step(self, name: str, key: str, cell: int | None = None) -> QuestionResult:
        """How one step went; `key` is what the execution calls it."""
        line = next((one for one in self.body["cells"] if one["cell"] == cell), None)
        result = QuestionResult(
            id=name,
            title={"ko": name, "en": name},
            status=QuestionStatus.DONE,
            wall_ms=line["wall_ms"] if line else 0.0,
        )
        stopped = self.execution.stopped.get(key)
        if stopped:
            # Where hidden rows are at hand, a line is all that is told.
            return replace(result, status=stopped.status, fault=renamed(stopped.fault, "<cell 1>", NAME))
        if key in self.execution.unreached:
            return replace(result, status=QuestionStatus.NOT_REACHED)
        if line and line["fault"]:
            fault = renamed(fault_from(line["fault"]), "<cell 1>", NAME)
            special = {"TimeoutError": QuestionStatus.TIMEOUT, "MemoryError": QuestionStatus.MEMORY}
            return replace(result, status=special.get(fault.type, QuestionStatus.ERROR), fault=fault)
        return result

    def steps(self) -> tuple[QuestionResult, ...]:
        """The three, until one of them went wrong; what follows it was not reached."""
        steps = [self.step(LOAD, "cell 1", 1), self.step(FIT, "cell 2", 2), self.step(PREDICT, "call 0")]
        bad = next((place for place, one in enumerate(steps) if one.status != QuestionStatus.DONE), len(steps))
        if bad == len(steps) and "reasons" in self.body:
            steps[-1] = replace(steps[-1], status=QuestionStatus.ERROR)
        return tuple(
            replace(one, status=QuestionStatus.NOT_REACHED, fault=None) if place > bad else one
            for place, one in enumerate(steps)
        )


def _verdict(assignment: Assignment, spec: ModelCode, trial: Trial, answer: Answer) -> Verdict:
    body, steps = trial.body, trial.steps()
    notes = reasons_of(body.get("notes", []))
    if "metrics" in body:
        verdict = replace(scored_verdict(assignment, spec, body), notes=notes)
    else:
        verdict = _without_score(spec, steps, reasons_of(body["reasons"]))
    return replace(
        verdict,
        questions=steps,
        isolation=max(trial.execution.isolation, answer.outcome.isolation),
        own_ms=min(sum(line["wall_ms"] for line in body["cells"]), trial.execution.wall_ms),
    )


def _without_score(spec: ModelCode, steps: tuple[QuestionResult, ...], reasons: tuple[Reason, ...]) -> Verdict:
    """No predictions, no score: nothing of it enters a board, and each check says why."""
    bad = next((one for one in steps if one.status != QuestionStatus.DONE), None)
    if bad is not None and (bad.id != PREDICT or bad.status in STOPPED_ASKING):
        reasons = (Reason(STOPPED[bad.id]),)
    checks = tuple(
        CheckResult(
            id=check.id,
            title=check.title.as_dict(),
            points=check.points,
            earned=0.0,
            status=CheckStatus.ERROR,
            hint=check.hint.as_dict() if check.hint else None,
            reasons=reasons,
        )
        for check in spec.checks
    )
    max_score = sum(check.points for check in checks)
    return Verdict(status=VerdictStatus.SCORED, max_score=max_score, checks=checks, notes=() if checks else reasons)
