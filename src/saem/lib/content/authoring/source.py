"""One notebook of an author, and everything that is made of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from saem.lib.content.authoring import marks
from saem.lib.content.authoring.assertions import Surroundings
from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.leaks import leaks
from saem.lib.content.authoring.names import Names, broken_cell, names_of
from saem.lib.content.authoring.notebook import Cell, found, read_cells, write_cells
from saem.lib.content.authoring.percent import SUFFIX, read_percent
from saem.lib.content.authoring.questions import Check, Question, read_checks, read_question
from saem.lib.content.authoring.regions import Cut, cut_code
from saem.lib.content.authoring.words import WordsCut, cut_words, heading
from saem.lib.content.problems import Problem, Severity, near

CHECKS_HEADER = '"""Checks of the notebook that need more than comparing a value."""\n'
Place = tuple[int, int]


class Part(StrEnum):
    """What a cell is for."""

    WORDS = "words"
    CODE = "code"
    QUESTION = "question"
    CHECK = "check"
    CHECKS_FILE = "checks_file"
    SOLUTION_ONLY = "solution_only"
    HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True)
class Made:
    """What is written into the project. `places` says for "questions.0.checks.1" which cell and line it is from."""

    starters: Mapping[str, bytes]
    solution: bytes
    questions: list[dict[str, Any]]
    checks: str
    places: Mapping[str, Place]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return not any(each.severity is Severity.ERROR for each in self.problems)


@dataclass
class _Reading:
    """`starters` and `solution` grow cell by cell; `secret` are lines of cells that no student may see."""

    file: str
    names: Names
    questions: list[Question] = field(default_factory=list)
    starters: dict[str, list[Cell]] = field(default_factory=lambda: {language: [] for language in marks.LANGUAGES})
    solution: list[Cell] = field(default_factory=list)
    secret: list[tuple[int, int, str]] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    checks_file: str | None = None
    problems: list[Problem] = field(default_factory=list)

    def note(self, code: Code, cell: int, line: int = 1, **params: object) -> None:
        self.problems.append(found(self.file, code, cell=cell, line=line, **params))

    def doubt(self, code: Code, cell: int, line: int = 1, **params: object) -> None:
        problem = found(self.file, code, cell=cell, line=line, **params)
        self.problems.append(replace(problem, severity=Severity.WARNING))


def make(file: str, data: bytes) -> Made:
    """Read the author's notebook; all problems at once. Nothing runs and nothing is written."""
    cells, problems = (read_percent if file.endswith(SUFFIX) else read_cells)(file, data)
    parts = [part_of(cell) for cell in cells]
    given = [cell.source for cell, part in zip(cells, parts, strict=True) if part in _OF_SOLUTION]
    reading = _Reading(file, names_of(given), problems=problems)
    if not problems and Part.QUESTION not in parts:
        reading.note(Code.NO_QUESTION, 0)
    _read_python(reading, cells, parts)
    _read_questions(reading, cells, parts)
    by_cell = {question.cell: question for question in reading.questions}
    for cell, part in zip(cells, parts, strict=True):
        _lay(reading, cell, part, by_cell.get(cell.number))
    _review(reading)
    starters = {language: write_cells(laid) for language, laid in reading.starters.items()}
    reading.problems += leaks(file, reading.secret, starters)
    return Made(
        starters=starters,
        solution=write_cells(reading.solution),
        questions=[question.as_data() for question in reading.questions],
        checks=_checks_file(reading),
        places=dict(_places(reading.questions)),
        problems=tuple(sorted(_once(reading.problems), key=_order)),
    )


_OF_SOLUTION = (Part.CODE, Part.QUESTION, Part.SOLUTION_ONLY)


