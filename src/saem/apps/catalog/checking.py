"""Everything that must be true of a program before it is published: it reads well, and it does what it says."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import translation

from saem.apps.catalog.badges import badge_problems
from saem.apps.catalog.item_rehearsals import check_items, data_of, references_of
from saem.apps.catalog.rehearsals import Files, References, assignment_for, check_lesson, check_project, located
from saem.lib import content
from saem.lib.content import Problem, Severity, SourceError, sources
from saem.lib.grading import Assignment
from saem.lib.sandbox import Sandbox
from saem.web.messages import message

# Rehearsals wait for the sandbox most of the time; it decides itself how much runs at once.
AT_ONCE = 4


@dataclass(frozen=True, kw_only=True)
class CheckReport:
    """What was found, and what publishing stores. `references` and `lesson_data` are by lesson or `items/<item>`."""

    program: content.Program | None
    content_hash: str
    problems: tuple[Problem, ...]
    assignments: Mapping[str, Assignment] = field(default_factory=dict)
    references: Mapping[str, References] = field(default_factory=dict)
    lesson_data: Mapping[str, Files] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.program is not None and not any(is_error(problem) for problem in self.problems)


@dataclass(frozen=True, kw_only=True)
class Built:
    """One project's assignment, or why there is none."""

    assignment: Assignment | None
    problems: tuple[Problem, ...]


def check_program(
    folder: Path, *, sandbox: Sandbox, cache: Path, mirrors: Sequence[Path] = (), download: bool = False
) -> CheckReport:
    """Read the folder, fetch its data, run every solution and every wrong answer; all problems at once.

    Rehearsing begins only when everything reads well: code of a broken program would fail for the wrong reasons.
    Raises SandboxError where there is no sandbox.
    """
    loaded = content.load(folder)
    version = content.content_hash(folder) if folder.is_dir() else ""
    program = loaded.program
    if program is None:
        return CheckReport(program=None, content_hash=version, problems=loaded.problems)
    data, problems = fetch_sources(program, cache, mirrors, download=download)
    # Lessons wait for their exercises, which therefore have threads of their own.
    with ThreadPoolExecutor(AT_ONCE) as pool, ThreadPoolExecutor(AT_ONCE) as exercises:
        projects_begun = [
            pool.submit(check_project, program, project, data, version, sandbox)
            for project in program.projects.values()
        ]
        lessons_begun = [
            pool.submit(check_lesson, lesson, program, data, sandbox, exercises) for lesson in program.lessons.values()
        ]
        items = list(check_items(program, data, sandbox, exercises))
        projects = [begun.result() for begun in projects_begun]
        lessons = [begun.result() for begun in lessons_begun]
    found = [problem for lesson in lessons for problem in lesson.problems]
    found += [problem for project in projects for problem in project.problems]
    found += [problem for item in items for problem in item.problems]
    assignments = {each.project: each.assignment for each in projects if each.assignment is not None}
    found += [*badge_problems(program, assignments), *content.readiness(program)]
    return CheckReport(
        program=program,
        content_hash=version,
        problems=in_order([*loaded.problems, *problems, *found]),
        assignments=assignments,
        references={each.lesson: each.references for each in lessons} | references_of(items),
        lesson_data={each.lesson: each.data for each in lessons} | data_of(items),
    )


def build_assignment(
    project: Path, *, sandbox: Sandbox, cache: Path, mirrors: Sequence[Path] = (), download: bool = False
) -> Built:
    """What one project's submissions are graded with, from the folder of the project inside its program."""
    root = project.resolve().parent.parent
    loaded = content.load(root)
    program = loaded.program
    name = project.resolve().name
    if program is None or name not in program.projects:
        line = program.line_of("program.yaml", "steps") if program else 1
        missing = Problem(file="program.yaml", line=line, code="catalog.no_such_project", params={"name": name})
        return Built(assignment=None, problems=loaded.problems if program is None else (missing,))
    data, problems = fetch_sources(program, cache, mirrors, download=download)
    found = program.projects[name]
    assignment, more = assignment_for(program, found, data, content.content_hash(root), sandbox)
    problems += located(program, f"projects/{found.id}/project.yaml", more)
    return Built(assignment=assignment, problems=in_order(problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file and line, each once."""
    return tuple({each.order: each for each in sorted(problems, key=lambda each: each.order)}.values())


def fetch_sources(
    program: content.Program, cache: Path, mirrors: Sequence[Path], *, download: bool
) -> tuple[Files, list[Problem]]:
    """The data by source name; a source that cannot be had is a problem at its line."""
    data: dict[str, bytes] = {}
    problems = []
    for name, source in program.sources.items():
        try:
            data[name] = sources.fetch(source, cache=cache, allow_download=download, mirrors=mirrors)
        except SourceError as error:
            line = program.line_of("program.yaml", f"data.{name}")
            problems.append(Problem(file="program.yaml", line=line, code=error.code, params=error.params))
    return data, problems


def is_error(problem: Problem) -> bool:
    return problem.severity == Severity.ERROR


def problem_text(problem: Problem, language: str) -> str:
    """What is wrong, in words."""
    with translation.override(language):
        return message(problem.code, **problem.params)


def problem_remedy(problem: Problem, language: str) -> str:
    """What the author can do about it."""
    with translation.override(language):
        return message(problem.remedy, **problem.params)
