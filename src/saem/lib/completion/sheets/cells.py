"""What a cell says, as a value of its column, whatever form a person gave it."""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from saem.lib.completion.problems import Code
from saem.lib.completion.sheets.layouts import Column, Kind, Value

ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"))
FIRST_YEAR, LAST_YEAR = 1901, 2100
_ZERO = dt.date(1899, 12, 30)
_DATE = re.compile(r"([0-9]{4})\s*(?:[-./]|년)\s*([0-9]{1,2})\s*(?:[-./]|월)\s*([0-9]{1,2})\s*(?:\.|일)?")
_EIGHT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SIX = re.compile(r"[0-9]{6}|[0-9]{2}\s*[-./]\s*[0-9]{1,2}\s*[-./]\s*[0-9]{1,2}\.?")
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.[0-9]{1,10})?")


class CellError(Exception):
    """The cell says nothing that its column could hold; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


def value_of(found: Any, column: Column) -> Value:
    """The value, None for a blank cell. Raises CellError where what is there cannot be read."""
    if found is None or (isinstance(found, str) and not _plain(found)):
        return None
    if isinstance(found, str) and found.strip() in ERRORS:
        raise CellError(Code.CELL_ERROR)
    return _READERS[column.kind](found, column)


def _plain(text: str) -> str:
    """Full-width digits and letters as plain ones, one space for any, none at the ends."""
    return re.sub(r"[\s\u200b\ufeff]+", " ", unicodedata.normalize("NFKC", text)).strip()


def _text(found: Any, _column: Column) -> str:
    if isinstance(found, dt.date):
        return str(found).removesuffix(" 00:00:00")
    if isinstance(found, bool):
        return "TRUE" if found else "FALSE"
    if isinstance(found, int | float):
        return _shortest(found)
    # Composed, for a Mac writes 한 as three letters; else a text is its author's.
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(found))).strip()


def _lines(found: Any, column: Column) -> str:
    if not isinstance(found, str):
        return _text(found, column)
    text = unicodedata.normalize("NFC", found).replace("_x000D_", "")
    return "\n".join(text.splitlines()).strip()


def _code(found: Any, column: Column) -> str:
    return _plain(_text(found, column))


def _shortest(number: float) -> str:
    """As Excel shows it: 15 digits, so that 86.69999999999999 is the 86.7 that was meant."""
    text = f"{number:.15g}"
    if not math.isfinite(number):
        return text
    return f"{int(float(text))}" if float(text) == int(float(text)) else text


def _date(found: Any, _column: Column) -> dt.date:
    if isinstance(found, dt.date):
        day = found.date() if isinstance(found, dt.datetime) else found
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
        # 880301 typed into a cell for dates is the day of that number, in the year 4310.
        typed = str((day - _ZERO).days)
        raise CellError(Code.SHORT_DATE if _SIX.fullmatch(typed) else Code.BAD_DATE)
    # A number is the eight digits of a day: a number of days since 1900 would have come as a date.
    text = _plain(_shortest(found) if isinstance(found, int | float) and not isinstance(found, bool) else str(found))
    match = _EIGHT.fullmatch(text) or _DATE.fullmatch(text)
    if match is None:
        raise CellError(Code.SHORT_DATE if _SIX.fullmatch(text) else Code.BAD_DATE)
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise CellError(Code.BAD_DATE) from error


def _number(found: Any, column: Column) -> Fraction:
    if isinstance(found, bool | dt.date | dt.time | dt.timedelta):
        raise CellError(Code.BAD_NUMBER)
    text = _shortest(found) if isinstance(found, int | float) else _plain(str(found)).removesuffix("점").strip()
    if text.startswith("-") and _NUMBER.fullmatch(text[1:]):
        raise CellError(Code.NUMBER_RANGE)
    if not _NUMBER.fullmatch(text):
        raise CellError(Code.BAD_NUMBER)
    number = Fraction(text.replace(",", ""))
    if number > column.most:
        raise CellError(Code.NUMBER_RANGE)
    return number


def _whole(found: Any, column: Column) -> int:
    number = _number(found, column)
    if number.denominator != 1:
        raise CellError(Code.BAD_NUMBER)
    return int(number)


_READERS: dict[Kind, Callable[[Any, Column], Value]] = {
    Kind.TEXT: _text,
    Kind.LINES: _lines,
    Kind.CODE: _code,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.WHOLE: _whole,
}
