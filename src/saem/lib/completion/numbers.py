"""Completion and certificate numbers by a declared pattern: write one, read one, check a sequence.

The database gives the numbers out, one after the other; this says whether what stands there is whole.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from saem.lib.completion.errors import PatternError
from saem.lib.completion.problems import Code, Problem
from saem.lib.completion.schema import Name, Strict

YEAR_DIGITS = 4
ONE: Mapping[int, int] = {}
FIELDS = ("institution", "mode", "year", "sequence")
# Between two numbers, or a number and a digit, nothing would say where one ends.
_TOUCHING = re.compile(r"\{(?:year|sequence)\}\s*(?:\d|\{)|(?:\d|\})\s*\{(?:year|sequence)\}")
_FIELD = re.compile(r"\{([a-z]*)\}")


@dataclass(frozen=True, order=True)
class CompletionNumber:
    """`year` and `sequence` are one series: the sequence begins anew each year."""

    year: int
    sequence: int


class NumberPattern(Strict):
    """`제 {institution}-{mode}-{year}-{sequence}호`: institution and mode are fixed texts, the rest varies.

    `width` is the number of digits of the sequence; a larger sequence gets more, and none is cut off.
    """

    pattern: Name
    institution: str = Field(default="", max_length=60)
    mode: str = Field(default="", max_length=30)
    width: int = Field(default=6, ge=1, le=12)

    @model_validator(mode="after")
    def _fields(self) -> "NumberPattern":
        named = _FIELD.findall(self.pattern)
        if sorted({*named, "sequence", "year"}) != sorted(named) or not set(named) <= set(FIELDS):
            raise PydanticCustomError("number_pattern", "year and sequence once each, and no unknown field")
        if _TOUCHING.search(self.pattern):
            raise PydanticCustomError("number_pattern", "a sign that is no digit must stand beside each number")
        return self

    def written(self, number: CompletionNumber) -> str:
        """The number as it is printed. Raises PatternError for a year without four digits or a sequence below 1."""
        if len(str(number.year)) != YEAR_DIGITS or number.sequence < 1:
            raise PatternError(f"{number} cannot be written")
        sequence = f"{number.sequence:0{self.width}d}"
        values = {"institution": self.institution, "mode": self.mode, "year": str(number.year), "sequence": sequence}
        return _FIELD.sub(lambda field: values[field[1]], self.pattern)

    def read(self, text: str) -> CompletionNumber:
        """What was printed, with any width of letters and any spaces. Raises PatternError where it does not fit."""
        found = self._expression.fullmatch(_plain(text))
        if found is None or int(found["sequence"]) < 1:
            raise PatternError(f"{text!r} does not fit {self.pattern!r}")
        return CompletionNumber(int(found["year"]), int(found["sequence"]))

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        # What stands between the fields comes at even places, the names of the fields at odd ones.
        pieces = _FIELD.split(self.pattern)
        parts = [self._group(piece) if at % 2 else re.escape(_plain(piece)) for at, piece in enumerate(pieces)]
        return re.compile("".join(parts))

    def _group(self, name: str) -> str:
        if name == "sequence":
            return rf"(?P<sequence>[0-9]{{{self.width},15}})"
        return rf"(?P<year>[0-9]{{{YEAR_DIGITS}}})" if name == "year" else re.escape(_plain(getattr(self, name)))


def _plain(text: str) -> str:
    """Full-width signs as plain ones, without spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def check_numbers(
    pattern: NumberPattern, texts: Iterable[str], *, begins: Mapping[int, int] = ONE, file: str = ""
) -> tuple[Problem, ...]:
    """What is wrong with numbers given out: shapes, duplicates, and gaps within each year.

    A year begins with 1, unless `begins` names its first number: another system may have given out those before.
    `line` of a problem is the place of the text, counted from 1; a gap has the line of the number after it.
    """
    lines: dict[CompletionNumber, int] = {}
    problems: list[Problem] = []
    for line, text in enumerate(texts, start=1):
        try:
            number = pattern.read(text)
        except PatternError:
            params = {"value": text, "pattern": pattern.pattern}
            problems.append(Problem(file=file, line=line, code=Code.NUMBER_SHAPE, params=params))
            continue
        if number in lines:
            params = {"value": pattern.written(number), "first_line": str(lines[number])}
            problems.append(Problem(file=file, line=line, code=Code.NUMBER_TWICE, params=params))
        lines.setdefault(number, line)
    return tuple(problems + list(_gaps(pattern, lines, begins, file)))


def _gaps(
    pattern: NumberPattern, lines: dict[CompletionNumber, int], begins: Mapping[int, int], file: str
) -> Iterator[Problem]:
    before = CompletionNumber(0, 0)
    for number in sorted(lines):
        last = before.sequence if before.year == number.year else begins.get(number.year, 1) - 1
        if number.sequence > last + 1:
            first = pattern.written(CompletionNumber(number.year, last + 1))
            until = pattern.written(CompletionNumber(number.year, number.sequence - 1))
            params = {"first": first, "until": until, "count": number.sequence - last - 1}
            yield Problem(file=file, line=lines[number], code=Code.NUMBER_GAP, params=params)
        before = number
