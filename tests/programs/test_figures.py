"""Every figure in a lesson's text is computed by a cell of that lesson, or of one before it, as the suite runs them."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from saem.apps.catalog.rehearsals import solved
from saem.lib.content import Html, Lesson, Page, Program
from saem.lib.sandbox import Job, Limits, Outcome, Sandbox, Source, Status
from tests.programs.conftest import CheckOf
from tests.programs.test_lessons import PROGRAMS, shipped

NOT_PROSE = re.compile(r"<(code|pre|math|svg)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
YEARS = range(1900, 2101)
# Whole numbers below this are counted on fingers as often as computed.
SMALL = 100
# Printed after the last cell: the small results that a lesson has given names.
NAMED = """
import numpy, pandas
for found in list(globals().values()):
    if isinstance(found, (int, float, numpy.number)):
        print(repr(float(found)))
    elif isinstance(found, (pandas.Series, pandas.DataFrame)) and found.size <= 200:
        print(found.to_string())
    elif isinstance(found, (dict, list, tuple)) and len(found) <= 200:
        print(found)
"""


def numbers(text: str) -> Iterator[tuple[str, float, int]]:
    """Each number as written, its value and its decimals."""
    for found in NUMBER.finditer(text):
        plain = found.group().replace(",", "")
        yield found.group(), float(plain), len(plain.partition(".")[2])


def figures(page: Page) -> Iterator[tuple[str, float, int]]:
    """The numbers of a page's prose that somebody must have computed."""
    blocks = [block.html for section in page.sections for block in section.blocks if isinstance(block, Html)]
    for written, value, decimals in numbers(unescape(TAG.sub(" ", NOT_PROSE.sub(" ", "\n".join(blocks))))):
        if decimals or "," in written or (value >= SMALL and value not in YEARS):
            yield written, value, decimals


def told(outcome: Outcome) -> str:
    return "\n".join([outcome.stdout, *(f"{shown.text} {shown.table}" for shown in outcome.displays)])


def run(lesson: Lesson, language: str, data: dict[str, bytes], sandbox: Sandbox) -> set[float]:
    """All numbers that a solved lesson prints, shows, names or says in its code."""
    cells = solved(lesson, language=language)
    sources = [Source(str(place), code, display=True) for place, code in enumerate([*cells, NAMED])]
    limits = Limits(wall_s=60.0, cpu_s=60.0, output_kb=1024)
    outcome = sandbox.run(Job(sources=tuple(sources), files=data, limits=limits))
    assert outcome.status == Status.OK, (lesson.id, language, outcome.fault)
    return {value for _, value, _ in numbers("\n".join([told(outcome), *cells]))}


def is_computed(value: float, decimals: int, known: set[float]) -> bool:
    """Whether a known number, or as a percentage one, rounds to this."""
    near = 0.5 * 10**-decimals + 1e-9
    return any(abs(found - value) <= near or abs(found * 100 - value) <= near for found in known)


def lessons_in_order(program: Program) -> list[Lesson]:
    return [program.lessons[step.id] for step in program.steps if step.kind == "lesson"]


@pytest.mark.sandbox
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_every_figure_is_computed_by_a_cell(
    programs_folder: Path, report_of: CheckOf, sandbox: Sandbox, program: str, language: str
) -> None:
    data, known = report_of(program).lesson_data, set[float]()
    for lesson in lessons_in_order(shipped(programs_folder, program)):
        known |= run(lesson, language, dict(data[lesson.id]), sandbox)
        missing = [
            written
            for written, value, decimals in figures(lesson.pages[language])
            if not is_computed(value, decimals, known)
        ]
        assert missing == [], lesson.id
