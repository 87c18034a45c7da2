"""Grades a .py file of functions: a notebook of one cell, whose questions each look at what it defined."""

from dataclasses import replace

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.execution import CellStep, Script
from saem.lib.grading.faults import renamed
from saem.lib.grading.notebook import Cell, NotebookCells, cell_name
from saem.lib.grading.notebooks import Plan, grade_plan
from saem.lib.grading.python_files import read_python
from saem.lib.grading.spec import Functions, Notebook, Spec
from saem.lib.grading.verdict import QuestionResult, Reason, Verdict, VerdictStatus
from saem.lib.sandbox import Sandbox

FILE = Cell(1, "")
FILE_NAME = "functions.py"


def grade_functions(assignment: Assignment, data: bytes, *, sandbox: Sandbox) -> Verdict:
    """The verdict without its time; see `grade`."""
    if assignment.spec.functions is None:
        return Verdict(status=VerdictStatus.REJECTED, reasons=(Reason("kind_not_asked", {"kind": "functions"}),))
    code = read_python(data)
    if isinstance(code, Reason):
        return Verdict(status=VerdictStatus.REJECTED, reasons=(code,))
    verdict = grade_plan(assignment, FilePlan(assignment.spec, code), sandbox=sandbox)
    return replace(verdict, questions=tuple(_of_file(one, FILE_NAME) for one in verdict.questions))


class FilePlan(Plan):
    """The file runs first, once; then an empty cell for each question, behind which its values are handed over."""

    def __init__(self, spec: Spec, code: str) -> None:
        part: Functions = spec.functions  # type: ignore[assignment]  # callers made sure of it
        file = replace(FILE, code=code)
        ends = tuple(Cell(place + 2, "", tag=question.tag) for place, question in enumerate(part.questions))
        super().__init__(Spec(notebook=Notebook(questions=part.questions)), NotebookCells((file, *ends)))
        self.file, self.limits = file, part.limits
        # An error of the file is an error of every question.
        self.own = [(file, *cells) for cells in self.own]

    def script(self, assignment: Assignment) -> Script:
        script = super().script(assignment)
        return replace(script, memory_mb=max(script.memory_mb, self.limits.memory_mb or 0))

    def _step(self, cell: Cell) -> CellStep:
        return CellStep(cell=cell, wall_s=self.limits.wall_s) if cell is self.file else super()._step(cell)


def _of_file(result: QuestionResult, name: str) -> QuestionResult:
    """Without numbers of cells: a file has lines only."""
    fault = renamed(result.fault, cell_name(FILE.number), name) if result.fault else None
    return replace(result, cell=None, fault=fault)
