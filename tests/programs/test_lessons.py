"""Lessons: the same in both languages, fit for one class hour, and each exercise worth doing."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from saem.lib.content import CodeCell, Lesson, Program, load
from saem.lib.grading import parse_spec
from saem.lib.sandbox import Job, Limits, Sandbox, Source, Status
from tests.programs.conftest import DataOf

PROGRAMS = ("rain-tomorrow", "digits", "seoul-bike", "ai-deep")
FOLDER = Path(__file__).parents[2] / "programs"
LISTED = re.compile(r"^ +- \{lesson: ([a-z-]+)\}", re.MULTILINE)
LESSONS = tuple(
    (program, lesson)
    for program in PROGRAMS
    for lesson in LISTED.findall((FOLDER / program / "program.yaml").read_text(encoding="utf-8"))
)
# Minutes and code cells of a class hour, and of a session of two.
HOUR, SESSION = (range(40, 51), range(5, 12)), (range(100, 101), range(8, 25))
HANGUL = range(0xAC00, 0xD7A4)


def shipped(programs_folder: Path, program: str) -> Program:
    loaded = load(programs_folder / program)
    assert loaded.problems == ()
    assert loaded.program is not None
    return loaded.program


def lesson_of(programs_folder: Path, program: str, lesson: str) -> Lesson:
    return shipped(programs_folder, program).lessons[lesson]


def shape(code: str) -> str:
    """The code without its words: labels and comments are translated, what it does is not."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def has_hangul(text: str) -> bool:
    return any(ord(letter) in HANGUL for letter in text)


@pytest.mark.parametrize("program", PROGRAMS)
def test_program_reads_without_a_problem(programs_folder: Path, program: str) -> None:
    found = shipped(programs_folder, program)
    taught = {skill for lesson in found.lessons.values() for skill in lesson.skills}
    assert taught == {skill.id for skill in found.skills}


@pytest.mark.parametrize("program", PROGRAMS)
def test_grading_is_understood_without_a_problem(programs_folder: Path, program: str) -> None:
    for project in shipped(programs_folder, program).projects.values():
        assert parse_spec(project.grading)[1] == []


def test_every_lesson_is_listed_here(programs_folder: Path) -> None:
    there = {(program, lesson) for program in PROGRAMS for lesson in shipped(programs_folder, program).lessons}
    assert there == set(LESSONS)


@pytest.mark.parametrize(("program", "lesson"), LESSONS)
def test_lesson_fits_its_time(programs_folder: Path, program: str, lesson: str) -> None:
    found = lesson_of(programs_folder, program, lesson)
    minutes, cells = SESSION if program == "ai-deep" else HOUR
    assert found.minutes in minutes
    assert len(found.pages["ko"].cells) in cells
    assert 2 <= len(found.exercises) <= 4


@pytest.mark.parametrize(("program", "lesson"), LESSONS)
def test_code_does_the_same_in_both_languages(programs_folder: Path, program: str, lesson: str) -> None:
    pages = lesson_of(programs_folder, program, lesson).pages
    for korean, english in zip(pages["ko"].cells, pages["en"].cells, strict=True):
        assert shape(korean.code) == shape(english.code), korean.id
        assert not has_hangul(english.code), english.id


@pytest.mark.parametrize(("program", "lesson"), LESSONS)
def test_exercises_have_step_by_step_hints_and_wrong_answers(programs_folder: Path, program: str, lesson: str) -> None:
    found = lesson_of(programs_folder, program, lesson)
    for language, page in found.pages.items():
        hints = {cell.id: cell.hints for cell in page.cells}
        for cell, exercise in found.exercises.items():
            assert 2 <= len(hints[cell]) <= 3, (language, cell)
            assert len(exercise.wrong) >= 2, cell
            assert all(check.get("hint") for check in exercise.checks), cell


@pytest.mark.sandbox
@pytest.mark.parametrize(("program", "lesson"), LESSONS)
def test_pupil_who_solves_nothing_meets_no_error(
    programs_folder: Path, data_of: DataOf, sandbox: Sandbox, program: str, lesson: str
) -> None:
    found = lesson_of(programs_folder, program, lesson)
    data = data_of(program, found)
    for language, page in found.pages.items():
        outcome = sandbox.run(as_job(page.cells, data))
        assert outcome.status == Status.OK, (language, outcome.fault)
        # Korean letters need a font that a bare sandbox may lack; every other warning is a cell's own.
        warnings = [line for line in outcome.stderr.splitlines() if "Warning" in line and "Glyph" not in line]
        assert warnings == [], language


def as_job(cells: tuple[CodeCell, ...], data: Mapping[str, bytes]) -> Job:
    sources = tuple(Source(cell.id, cell.code, display=True) for cell in cells)
    return Job(sources=sources, files=data, limits=Limits(wall_s=60.0, cpu_s=60.0))
