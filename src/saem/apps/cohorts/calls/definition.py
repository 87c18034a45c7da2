"""What a form asks: questions in order, in two languages, read with all problems at once. Knows no Django."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

ID_PATTERN = r"^[a-z][a-z0-9_]{0,38}$"
MOST_QUESTIONS, MOST_OPTIONS, MOST_ROWS = 80, 60, 30
LONGEST_SHORT, LONGEST_LONG = 200, 5000


class Kind(StrEnum):
    """What a question takes. A heading takes nothing, a group takes rows of other questions."""

    HEADING = "heading"
    SHORT = "short"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    FILE = "file"
    CONSENT = "consent"
    SCHOOL = "school"
    GROUP = "group"


WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES})
# Kinds whose answer is a plain text in the draft, whatever it will be checked to be.
TEXTS = frozenset({Kind.SHORT, Kind.LONG, Kind.NUMBER, Kind.DATE, Kind.CHOICE})
NOT_IN_GROUPS = frozenset({Kind.HEADING, Kind.GROUP, Kind.FILE, Kind.CONSENT})

Identifier = Annotated[str, StringConstraints(pattern=ID_PATTERN)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Strict):
    """Words in both languages; an empty English falls back to Korean."""

    ko: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)] = ""
    en: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)] = ""

    def in_(self, language: str) -> str:
        return self.en if language == "en" and self.en else self.ko


class Option(Strict):
    value: Identifier
    label: Words


class Condition(Strict):
    """Ask only where the choice `question` was answered with `value`."""

    question: Identifier
    value: Identifier


class Question(Strict):
    """One question. `minimum` and `maximum` bound a number, or the rows of a group."""

    id: Identifier
    kind: Kind
    label: Words
    help: Words = Words()
    required: bool = False
    options: tuple[Option, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    max_length: Annotated[int, "characters of a text"] | None = None
    shown_if: Condition | None = None
    questions: tuple["Question", ...] = ()

    @property
    def longest(self) -> int:
        """The most characters a text may have."""
        most = LONGEST_LONG if self.kind is Kind.LONG else LONGEST_SHORT
        return min(self.max_length or most, most)

    @property
    def most_rows(self) -> int:
        return int(min(self.maximum or MOST_ROWS, MOST_ROWS))

    @property
    def least_rows(self) -> int:
        return max(int(self.minimum or 0), 1 if self.required else 0)


class FormDefinition(Strict):
    """A whole form."""

    questions: tuple[Question, ...] = ()

    def question(self, name: str) -> Question | None:
        return next((one for one in self.questions if one.id == name), None)


@dataclass(frozen=True)
class Problem:
    """Something wrong with a form or with an answer: where, a code of the message table, and what its words need."""

    where: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def read_definition(data: object) -> tuple[FormDefinition, list[Problem]]:
    """Read a form from JSON; with problems, the form holds only those questions that could be read."""
    raw = data.get("questions", []) if isinstance(data, Mapping) else []
    questions, problems = [], []
    for number, one in enumerate(raw if isinstance(raw, Sequence) else [], start=1):
        try:
            questions.append(Question.model_validate(one))
        except ValidationError as wrong:
            where = str(one.get("id", number)) if isinstance(one, Mapping) else str(number)
            problems += [
                Problem(where, "form.unreadable", {"part": ".".join(str(step) for step in error["loc"]) or "?"})
                for error in wrong.errors()
            ]
    definition = FormDefinition(questions=tuple(questions))
    return definition, problems + list(problems_of(definition))


def problems_of(definition: FormDefinition) -> Iterator[Problem]:
    """What a form cannot be published with, in the order of its questions."""
    questions = definition.questions
    if not any(one.kind is not Kind.HEADING for one in questions):
        yield Problem("", "form.empty")
    if len(questions) > MOST_QUESTIONS:
        yield Problem("", "form.too_long", {"most": MOST_QUESTIONS})
    before: dict[str, Question] = {}
    for one in questions:
        if one.id in before:
            yield Problem(one.id, "form.id_twice")
        yield from _of_question(one)
        yield from _of_condition(one, before)
        before[one.id] = one


def _of_question(one: Question) -> Iterator[Problem]:
    if not one.label.ko:
        yield Problem(one.id, "form.no_label")
    if one.kind in WITH_OPTIONS:
        values = [option.value for option in one.options]
        if len(values) < 2 or len(values) > MOST_OPTIONS:  # noqa: PLR2004  # one option is no choice
            yield Problem(one.id, "form.options", {"most": MOST_OPTIONS})
        if len(values) != len(set(values)):
            yield Problem(one.id, "form.option_twice")
        if any(not option.label.ko for option in one.options):
            yield Problem(one.id, "form.no_option_label")
    if one.minimum is not None and one.maximum is not None and one.minimum > one.maximum:
        yield Problem(one.id, "form.range")
    if one.kind is Kind.GROUP:
        yield from _of_group(one)


def _of_group(group: Question) -> Iterator[Problem]:
    if not group.questions:
        yield Problem(group.id, "form.group_empty")
    seen = set()
    for one in group.questions:
        if one.kind in NOT_IN_GROUPS or one.shown_if is not None:
            yield Problem(f"{group.id}.{one.id}", "form.not_in_group")
        if one.id in seen:
            yield Problem(f"{group.id}.{one.id}", "form.id_twice")
        seen.add(one.id)
        yield from (Problem(f"{group.id}.{inner.where}", inner.code, inner.params) for inner in _of_question(one))


def _of_condition(one: Question, before: Mapping[str, Question]) -> Iterator[Problem]:
    if one.shown_if is None:
        return
    asked = before.get(one.shown_if.question)
    if asked is None or asked.kind not in WITH_OPTIONS:
        yield Problem(one.id, "form.condition_unknown")
    elif one.shown_if.value not in {option.value for option in asked.options}:
        yield Problem(one.id, "form.condition_value")


def canonical(definition: FormDefinition) -> dict[str, Any]:
    """The form as JSON with nothing left out, so that equal forms are equal bytes."""
    return definition.model_dump(mode="json")


def hash_of(definition: FormDefinition) -> str:
    """SHA-256 of the canonical JSON, 64 hex digits."""
    text = json.dumps(canonical(definition), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
