"""Rehearses a program's steps: solutions pass, wrong answers fail as stated, and the first code is no solution."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

from saem.lib import content
from saem.lib.content import CodeCell, Problem, Severity
from saem.lib.grading import (
    Assignment,
    CheckStatus,
    Spec,
    SpecProblem,
    Submission,
    SubmissionKind,
    VerdictStatus,
    exercise_files,
    exercise_sources,
    grade,
    grade_exercise,
    kind_in,
    parse_spec,
    prepare,
    rehearse,
    rehearse_exercise,
)
from saem.lib.sandbox import COURSE, FlavourMissing, Job, Limits, Outcome, Sandbox, Source, Status, flavoured

Files = Mapping[str, bytes]
References = Mapping[str, Mapping[str, str]]
RawChecks = Sequence[Mapping[str, Any]]

LIMITS = Limits(wall_s=30.0, cpu_s=30.0)
SHOWN = 200
PREPARE = "prepare"


@dataclass(frozen=True, kw_only=True)
class CheckedLesson:
    """`references` are the expected values by cell, `data` the files beside the code."""

    lesson: str
    data: Files
    references: References = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CheckedProject:
    project: str
    assignment: Assignment | None = None
    problems: tuple[Problem, ...] = ()


def located(program: content.Program, file: str, found: Sequence[SpecProblem]) -> Iterator[Problem]:
    """Problems by path as problems by file and line; those of `prepare` belong to the script beside the file."""
    for each in found:
        place, line = file, program.line_of(file, each.path)
        if each.path == PREPARE:
            place, line = f"{file.rpartition('/')[0]}/prepare.py", _line_in_script(each)
        severity = Severity(each.severity)
        yield Problem(file=place, line=line, code=each.code, params=each.params, severity=severity)


def _line_in_script(found: SpecProblem) -> int:
    line = found.params.get("line")
    return line if isinstance(line, int) and line > 0 else 1


def check_lesson(
    lesson: content.Lesson, program: content.Program, data: Files, sandbox: Sandbox, pool: Executor
) -> CheckedLesson:
    """Run the lesson as a student would who solves everything, then as its wrong answers do; exercises side by side."""
    file = f"lessons/{lesson.id}/lesson.yaml"
    missing = flavour_problems(lesson.flavour, program, file, sandbox)
    sandbox = flavoured(sandbox, lesson.flavour)
    laid = {name: data[source] for name, source in lesson.data.items() if source in data}
    if missing or len(laid) < len(lesson.data):
        # A missing source is a problem already; code that wants it would only repeat it.
        return CheckedLesson(lesson=lesson.id, data=laid, problems=tuple(missing))
    stage = Stage(lesson, laid, sandbox)
    begun = [pool.submit(stage.exercise, place, cell) for place, cell in enumerate(lesson.exercises)]
    problems = [*stage.stopping_cells()]
    references: dict[str, Mapping[str, str]] = {}
    for cell, rehearsal in zip(lesson.exercises, begun, strict=True):
        reference, found, starting = rehearsal.result()
        problems += [*located(program, file, found), *starting]
        references |= {cell: reference} if reference is not None else {}
    return CheckedLesson(lesson=lesson.id, data=laid, references=references, problems=tuple(problems))


def flavour_problems(flavour: str, program: content.Program, file: str, sandbox: Sandbox) -> list[Problem]:
    """Whether this machine's sandbox has what the code wants loaded: tried, not guessed."""
    try:
        if flavour != COURSE:
            sandbox.run(Job((Source("flavour", ""),), flavour=flavour))
    except FlavourMissing:
        line = program.line_of(file, "flavour")
        return [Problem(file=file, line=line, code="catalog.flavour_missing", params={"flavour": flavour})]
    return []


def solved(lesson: content.Lesson, *, language: str = "ko", until: str | None = None) -> list[str]:
    """The code of the cells in order, with solutions in the places of exercises; those above `until`."""
    cells = lesson.pages[language].cells
    end = [cell.id for cell in cells].index(until) if until is not None else len(cells)
    return [lesson.exercises[cell.id].solution if cell.id in lesson.exercises else cell.code for cell in cells[:end]]


@dataclass(frozen=True)
class Stage:
    """A lesson with what its code needs to run."""

    lesson: content.Lesson
    data: Files
    sandbox: Sandbox

    def exercise(self, place: int, cell: str) -> tuple[Mapping[str, str] | None, list[SpecProblem], list[Problem]]:
        """The expected values of one exercise, what is wrong with it, and with the code it begins with."""
        above = solved(self.lesson, until=cell)
        exercise = self.lesson.exercises[cell]
        reference, found = rehearse_exercise(above, exercise, self.data, self.sandbox, path=f"exercises.{place}")
        starting = list(self.first_code_problems(cell, reference)) if reference is not None else []
        return reference, found, starting

    def stopping_cells(self) -> Iterator[Problem]:
        """The first cell of each language that does not run to its end with solutions in place. It may be meant to."""
        for language, page in self.lesson.pages.items():
            texts = solved(self.lesson, language=language)
            outcome = self.run([Source(str(at), text, display=True) for at, text in enumerate(texts)])
            name = outcome.fault.source if outcome.fault else ""
            cell = page.cells[int(name)] if name.isdecimal() else None
            # A solution that stops is told of by its own rehearsal.
            if outcome.status != Status.OK and (cell is None or cell.id not in self.lesson.exercises):
                yield _stop(f"lessons/{self.lesson.id}/{language}.md", cell, outcome)

    def first_code_problems(self, cell: str, reference: Mapping[str, str]) -> Iterator[Problem]:
        """An exercise that its own first code passes asks nothing."""
        checks = self.lesson.exercises[cell].checks
        first = next(each for each in self.lesson.pages["ko"].cells if each.id == cell)
        above = solved(self.lesson, until=cell)
        if passes_at_once(above, first.code, checks, reference, data=self.data, sandbox=self.sandbox):
            file = f"lessons/{self.lesson.id}/ko.md"
            yield Problem(file=file, line=first.line, code="catalog.starter_passes", params={"cell": cell})

    def run(self, sources: Sequence[Source]) -> Outcome:
        return self.sandbox.run(Job(sources=tuple(sources), files=self.data, limits=LIMITS))


