"""What staff changed in a sheet: who each row is, which cells differ from what was there, who is new or left out."""

import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from saem.lib.completion.problems import Code, Problem, Severity, in_order
from saem.lib.completion.sheets.layouts import Column, Kind, Layout, Row, Value
from saem.lib.completion.sheets.reading import ReadRow, SheetRead

Person = TypeVar("Person", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Change(Generic[Person]):
    """One cell of one person; `after` is None where staff emptied it."""

    person: Person
    key: str
    before: Value
    after: Value
    cell: str


@dataclass(frozen=True, kw_only=True)
class Difference(Generic[Person]):
    """`people` says who each row is, by line; `unknown` are rows that are nobody or nobody surely.

    `left_out` are people without a row; nothing may be concluded from that but that somebody should look.
    """

    people: Mapping[int, Person]
    changes: tuple[Change[Person], ...]
    unknown: tuple[ReadRow, ...]
    left_out: tuple[Person, ...]
    problems: tuple[Problem, ...]


def difference(read: SheetRead, known: Mapping[Person, Row]) -> Difference[Person]:
    """Compare a sheet with what was there, by person. A column that the sheet lacks changes nothing."""
    comparison = _Comparison(read, known)
    for row in read.rows:
        comparison.take(row)
    return comparison.result()


class _Comparison(Generic[Person]):
    """Goes through the rows once; each person has the first row that is theirs."""

    def __init__(self, read: SheetRead, known: Mapping[Person, Row]) -> None:
        self.read, self.known = read, known
        self.search = _Search(read.layout, known)
        self.first: dict[Person, int] = {}
        self.changes: list[Change[Person]] = []
        self.unknown: list[ReadRow] = []
        self.problems: list[Problem] = list(read.problems)

    def take(self, row: ReadRow) -> None:
        candidates = self.search.candidates(row.values)
        if len(candidates) != 1 or candidates[0] in self.first:
            self.unknown.append(row)
            self._nobody(row, candidates)
        elif self.search.contradicts(row.values, candidates[0]):
            self.unknown.append(row)
            known = str(self.known[candidates[0]].get("name") or "")
            self._tell(row.line, "name", Code.PERSON_MIXED, name=str(row.values.get("name") or ""), known=known)
        else:
            self.first[candidates[0]] = row.line
            for key, after in row.values.items():
                self._compare(row.line, candidates[0], key, after)

    def result(self) -> Difference[Person]:
        left_out = tuple(person for person in self.known if person not in self.first)
        for person in left_out:
            name = str(self.known[person].get("name") or "")
            self._tell(1, "", Code.PERSON_LEFT_OUT, Severity.WARNING, name=name)
        return Difference(
            people={line: person for person, line in self.first.items()},
            changes=tuple(self.changes),
            unknown=tuple(self.unknown),
            left_out=left_out,
            problems=in_order(self.problems),
        )

    def _compare(self, line: int, person: Person, key: str, after: Value) -> None:
        column, was = self.read.layout.by_key[key], self.known[person].get(key)
        before = None if was == "" else was
        if before == after:
            return
        cell = self.read.cell(line, key)
        same_code = column.kind is Kind.CODE and _comparable(before, column) == _comparable(after, column)
        if not same_code and not column.fixed:
            self.changes.append(Change(person=person, key=key, before=before, after=after, cell=cell))
            return
        # Nobody means to take leading zeros from a code; a program did.
        code, severity = (Code.ZEROS_LOST, Severity.WARNING) if same_code else (Code.FIXED_CHANGED, Severity.ERROR)
        self._tell(line, key, code, severity, title=column.title, before=_shown(before), after=_shown(after))

    def _nobody(self, row: ReadRow, candidates: list[Person]) -> None:
        name = str(row.values.get("name") or "")
        if not candidates:
            self._tell(row.line, "name", Code.UNKNOWN_PERSON, name=name)
        elif len(candidates) > 1:
            self._tell(row.line, "name", Code.AMBIGUOUS_PERSON, name=name, count=len(candidates))
        else:
            first_line = self.first[candidates[0]]
            self._tell(row.line, "name", Code.PERSON_TWICE, name=name, first_line=first_line)

    def _tell(self, line: int, key: str, code: Code, severity: Severity = Severity.ERROR, **params: object) -> None:
        cell = self.read.cell(line, key)
        self.problems.append(
            Problem(file=self.read.name, line=line, cell=cell, code=code, params=params, severity=severity)
        )


class _Search(Generic[Person]):
    """Finds people by what tells them apart, the surest first."""

    def __init__(self, layout: Layout, known: Mapping[Person, Row]) -> None:
        self.layout, self.known = layout, known
        self.found: dict[tuple[str, ...], dict[tuple[Hashable, ...], list[Person]]] = {}
        for identity in layout.identities:
            index = defaultdict(list)
            for person, row in known.items():
                sign = self._sign(identity, row)
                if sign is not None:
                    index[sign].append(person)
            self.found[identity] = dict(index)

    def candidates(self, values: Row) -> list[Person]:
        """The people that the first identity with any answer gives; none where no identity has one."""
        for identity, index in self.found.items():
            sign = self._sign(identity, values)
            people = index.get(sign, []) if sign is not None else []
            if people:
                return people
        return []

    def contradicts(self, values: Row, person: Person) -> bool:
        """Whether everything that people are called by differs: what is left when one column alone was sorted."""
        named = [column for column in self.layout.columns if column.required and values.get(column.key) is not None]
        row = self.known[person]
        return len(named) > 1 and all(
            _comparable(values[column.key], column) != _comparable(row.get(column.key), column) for column in named
        )

    def _sign(self, identity: tuple[str, ...], row: Row) -> tuple[Hashable, ...] | None:
        values = [_comparable(row.get(key), self.layout.by_key[key]) for key in identity]
        return None if any(value is None for value in values) else tuple(values)


def _comparable(value: Value, column: Column) -> Hashable:
    """A value without what differs between hands; a program that takes a code for a number loses its leading zeros."""
    if not isinstance(value, str):
        return value
    plain = "".join(unicodedata.normalize("NFKC", value).casefold().split())
    return (plain.lstrip("0") if column.kind is Kind.CODE else plain) or None


def _shown(value: Value) -> str:
    return "-" if value is None else str(value)