def part_of(cell: Cell) -> Part:
    if cell.kind != "code":
        return Part.WORDS
    first = marks.first_line(cell.source)
    for mark, part in (
        (marks.CHECK, Part.CHECK),
        (marks.CHECKS_FILE, Part.CHECKS_FILE),
        (marks.HIDDEN, Part.HIDDEN),
        (marks.SOLUTION_ONLY, Part.SOLUTION_ONLY),
        (marks.QUESTION, Part.QUESTION),
    ):
        if mark.match(first):
            return part
    return Part.QUESTION if cell.question is not None else Part.CODE


def _once(problems: list[Problem]) -> list[Problem]:
    return list({each.order: each for each in problems}.values())


def _order(problem: Problem) -> tuple[object, ...]:
    return (problem.params.get("cell", 0), problem.line, problem.code)


def _read_python(reading: _Reading, cells: list[Cell], parts: list[Part]) -> None:
    for cell, part in zip(cells, parts, strict=True):
        if cell.kind != "code" or part is Part.HIDDEN:
            continue
        wrong = broken_cell(cell.source)
        if wrong is not None:
            reading.note(Code.PYTHON, cell.number, wrong.line, detail=wrong.detail)
        # A mark further down would be read by nobody, and a check would be handed to the students.
        for number, line in enumerate(cell.lines, 1):
            inner = marks.QUESTION.match(line) or (part is not Part.CHECK and marks.CHECK.match(line))
            if inner and line.strip() != marks.first_line(cell.source):
                reading.note(Code.NEAR_MARK, cell.number, number, text=line.strip())


def _read_questions(reading: _Reading, cells: list[Cell], parts: list[Part]) -> None:
    """Questions with their checks, and the one cell that is checks.py."""
    for cell, part in zip(cells, parts, strict=True):
        if part is Part.CHECKS_FILE:
            if reading.checks_file is not None:
                reading.note(Code.CHECKS_TWICE, cell.number)
            text = cell.source.lstrip("\n").partition("\n")[2].strip("\n")
            reading.checks_file = f"{text}\n" if text else ""
    own = names_of([reading.checks_file or ""])
    known = Surroundings(
        imports=reading.names.imports, checks=own.bound | set(own.imports), functions=reading.names.functions
    )
    for cell, part in zip(cells, parts, strict=True):
        if part is Part.WORDS:
            _note_heading(reading, cut_words(cell.source))
        elif part is Part.QUESTION:
            question, problems = read_question(reading.file, cell, reading.headings)
            reading.questions.append(question)
            reading.problems += problems
        elif part is Part.CHECK:
            checks, problems = read_checks(reading.file, cell, known)
            reading.problems += problems
            if reading.questions:
                reading.questions[-1].checks += checks
            else:
                reading.note(Code.CHECK_WITHOUT_QUESTION, cell.number)


def _note_heading(reading: _Reading, cut: WordsCut) -> None:
    for language, text in cut.starter.items():
        title = heading(text)
        if title:
            reading.headings[language] = title
    if len(reading.headings) == 1:
        # A heading in one language is no title for a question that both read.
        reading.headings.clear()


def _lay(reading: _Reading, cell: Cell, part: Part, question: Question | None) -> None:
    """Put one cell into the notebooks where it belongs."""
    if part is Part.WORDS:
        cut: Cut = cut_words(cell.source)
    elif part is Part.SOLUTION_ONLY:
        body = cell.source.lstrip("\n").partition("\n")[2]
        cut = Cut(starter={}, solution=body, secret=tuple(enumerate(body.split("\n"), 2)))
    elif part is Part.CODE:
        cut = cut_code(cell.source)
    elif question is not None:
        cut = _cut_question(cell, question)
    else:
        return
    for trouble in cut.troubles:
        reading.note(trouble.code, cell.number, trouble.line, **trouble.params)
    for doubt in cut.doubts if isinstance(cut, WordsCut) else ():
        reading.doubt(doubt.code, cell.number, doubt.line, **doubt.params)
    if question is not None and not cut.has_region:
        reading.doubt(Code.QUESTION_WITHOUT_SOLUTION, cell.number, id=question.id)
    tag = question.tag if question is not None else None
    for language, text in cut.starter.items():
        _check_starter(reading, cell, text, cut)
        reading.starters[language].append(_with_pictures(replace(cell, source=text, question=tag)))
    if cut.solution.strip() or part is not Part.WORDS:
        reading.solution.append(_with_pictures(replace(cell, source=cut.solution, question=tag)))
    reading.secret += [(cell.number, line, text) for line, text in cut.secret]


