"""Answers to a form: read from what a browser sends, checked, compared. Knows no Django.

Answers are JSON: question id → a text, a list of option values, true, {"name", "code"} of a school, or the rows of a
group. A draft keeps texts as they were typed, right or wrong: nothing is lost before it is checked.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol

from saem.apps.cohorts.calls.definition import TEXTS, FormDefinition, Kind, Problem, Question

Answers = dict[str, Any]

LONGEST_KEPT = 20_000
SCHOOL_CODE = re.compile(r"^[A-Z][0-9]{2}-?[0-9]{7}$")


class Sent(Protocol):
    """What a browser sent: Django's QueryDict, as far as it is used here."""

    def get(self, key: str, default: str, /) -> Any: ...

    def getlist(self, key: str, /) -> list[Any]: ...


def name_of(*parts: object) -> str:
    """The name of a control: `a.motive`, or `a.awards.0.title` in the first row of a group."""
    return ".".join(["a", *(str(part) for part in parts)])


def read_answers(definition: FormDefinition, sent: Sent, *, before: Mapping[str, Any]) -> Answers:
    """The answers as sent. What the page did not ask (hidden, or of an older form) stays as it was before."""
    answers: Answers = dict(before)
    for question in definition.questions:
        if sent.get(f"asked.{question.id}", ""):
            if question.kind is Kind.GROUP:
                answers[question.id] = read_rows(question, sent)
            elif question.kind not in {Kind.HEADING, Kind.FILE}:
                answers[question.id] = read_one(question, sent, name_of(question.id))
    return answers


def read_rows(group: Question, sent: Sent) -> list[Answers]:
    """The rows of a group; their number is sent beside them, and rows that were left empty stay."""
    text = sent.get(f"rows.{group.id}", "")
    count = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0  # noqa: PLR2004  # three digits
    return [
        {one.id: read_one(one, sent, name_of(group.id, row, one.id)) for one in group.questions}
        for row in range(min(count, group.most_rows))
    ]


def read_one(question: Question, sent: Sent, name: str) -> Any:
    if question.kind is Kind.CONSENT:
        return bool(sent.get(name, ""))
    if question.kind is Kind.CHOICES:
        known = {option.value for option in question.options}
        return [value for value in dict.fromkeys(sent.getlist(name)) if value in known]
    if question.kind is Kind.SCHOOL:
        return {part: _text(sent.get(f"{name}.{part}", "")) for part in ("name", "code")}
    return _text(sent.get(name, ""))


def _text(value: object) -> str:
    # PostgreSQL keeps no NUL in a JSON text.
    return str(value).replace("\x00", "").replace("\r\n", "\n")[:LONGEST_KEPT]


def is_shown(question: Question, definition: FormDefinition, answers: Mapping[str, Any]) -> bool:
    """Whether a question is asked, given the answers before it; one that hangs on a hidden one is hidden too."""
    if question.shown_if is None:
        return True
    above = definition.question(question.shown_if.question)
    if above is None or not is_shown(above, definition, answers):
        return False
    given = answers.get(above.id)
    return question.shown_if.value in given if isinstance(given, list) else given == question.shown_if.value


def shown(definition: FormDefinition, answers: Mapping[str, Any]) -> tuple[Question, ...]:
    return tuple(one for one in definition.questions if is_shown(one, definition, answers))


def check(definition: FormDefinition, answers: Mapping[str, Any], *, files: Collection[str]) -> list[Problem]:
    """Everything that stands between these answers and a submission, in the order of the form.

    `files` are the ids of those questions whose document has come.
    """
    found: list[Problem] = []
    for question in shown(definition, answers):
        if question.kind is Kind.FILE:
            if question.required and question.id not in files:
                found.append(Problem(question.id, "answer.file_missing"))
        elif question.kind is Kind.GROUP:
            found += _of_rows(question, answers.get(question.id))
        else:
            found += _of_one(question, answers.get(question.id), question.id)
    return found


def _of_rows(group: Question, value: Any) -> Iterator[Problem]:
    rows = value if isinstance(value, list) else []
    filled = [(number, row) for number, row in enumerate(rows) if isinstance(row, dict) and has_content(row)]
    if len(filled) < group.least_rows:
        yield Problem(group.id, "answer.rows_missing", {"least": group.least_rows})
    if len(filled) > group.most_rows:
        yield Problem(group.id, "answer.rows_many", {"most": group.most_rows})
    for number, row in filled:
        for one in group.questions:
            yield from _of_one(one, row.get(one.id), f"{group.id}.{number}.{one.id}")


def has_content(value: Any) -> bool:
    """Whether anything was given at all, however deep."""
    if isinstance(value, dict):
        return any(has_content(one) for one in value.values())
    if isinstance(value, list):
        return any(has_content(one) for one in value)
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _of_one(question: Question, value: Any, where: str) -> Iterator[Problem]:
    if question.kind is Kind.HEADING:
        return
    if not has_content(value) or (question.kind in TEXTS and not isinstance(value, str)):
        if question.required:
            yield Problem(where, "answer.consent_missing" if question.kind is Kind.CONSENT else "answer.missing")
        return
    if question.kind is Kind.SCHOOL:
        yield from _of_school(value, where)
    elif question.kind in TEXTS:
        yield from _of_text(question, value, where)


def _of_school(value: Any, where: str) -> Iterator[Problem]:
    school = value if isinstance(value, dict) else {}
    if not str(school.get("name", "")).strip():
        yield Problem(where, "answer.school_name")
    code = str(school.get("code", "")).strip().upper()
    if code and not SCHOOL_CODE.match(code):
        yield Problem(where, "answer.school_code")


def _of_text(question: Question, text: str, where: str) -> Iterator[Problem]:
    if question.kind is Kind.NUMBER:
        yield from _of_number(question, text, where)
    elif question.kind is Kind.DATE:
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            yield Problem(where, "answer.date")
    elif question.kind is Kind.CHOICE:
        if text not in {option.value for option in question.options}:
            yield Problem(where, "answer.choice")
    elif len(text) > question.longest:
        yield Problem(where, "answer.long", {"most": question.longest, "now": len(text)})


def _of_number(question: Question, text: str, where: str) -> Iterator[Problem]:
    number = number_of(text)
    if number is None:
        yield Problem(where, "answer.number")
    elif question.minimum is not None and number < question.minimum:
        yield Problem(where, "answer.small", {"least": question.minimum})
    elif question.maximum is not None and number > question.maximum:
        yield Problem(where, "answer.large", {"most": question.maximum})


def number_of(text: str) -> float | None:
    """A plain decimal number; signs of thousands are allowed, names such as `nan` are not."""
    plain = text.replace(",", "").strip()
    return float(plain) if re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,10})?", plain, re.ASCII) else None


def leftover(definition: FormDefinition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to questions that this form no longer asks: kept, and shown apart."""
    asked = {one.id for one in definition.questions}
    return {name: value for name, value in answers.items() if name not in asked and has_content(value)}


def differing(definition: FormDefinition, one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Question]:
    """The questions on which two versions of the answers do not agree."""
    return [
        question
        for question in definition.questions
        if one.get(question.id) != other.get(question.id)
        and (has_content(one.get(question.id)) or has_content(other.get(question.id)))
    ]
