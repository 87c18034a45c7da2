"""Grades a notebook: the student's cell returns values, the checker's cell compares, this module adds up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.checkers import REPORT
from saem.lib.grading.checking import Answer, ask_about_answers
from saem.lib.grading.execution import CallStep, CellStep, Execution, Script, execute
from saem.lib.grading.faults import fault_from
from saem.lib.grading.notebook import Cell, NotebookCells, read_notebook
from saem.lib.grading.predictions import reasons_of
from saem.lib.grading.spec import DEFAULT_WALL_S, Check, Notebook, Question, Spec
from saem.lib.grading.verdict import (
    CheckResult,
    CheckStatus,
    Figure,
    QuestionResult,
    QuestionStatus,
    Reason,
    Verdict,
    VerdictStatus,
)
from saem.lib.sandbox import Sandbox

REFERENCE = "reference"
STUDENT = "student"


def grade_notebook(assignment: Assignment, data: bytes, *, sandbox: Sandbox) -> Verdict:
    """The verdict without its time; see `grade`."""
    notebook = assignment.spec.notebook
    if notebook is None:
        return _rejected(Reason("kind_not_asked", {"kind": "notebook"}))
    cells = read_notebook(data)
    if isinstance(cells, Reason):
        return _rejected(cells)
    return grade_plan(assignment, Plan(assignment.spec, cells), sandbox=sandbox)


def grade_plan(assignment: Assignment, plan: "Plan", *, sandbox: Sandbox) -> Verdict:
    """Run the plan's cells and calls, let the checker's cell look at what came out, and add up."""
    execution = execute(plan.script(assignment), sandbox=sandbox)
    answer = _ask(assignment, plan, execution, sandbox)
    isolation = max(execution.isolation, answer.outcome.isolation)
    if answer.body is None:
        return _fault(Reason(f"checker_{answer.outcome.status}", {"check": answer.check}), isolation=isolation)
    if answer.body["broken"]:
        return _fault(*reasons_of(answer.body["broken"]), isolation=isolation)
    return _verdict(plan, execution, answer, isolation)


def _rejected(reason: Reason) -> Verdict:
    return Verdict(status=VerdictStatus.REJECTED, reasons=(reason,))


def _fault(*reasons: Reason, isolation: str) -> Verdict:
    return Verdict(status=VerdictStatus.FAULT, reasons=reasons, isolation=isolation)


@dataclass(frozen=True)
class Asked:
    """One check with where it stands: question `place`, and call number where a function is called."""

    check: Check
    question: Question
    place: int
    call: int | None

    @property
    def answers(self) -> str:
        """The file in which the harness leaves what this check looks at."""
        return f"call-{self.call}" if self.call is not None else f"values-{self.place}"


class Plan:
    """The questions of a spec laid over the cells of a notebook."""

    def __init__(self, spec: Spec, cells: NotebookCells) -> None:
        notebook: Notebook = spec.notebook  # type: ignore[assignment]  # callers made sure of it
        self.cells = cells
        self.questions = notebook.questions
        self.own = [cells.of_question(question.tag) for question in notebook.questions]
        self.asked = list(_asked(notebook.questions))

    def script(self, assignment: Assignment) -> Script:
        inputs = {name: file_of(assignment, name) for name in assignment.spec.hidden_inputs()}
        memory = [question.limits.memory_mb for question in self.questions if question.limits.memory_mb]
        return Script(
            cells=tuple(self._step(cell) for cell in self.cells.cells),
            calls=tuple(_call(asked) for asked in self.asked if asked.call is not None and self.own[asked.place]),
            files=assignment.public,
            inputs=inputs,
            memory_mb=max([512, *memory]),
        )

    def _step(self, cell: Cell) -> CellStep:
        for place, question in enumerate(self.questions):
            if cell in self.own[place]:
                return CellStep(
                    cell=cell,
                    wall_s=question.limits.wall_s,
                    question=place,
                    names=tuple(dict.fromkeys(name for check in question.checks for name in check.names())),
                    last=cell == self.own[place][-1],
                )
        return CellStep(cell=cell, wall_s=DEFAULT_WALL_S)


def _asked(questions: Sequence[Question]) -> list[Asked]:
    asked: list[Asked] = []
    calls = 0
    for place, question in enumerate(questions):
        for check in question.checks:
            asked.append(Asked(check, question, place, calls if check.has_hidden_input else None))
            calls += check.has_hidden_input
    return asked


def _call(asked: Asked) -> CallStep:
    check = asked.check
    return CallStep(
        place=asked.call or 0,
        name=check.call or check.predict or "",
        wall_s=asked.question.limits.wall_s,
        cases=check.cases or (),
        input=check.input,
    )


def file_of(assignment: Assignment, name: str) -> bytes:
    """A file that a check names: hidden ones first."""
    return assignment.hidden[name] if name in assignment.hidden else assignment.public[name]


def _ask(assignment: Assignment, plan: Plan, execution: Execution, sandbox: Sandbox) -> Answer:
    answers = {f"{STUDENT}/{name}": data for name, data in execution.files.items() if name != "report"}
    figures = {name: name.split("-")[1] for name in execution.files if name.endswith(".png")}
    if "report" in execution.files:
        answers[REPORT] = execution.files["report"]
    against = {asked.check.against for asked in plan.asked if asked.check.against}
    answers |= {f"against/{name}": file_of(assignment, name) for name in against}
    answers |= {f"{REFERENCE}/{name}": data for name, data in assignment.reference.items()}
    files: dict[str, bytes] = {}
    if any(asked.check.python for asked in plan.asked):
        files = {f"hidden/{name}": data for name, data in assignment.hidden.items()}
        files |= {f"public/{name}": data for name, data in assignment.public.items()}
    task = {
        "checks": [check_task(asked.check, asked.answers, asked.place) for asked in plan.asked],
        "checks_code": assignment.checks_code,
        "figure_files": {f"{STUDENT}/{name}": question for name, question in figures.items()},
        "figures": {},
        "cells": len(plan.cells.cells),
        "lines": max(cell.code.count("\n") + 1 for cell in plan.cells.cells),
    }
    collect = tuple(f"{STUDENT}/{name}.clean" for name in figures)
    return ask_about_answers(task, answers, sandbox=sandbox, files=files, collect=collect)


def check_task(check: Check, answers: str, place: int) -> dict[str, Any]:
    """A check as the checker's cell wants it."""
    raw = check.model_dump(mode="json", exclude={"title", "hint", "points", "input", "cases"})
    return {
        **raw,
        "key": check.id,
        "question": str(place),
        "answers": f"{STUDENT}/{answers}",
        "reference": f"{REFERENCE}/{answers}" if check.needs_reference or check.python else "",
        "cases": len(check.cases or ()),
        "against": f"against/{check.against}" if check.against else "",
    }


