"""What the author's own solutions have: the values, results and outputs that students' are compared with."""

from collections.abc import Sequence
from dataclasses import replace

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.execution import Execution, execute
from saem.lib.grading.functions import FilePlan, grade_functions
from saem.lib.grading.inventory import checks_of
from saem.lib.grading.model_rows import with_rows
from saem.lib.grading.notebook import read_notebook
from saem.lib.grading.notebooks import Plan, grade_notebook
from saem.lib.grading.problems import SpecProblem
from saem.lib.grading.python_files import read_python
from saem.lib.grading.scripts import grade_script, outputs_of
from saem.lib.grading.verdict import CheckStatus, Reason, Verdict, VerdictStatus
from saem.lib.sandbox import Sandbox


def with_references(
    assignment: Assignment, notebook: bytes | None, code: bytes | None, *, sandbox: Sandbox
) -> tuple[Assignment, list[SpecProblem]]:
    """The assignment with what the solutions gave, and every way in which a solution does not do what it should."""
    spec = assignment.spec
    problems: list[SpecProblem] = []
    if spec.notebook:
        assignment, found = _with_notebook(assignment, notebook, sandbox)
        problems += found
    if spec.functions:
        assignment, found = _with_functions(assignment, code, sandbox)
        problems += found
    if spec.script:
        assignment, found = _with_script(assignment, code, sandbox)
        problems += found
    if spec.model:
        assignment, found = with_rows(assignment)
        problems += found
    return assignment, problems


def _with_notebook(
    assignment: Assignment, notebook: bytes | None, sandbox: Sandbox
) -> tuple[Assignment, list[SpecProblem]]:
    path = "grading.notebook"
    if notebook is None:
        needed = any(check.needs_reference for where, check in checks_of(assignment.spec) if where.startswith(path))
        return assignment, [SpecProblem(path, "grading.no_solution_notebook")] if needed else []
    cells = read_notebook(notebook)
    if isinstance(cells, Reason):
        return assignment, [SpecProblem(path, "grading.solution_not_a_notebook", {"reason": cells.code})]
    plan = Plan(assignment.spec, cells)
    missing = [
        SpecProblem(f"{path}.questions.{place}.cell", "grading.solution_cell_missing", {"question": question.id})
        for place, question in enumerate(plan.questions)
        if not plan.own[place]
    ]
    if missing:
        return assignment, missing
    ready = _with_values(assignment, plan, sandbox)
    return ready, _failures(ready, grade_notebook(ready, notebook, sandbox=sandbox), path)


def _with_functions(
    assignment: Assignment, code: bytes | None, sandbox: Sandbox
) -> tuple[Assignment, list[SpecProblem]]:
    path = "grading.functions"
    text = _solution(code)
    if text is None:
        return assignment, [SpecProblem(path, "grading.no_solution_code")]
    ready = _with_values(assignment, FilePlan(assignment.spec, text), sandbox)
    return ready, _failures(ready, grade_functions(ready, text.encode(), sandbox=sandbox), path)


def _with_values(assignment: Assignment, plan: Plan, sandbox: Sandbox) -> Assignment:
    execution = execute(plan.script(assignment), sandbox=sandbox)
    return replace(assignment, reference={**assignment.reference, **_reference(plan, execution)})


def _with_script(assignment: Assignment, code: bytes | None, sandbox: Sandbox) -> tuple[Assignment, list[SpecProblem]]:
    path = "grading.script"
    text = _solution(code)
    if text is None:
        return assignment, [SpecProblem(path, "grading.no_solution_code")]
    outputs = outputs_of(assignment, text, sandbox=sandbox)
    ready = replace(assignment, reference={**assignment.reference, **outputs})
    return ready, _failures(ready, grade_script(ready, text.encode(), sandbox=sandbox), path)


def _solution(code: bytes | None) -> str | None:
    text = read_python(code) if code is not None else None
    return text if isinstance(text, str) else None


def _failures(assignment: Assignment, verdict: Verdict, path: str) -> list[SpecProblem]:
    """The solution graded like anybody's: every check must pass, and nothing may stop."""
    if verdict.status == VerdictStatus.REJECTED:
        codes = [reason.code for reason in verdict.reasons]
        return [SpecProblem(path, "grading.solution_rejected", {"file": path.rpartition(".")[2], "reasons": codes})]
    if verdict.status == VerdictStatus.FAULT:
        return [SpecProblem(path, f"grading.{reason.code}", reason.params) for reason in verdict.reasons]
    paths = {check.id: where for where, check in checks_of(assignment.spec)}
    script = assignment.spec.script
    paths |= {case.id: f"{path}.cases.{place}" for place, case in enumerate(script.cases if script else ())}
    problems = [
        SpecProblem(paths[check.id], "grading.solution_fails", {"check": check.id, "reason": _why(check.reasons)})
        for check in verdict.checks
        if check.status != CheckStatus.PASSED
    ]
    for place, question in enumerate(verdict.questions):
        if question.fault is not None:
            fault = question.fault
            params = {
                "cell": question.cell or fault.source,
                "line": fault.line,
                "type": fault.type,
                "message": fault.message[:300],
            }
            part = "cases" if path.endswith("script") else "questions"
            problems.append(SpecProblem(f"{path}.{part}.{place}", "grading.solution_raises", params))
    return problems


def _why(reasons: Sequence[Reason]) -> str:
    return reasons[0].code if reasons else ""


def _reference(plan: Plan, execution: Execution) -> dict[str, bytes]:
    wanted = {asked.answers for asked in plan.asked if asked.check.needs_reference or asked.check.python}
    return {name: data for name, data in execution.files.items() if name in wanted}