def passes_at_once(
    cells: Sequence[str], first: str, checks: RawChecks, reference: Mapping[str, str], *, data: Files, sandbox: Sandbox
) -> bool:
    """Whether the code that learners begin with passes every check already."""
    above = [Source(f"above-{at}", text, display=True) for at, text in enumerate(cells)]
    own = Source("own", first, display=True)
    sources = (*above, own, exercise_sources(checks))
    outcome = sandbox.run(Job(sources=sources, files=data, collect=exercise_files(checks), limits=LIMITS))
    if outcome.status != Status.OK:
        return False
    shown = [display for display in outcome.displays if display.source == own.name]
    results = grade_exercise(checks, outcome.files, reference, sandbox=sandbox, displays=shown)
    return all(result.status == CheckStatus.PASSED for result in results)


def _stop(file: str, cell: CodeCell | None, outcome: Outcome) -> Problem:
    fault = outcome.fault
    line = (fault.line or 1) if fault else 1
    params = {
        "cell": cell.id if cell else "?",
        "line": line,
        "detail": f"{fault.type}: {fault.message}"[:SHOWN] if fault else outcome.status.value,
    }
    place = cell.line + line - 1 if cell else 1
    return Problem(file=file, line=place, code="catalog.cell_stops", params=params, severity=Severity.WARNING)


def check_project(
    program: content.Program, project: content.Project, data: Files, content_version: str, sandbox: Sandbox
) -> CheckedProject:
    """Build what the project is graded with, then hand in the author's own submissions."""
    file = f"projects/{project.id}/project.yaml"
    missing = flavour_problems(project.flavour, program, file, sandbox)
    if missing:
        return CheckedProject(project=project.id, problems=tuple(missing))
    assignment, found = assignment_for(program, project, data, content_version, sandbox)
    problems = [*located(program, file, found)]
    if assignment is not None:
        tried = rehearse(
            assignment,
            solutions=project.solutions,
            wrong=project.wrong,
            files=_submissions(project),
            sandbox=sandbox,
        )
        problems += located(program, file, tried)
        problems += _starter_problems(project, assignment, sandbox)
        problems += _download_problems(program, project, assignment)
    return CheckedProject(project=project.id, assignment=assignment, problems=tuple(problems))


def assignment_for(
    program: content.Program, project: content.Project, data: Files, content_version: str, sandbox: Sandbox
) -> tuple[Assignment | None, list[SpecProblem]]:
    """The assignment, or why there is none. A source that could not be had is a problem already."""
    spec, problems = parse_spec(project.grading)
    if spec is None or len(data) < len(program.sources):
        return None, problems
    prepared = prepare(
        spec=spec,
        prepare_code=project.prepare,
        checks_code=project.checks,
        source_files={f"{name}.csv": table for name, table in data.items()},
        solution_notebook=_solution(project, spec, SubmissionKind.NOTEBOOK),
        solution_code=_solution(project, spec, SubmissionKind.SCRIPT, SubmissionKind.FUNCTIONS),
        content_version=content_version,
        sandbox=sandbox,
        flavour=project.flavour,
    )
    return prepared.assignment, [*problems, *prepared.problems]


def _solution(project: content.Project, spec: Spec, *kinds: SubmissionKind) -> bytes | None:
    """The first of the author's solutions that is of these kinds."""
    for solution in project.solutions:
        if kind_in(spec, solution.file, solution.kind) in kinds:
            return (project.folder / solution.file).read_bytes()
    return None


def _submissions(project: content.Project) -> Files:
    names = {each.file for each in project.solutions} | {each.file for each in project.wrong}
    return {name: (project.folder / name).read_bytes() for name in names}


def _starter_problems(project: content.Project, assignment: Assignment, sandbox: Sandbox) -> Iterator[Problem]:
    """A starter must be a submission that could be handed in, and must leave something to do."""
    if assignment.spec.notebook is None:
        return
    for language, starter in project.starters.items():
        file = f"projects/{project.id}/starter.{language}.ipynb"
        submission = Submission(kind=SubmissionKind.NOTEBOOK, name=file, data=starter)
        verdict = grade(assignment, submission, sandbox=sandbox)
        if verdict.status != VerdictStatus.SCORED:
            reasons = ", ".join(reason.code for reason in verdict.reasons)
            yield Problem(file=file, line=1, code="catalog.starter_rejected", params={"reason": reasons})
        elif verdict.score >= verdict.max_score:
            yield Problem(file=file, line=1, code="catalog.starter_full")


def _download_problems(program: content.Program, project: content.Project, assignment: Assignment) -> Iterator[Problem]:
    file = f"projects/{project.id}/project.yaml"
    for place, download in enumerate(project.downloads):
        if download.file not in assignment.public:
            line = program.line_of(file, f"downloads.{place}")
            yield Problem(file=file, line=line, code="catalog.download_missing", params={"file": download.file})
