"""What a row of a sheet answers to a form, as the form's own page would keep it; what is wrong stays, to be refused."""

import re
from functools import lru_cache
from typing import Any

from django.utils import translation

from saem.apps.cohorts.calls.answers import Answers
from saem.apps.cohorts.calls.definition import FormDefinition, Kind, Question
from saem.apps.cohorts.models import GRADES, grade_name
from saem.apps.cohorts.selection import sheets
from saem.lib.completion.sheets.layouts import plain_title

NOT_IN_SHEETS = frozenset({Kind.HEADING, Kind.FILE})
YES = frozenset({"네", "예", "동의", "동의함", "o", "y", "yes", "true", "1", "✓"})
SCHOOL_WITH_CODE = re.compile(r"(.*\S)\s*\(([A-Za-z][0-9]{2}-?[0-9]{7})\)")


def asked(definition: FormDefinition) -> list[Question]:
    return [one for one in definition.questions if one.kind not in NOT_IN_SHEETS]


def answers_of(row: sheets.Row, definition: FormDefinition) -> Answers:
    """Answers as the form's own page would have kept them."""
    return {one.id: answer_of(one, row) for one in asked(definition)}


def answer_of(one: Question, row: sheets.Row) -> Any:
    text = str(row.get(one.id) or "").replace("\x00", "")
    if one.kind is Kind.CONSENT:
        return text.strip().casefold() in YES
    if one.kind is Kind.GROUP:
        return [row_of(one, line) for line in text.splitlines() if line.strip()]
    if one.kind is Kind.SCHOOL:
        code = str(row.get(f"{one.id}.code") or "")
        whole = SCHOOL_WITH_CODE.fullmatch(text.strip()) if not code else None
        name, code = whole.groups() if whole else (text, code)
        return {"name": name, "code": code.upper()}
    if one.kind is Kind.CHOICE:
        return option_of(one, text)
    if one.kind is Kind.CHOICES:
        return [option_of(one, part) for part in text.replace(";", ",").split(",") if part.strip()]
    return text


def row_of(group: Question, line: str) -> dict[str, Any]:
    """A row of a group from `title: value · title: value`, as tables say it; what has no title is taken in order."""
    free, found = list(group.questions), dict[str, str]()
    for part in line.split(" · "):
        name, sign, value = part.partition(":")
        named = next((one for one in free if sign and plain_title(name) in names_of(*called(one))), None)
        one, text = (named, value) if named is not None else (free[0] if free else group.questions[-1], part)
        found[one.id] = f"{found[one.id]} · {text.strip()}" if one.id in found else text.strip()
        free = [other for other in free if other is not one]
    return {one.id: answer_of(one, found) for one in group.questions}


def called(one: Question) -> tuple[str, ...]:
    return one.id, one.label.ko, one.label.en


def option_of(one: Question, text: str) -> str:
    """The value of an option that was written by its name in either language; anything else stays and is refused."""
    wanted = plain_title(text)
    named = (
        option.value for option in one.options if wanted in names_of(option.value, option.label.ko, option.label.en)
    )
    return next(named, text.strip())


@lru_cache(maxsize=2000)
def names_of(*names: str) -> frozenset[str]:
    """Titles as they are compared; the same few are asked for again and again, once a row."""
    return frozenset(plain_title(name) for name in names if name)


@lru_cache(maxsize=500)
def grade_of(text: str) -> str:
    """The code of a school year written as 중학교 1학년, 중1 or m1; anything else stays and is refused."""
    wanted, short = plain_title(text), {"e": "초", "m": "중", "h": "고"}
    with translation.override("ko"):
        for code in GRADES:
            brief = f"{short[code[0]]}{code[1]}"
            if wanted in names_of(code, str(grade_name(code)), brief, f"{brief}학년"):
                return code
    return text.strip()