def check_result(check: Check, raw: Mapping[str, Any], question: str | None) -> CheckResult:
    """The checker's answer about one check with its points and its words."""
    status = CheckStatus(raw["status"])
    return CheckResult(
        id=check.id,
        title=check.title.as_dict(),
        points=check.points,
        earned=check.points * raw["fraction"],
        status=status,
        hint=check.hint.as_dict() if check.hint and status != CheckStatus.PASSED else None,
        question=question,
        reasons=reasons_of(raw["reasons"]),
    )


def _verdict(plan: Plan, execution: Execution, answer: Answer, isolation: str) -> Verdict:
    assert answer.body is not None
    reported = {line["cell"]: line for line in answer.body["cells"]}
    questions = tuple(_question(plan, place, execution, reported) for place in range(len(plan.questions)))
    checks = tuple(
        _settled(asked, answer.body["results"][asked.check.id], questions[asked.place], execution)
        for asked in plan.asked
    )
    figures = (
        Figure(plan.questions[int(name.split("-")[1])].id, answer.files[f"{name}.clean"])
        for name in answer.body["figures"]
        if f"{name}.clean" in answer.files
    )
    return Verdict(
        status=VerdictStatus.SCORED,
        score=round(sum(check.earned for check in checks), 9),
        max_score=sum(check.points for check in checks),
        checks=checks,
        figures=tuple(figures),
        questions=questions,
        isolation=isolation,
        own_ms=min(sum(line["wall_ms"] for line in reported.values()) + execution.calls_ms, execution.wall_ms),
    )


def _question(
    plan: Plan, place: int, execution: Execution, reported: Mapping[int, Mapping[str, Any]]
) -> QuestionResult:
    question, cells = plan.questions[place], plan.own[place]
    title = question.title.as_dict()
    if not cells:
        return QuestionResult(id=question.id, title=title, status=QuestionStatus.MISSING)
    wall_ms = sum(reported[cell.number]["wall_ms"] for cell in cells if cell.number in reported)
    result = QuestionResult(
        id=question.id, title=title, status=QuestionStatus.DONE, cell=cells[-1].number, wall_ms=wall_ms
    )
    return _with_trouble(result, cells, execution, reported)


def _with_trouble(
    result: QuestionResult, cells: Sequence[Cell], execution: Execution, reported: Mapping[int, Mapping[str, Any]]
) -> QuestionResult:
    """The same with the first thing that went wrong in its cells."""
    for cell in cells:
        step = f"cell {cell.number}"
        stopped = execution.stopped.get(step)
        line = reported.get(cell.number)
        fault = fault_from(line["fault"]) if line and line["fault"] else None
        if stopped:
            status, fault = stopped.status, stopped.fault
        elif step in execution.unreached:
            status = QuestionStatus.NOT_REACHED
        elif fault:
            special = {"TimeoutError": QuestionStatus.TIMEOUT, "MemoryError": QuestionStatus.MEMORY}
            status = special.get(fault.type, QuestionStatus.ERROR)
        else:
            continue
        return replace(result, status=status, cell=cell.number, fault=fault)
    return result


def _settled(asked: Asked, raw: Mapping[str, Any], question: QuestionResult, execution: Execution) -> CheckResult:
    """A failed check, told apart by what became of its cell: no answer to read is not a wrong answer."""
    result = check_result(asked.check, raw, question.id)
    if result.status != CheckStatus.FAILED or result.earned:
        return result
    status, reason = _instead(asked, result, question, execution)
    return result if reason is None else replace(result, status=status, reasons=(reason,))


def _instead(
    asked: Asked, result: CheckResult, question: QuestionResult, execution: Execution
) -> tuple[CheckStatus, Reason | None]:
    call = f"call {asked.call}"
    if question.status == QuestionStatus.MISSING:
        return CheckStatus.FAILED, Reason("question_cell_missing", {"question": question.id})
    if question.status == QuestionStatus.NOT_REACHED or call in execution.unreached:
        return CheckStatus.NOT_REACHED, Reason("not_reached")
    if call in execution.stopped:
        name = asked.check.call or asked.check.predict or ""
        return CheckStatus.ERROR, Reason(f"case_{execution.stopped[call].status}", {"name": name})
    silent = any(reason.code in ("missing_name", "no_figure") for reason in result.reasons)
    if silent and question.status != QuestionStatus.DONE:
        return CheckStatus.ERROR, Reason("cell_stopped", {"question": question.id})
    return result.status, None