def _with_pictures(cell: Cell) -> Cell:
    """Only pictures that its own words show: another may be part of the solution."""
    shown = {name: data for name, data in cell.attachments.items() if f"attachment:{name}" in cell.source}
    return replace(cell, attachments=shown)


def _cut_question(cell: Cell, question: Question) -> Cut:
    body = "\n".join(cell.lines[question.first - 1 :])
    cut = cut_code(body, checked=question.names(), first=question.first)
    if question.first == 1:
        return cut
    # Students' notebooks keep the name of the question in the first line, where one looks for it.
    starter = {language: f"# {question.tag}\n{text}" for language, text in cut.starter.items()}
    return replace(cut, starter=starter, solution=f"# {question.tag}\n{cut.solution}")


def _check_starter(reading: _Reading, cell: Cell, text: str, cut: Cut) -> None:
    if cell.kind != "code" or cut.troubles or broken_cell(cell.source):
        return
    wrong = broken_cell(text)
    if wrong is not None:
        shown = text.split("\n")[wrong.line - 1 : wrong.line]
        reading.note(Code.STARTER_PYTHON, cell.number, text="".join(shown).strip(), detail=wrong.detail)


def _review(reading: _Reading) -> None:
    """Ids that are there twice, questions nobody checks, and names that no cell makes."""
    first: dict[str, int] = {}
    seen: dict[str, int] = {}
    functions: dict[str, Check] = {}
    for question in reading.questions:
        if question.id in first:
            reading.note(Code.DUPLICATE_QUESTION, question.cell, id=question.id, first=first[question.id])
        first.setdefault(question.id, question.cell)
        if not question.checks:
            reading.note(Code.QUESTION_WITHOUT_CHECK, question.cell, id=question.id)
        for check in question.checks:
            if check.id in seen:
                reading.note(Code.DUPLICATE_CHECK, check.cell, check.line, id=check.id, first=seen[check.id])
            seen.setdefault(check.id, check.cell)
            # `q1-a` and `q1_a` are two checks, and would be one function.
            function = str(check.kind.get("python")) if check.function else ""
            other = functions.setdefault(function, check) if function else check
            if other.id != check.id:
                reading.note(Code.DUPLICATE_CHECK, check.cell, check.line, id=check.id, first=other.cell)
            _review_names(reading, check)


def _review_names(reading: _Reading, check: Check) -> None:
    if reading.names.is_open:
        return
    made = reading.names.bound | set(reading.names.imports)
    wanted = [check.kind.get(key) for key in ("value", "call", "predict")]
    for name in [*wanted, *check.kind.get("values", [])]:
        if name and name not in made:
            reading.note(Code.UNKNOWN_NAME, check.cell, check.line, name=name, **near(name, sorted(made)))


def _checks_file(reading: _Reading) -> str:
    """The author's own checks.py, then one function for each check that was written as plain assertions."""
    made = [check for question in reading.questions for check in question.checks if check.function]
    own = reading.checks_file
    if not made:
        return own or ""
    there = set(names_of([own or ""]).imports.values())
    imports = sorted({line for check in made for line in check.imports} - there)
    head = own or CHECKS_HEADER
    imported = "\n" + "\n".join(imports) + "\n" if imports else ""
    return head + imported + "".join(f"\n\n{check.function}\n" for check in made)


def _places(questions: list[Question]) -> Iterator[tuple[str, Place]]:
    for at, question in enumerate(questions):
        yield f"questions.{at}", (question.cell, 1)
        for place, check in enumerate(question.checks):
            yield f"questions.{at}.checks.{place}", (check.cell, check.line)
