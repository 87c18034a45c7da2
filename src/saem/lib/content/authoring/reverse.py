"""Makes the one source of a project that was written without one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.composing import compose_check, compose_code, compose_question, compose_words
from saem.lib.content.authoring.notebook import Cell, found, read_cells, write_cells
from saem.lib.content.authoring.project_file import NAME, ProjectFile, open_project, read_text
from saem.lib.content.authoring.source import make
from saem.lib.content.authoring.targets import CHECKS, SOLUTION
from saem.lib.content.problems import Problem, Severity

STARTERS = ("starter.ko.ipynb", "starter.en.ipynb")
MAY_BE_SHOWN = "  # 보여도 됨"


@dataclass(frozen=True)
class Three:
    """One cell as the solution has it and as the Korean and English starters have it; None where they have not."""

    solution: Cell | None
    korean: Cell | None
    english: Cell | None


def source_of(folder: Path, file: str) -> tuple[bytes | None, list[Problem]]:
    """The author's notebook of the project in `folder`; warnings say what making the project of it would change."""
    project, problems = open_project(folder)
    if project is None:
        return None, problems
    checks, problems = read_text(folder, CHECKS) if (folder / CHECKS).is_file() else (None, [])
    notebooks: dict[str, list[Cell]] = {}
    for name in (SOLUTION, *STARTERS):
        cells, more = read_cells(name, (folder / name).read_bytes()) if (folder / name).is_file() else ([], [])
        notebooks[name] = cells
        problems += more or ([] if cells else [found(name, Code.NOT_NOTEBOOK, detail="no cells")])
    if problems:
        return None, problems
    threes, problems = _aligned(*(notebooks[name] for name in (SOLUTION, *STARTERS)))
    if problems:
        return None, problems
    cells = list(_cells(threes, [each for each in project.questions if isinstance(each, dict)]))
    if checks is not None:
        cells.append(Cell(number=0, kind="code", id="checks-file", source=f"# checks.py\n{checks.rstrip()}"))
    data = write_cells(_with_leaks_allowed(file, cells))
    return data, list(_differences(folder, file, data, project))


def _aligned(solution: list[Cell], korean: list[Cell], english: list[Cell]) -> tuple[list[Three], list[Problem]]:
    """Cells that belong together: by id, or by place where the ids do not say."""
    if [cell.kind for cell in korean] != [cell.kind for cell in english]:
        return [], [found(STARTERS[1], Code.CELLS_DIFFER, ko=len(korean), en=len(english), other=STARTERS[0])]
    starters = list(zip(korean, english, strict=True))
    if len(solution) == len(korean):
        return [Three(each, *pair) for each, pair in zip(solution, starters, strict=True)], []
    ids = {cell.id: pair for pair in starters if (cell := pair[0]).id}
    kept = [cell.id for cell in solution if cell.id in ids]
    if kept != [cell.id for cell in korean]:
        return [], [found(SOLUTION, Code.CELLS_DIFFER, ko=len(korean), en=len(solution), other=STARTERS[0])]
    return [Three(cell, *ids.get(cell.id, (None, None))) for cell in solution], []


def _cells(threes: list[Three], questions: list[dict[str, Any]]) -> Iterator[Cell]:
    tags = {str(question.get("cell", question.get("id"))): question for question in questions}
    for three in threes:
        solution, korean, english = three.solution, three.korean, three.english
        if solution is None or korean is None or english is None:
            if solution is not None:
                text = (
                    f"# 풀이만\n{solution.source}" if solution.kind == "code" else f"<!-- 풀이 -->\n{solution.source}"
                )
                yield replace(solution, source=text)
            continue
        if korean.kind != "code":
            yield replace(korean, source=compose_words(korean.source, english.source, solution.source))
            continue
        tag = next((tag for tag in tags if _answers(korean, tag)), None)
        question = tags.get(tag or "")
        if question is None:
            yield replace(korean, source=compose_code(solution.source, korean.source, english.source))
            continue
        yield _question_cell(three, question, tag or "")
        for check in question.get("checks") or []:
            yield Cell(number=0, kind="code", id=f"check-{check.get('id', '')}", source=compose_check(check))


def _answers(cell: Cell, tag: str) -> bool:
    return cell.question == tag or (cell.question is None and cell.lines[0].strip() == f"# {tag}")


def _question_cell(three: Three, question: dict[str, Any], tag: str) -> Cell:
    texts = [cell.source.removeprefix(f"# {tag}\n") for cell in (three.solution, three.korean, three.english) if cell]
    checks = question.get("checks") or []
    names = {name for check in checks for name in [check.get("value"), *(check.get("values") or [])] if name}
    body = compose_code(*texts, checked=names)
    cell = three.korean or Cell(number=0, kind="code", source="")
    return replace(cell, source=compose_question(question, body), question=None)


def _with_leaks_allowed(file: str, cells: list[Cell]) -> list[Cell]:
    """What the existing starter shows was shown on purpose: the line says so from now on."""
    numbered = [replace(cell, number=number) for number, cell in enumerate(cells, 1)]
    shown: Mapping[int, set[int]] = {cell.number: set() for cell in numbered}
    for problem in make(file, write_cells(numbered)).problems:
        if problem.code == Code.LEAK:
            shown[int(str(problem.params["cell"]))].add(problem.line)
    return [
        replace(cell, source="\n".join(
            line + MAY_BE_SHOWN if at in shown[cell.number] else line for at, line in enumerate(cell.lines, 1)
        ))
        for cell in numbered
    ]  # fmt: skip


def _differences(folder: Path, file: str, data: bytes, project: ProjectFile) -> Iterator[Problem]:
    """What a run on the new source would change; the author should see it before it happens."""
    made = make(file, data)
    yield from made.problems
    expected = {SOLUTION: made.solution, STARTERS[0]: made.starters["ko"], STARTERS[1]: made.starters["en"]}
    if made.checks:
        expected[CHECKS] = made.checks.encode()
    differing = [name for name, written in expected.items() if (folder / name).read_bytes() != written]
    if not project.holds(made.questions):
        differing.append(NAME)
    for name in differing:
        yield replace(found(name, Code.NOT_SAME, name=name), severity=Severity.WARNING)
