"""A book of dated rules: which one holds on the day that decides, and everything that is wrong with the file."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import Field, ValidationError

from saem.lib.completion.credits import CreditTable
from saem.lib.completion.documents import Document, read_document
from saem.lib.completion.errors import NoRuleError
from saem.lib.completion.problems import Code, Problem, in_order
from saem.lib.completion.rules import Rule, located
from saem.lib.completion.schema import Id, Strict
from saem.lib.completion.validation import follows_from_items, problem_of, told

ONE_DAY = dt.timedelta(days=1)


class DecidedBy(StrEnum):
    """The day of a course, or of a person in it, that says which rule holds."""

    COURSE_START = "course_start"
    COURSE_END = "course_end"
    ENROLLED = "enrolled"


class RuleBook(Strict):
    """Rules that follow each other without a gap; `decided_by` is one for all, else two could hold at once."""

    format: Literal[1]
    id: Id
    decided_by: Annotated[DecidedBy, Field(strict=False)] = DecidedBy.COURSE_START
    rules: Annotated[tuple[Rule, ...], Field(strict=False, min_length=1)]
    credits: Annotated[tuple[CreditTable, ...], Field(strict=False)] = ()

    def rule_for(self, days: Mapping[DecidedBy, dt.date]) -> Rule:
        """The rule of the day that decides. Raises NoRuleError where none is valid on it, or the day is not known."""
        day = days.get(self.decided_by)
        found = None if day is None else _valid_on(self.rules, day)
        if found is None:
            raise NoRuleError(f"{self.id}: no rule for {self.decided_by} {day}")
        return found

    def credits_for(self, minutes: int, days: Mapping[DecidedBy, dt.date]) -> int:
        """Credits by the table of the day that decides. Raises NoRuleError where there is none."""
        day = days.get(self.decided_by)
        found = None if day is None else _valid_on(self.credits, day)
        if found is None:
            raise NoRuleError(f"{self.id}: no table of credits for {self.decided_by} {day}")
        return found.credits_for(minutes)


class _Dated(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def valid_from(self) -> dt.date: ...
    @property
    def until(self) -> dt.date | None: ...


Valid = TypeVar("Valid", bound=_Dated)


def _valid_on(dated: Iterable[Valid], day: dt.date) -> Valid | None:
    return next((each for each in dated if each.valid_from <= day <= (each.until or dt.date.max)), None)


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A book, or None and everything that keeps the file from being one."""

    book: RuleBook | None
    problems: tuple[Problem, ...] = ()


def load_rules(file: str, text: str) -> Loaded:
    """Read a book of rules from YAML or JSON. Never raises: all problems are told at once, with their lines."""
    document, problems = read_document(file, text)
    if any(each.code is Code.RULES_SYNTAX for each in problems):
        return Loaded(book=None, problems=in_order(problems))
    try:
        book = RuleBook.model_validate(document.value)
    except ValidationError as error:
        errors = [each for each in error.errors(include_url=False) if not follows_from_items(each)]
        return Loaded(book=None, problems=in_order([*problems, *(problem_of(document, each) for each in errors)]))
    problems += [
        *_repeated(document, book),
        *_days(document, "rules", book.rules),
        *_days(document, "credits", book.credits),
    ]
    return Loaded(book=None if problems else book, problems=in_order(problems))


def _repeated(document: Document, book: RuleBook) -> Iterator[Problem]:
    """Ids name rules in decisions and conditions in explanations, so each may stand once."""
    several: tuple[tuple[str, Sequence[_Dated]], ...] = (("rules", book.rules), ("credits", book.credits))
    for of, dated in several:
        for name, times in Counter(each.id for each in dated).items():
            if times > 1:
                last = max(at for at, each in enumerate(dated) if each.id == name)
                yield told(document, (of, last, "id"), Code.DUPLICATE_ID, id=name)
    for at, rule in enumerate(book.rules):
        seen: set[str] = set()
        for path, condition in located(rule.condition, ("rules", at, "condition")):
            if condition.id in seen:
                yield told(document, (*path, "id"), Code.DUPLICATE_ID, id=condition.id)
            seen.add(condition.id)


def _days(document: Document, of: str, dated: Sequence[_Dated]) -> Iterator[Problem]:
    """Rules must follow each other day by day; a day with two rules or none would be decided by chance."""
    for at, each in enumerate(dated):
        if each.until is not None and each.until < each.valid_from:
            yield told(document, (of, at, "until"), Code.DAYS_REVERSED, id=each.id)
    in_turn = sorted(range(len(dated)), key=lambda at: (dated[at].valid_from, at))
    for before, after in pairwise(in_turn):
        last, first = dated[before].until or dt.date.max, dated[after].valid_from
        params = {"first": dated[before].id, "second": dated[after].id}
        if last >= first:
            yield told(document, (of, after, "from"), Code.RULES_OVERLAP, **params, day=first.isoformat())
        elif first - last > ONE_DAY:
            days = {"day": (last + ONE_DAY).isoformat(), "until": (first - ONE_DAY).isoformat()}
            yield told(document, (of, after, "from"), Code.RULES_GAP, **params, **days)
