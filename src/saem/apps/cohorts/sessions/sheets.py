"""The attendance sheet of a class: out as XLSX, and in again with a report of what would change.

The words in its cells are data, Korean as in the sheets that offices exchange; English ones are understood, too.
"""

import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from django.utils import timezone

from saem.apps.cohorts import seals
from saem.apps.cohorts.models import AttendanceMark, Classroom, Enrolment, Session
from saem.apps.cohorts.sessions.queries import marks_of, sessions_of_class
from saem.apps.cohorts.sessions.rolls import EXCUSE_LENGTH, MOST_MINUTES
from saem.apps.cohorts.sessions.tallies import tallies_of
from saem.lib.completion import Code, Mark, Problem, Severity, Status
from saem.lib.completion.sheets import Change, Column, Kind, Layout, Row, difference, read_sheet, write_sheet

SALT = "saem.cohorts.sessions.sheet"
MOST_SESSIONS = 200
PERSONAL = ("number", "name")
SUMS = ("출석(분)", "계획(분)", "출석률")

# What hands write for a mark. Spaces and case do not matter.
PRESENT = frozenset(("출석", "출", "o", "○", "◯", "ㅇ", "present"))
ABSENT = frozenset(("결석", "결", "x", "×", "✕", "무단결석", "absent"))
EXCUSED = re.compile(r"(?:인정|인정결석|공결|출석인정|excused)(?:\((.+)\))?")
PARTS = re.compile(r"(지각|조퇴|late|early)(\d{1,4})(?:분|min)?")
ENGLISH = {"late": "지각", "early": "조퇴"}
EXCUSE_WORDS = {"official": "공무", "illness": "질병", "family": "경조사", "other": "기타"}


def sessions_in_sheet(classroom: Classroom) -> list[Session]:
    """The sessions that have a column, the newest where there are very many."""
    kept = list(sessions_of_class(classroom).filter(cancelled_at=None).order_by("-starts_at", "-pk")[:MOST_SESSIONS])
    return kept[::-1]


def layout_of(sessions: Sequence[Session], *, with_sums: bool) -> Layout:
    """The columns. Sums are written and not read: they are ours, and were right on the day of the sheet."""
    sums = [Column(key=f"sum{at}", title=title, width=10) for at, title in enumerate(SUMS)] if with_sums else []
    return Layout(
        name="출석부",
        columns=(
            Column(key="number", title="번호", kind=Kind.CODE, width=8),
            Column(key="name", title="이름", also=("성명", "별명"), required=True, width=14),
            *(Column(key=key_of(session), title=title_of(session), width=18) for session in sessions),
            *sums,
        ),
        identities=(("number",), ("name",)),
    )


def key_of(session: Session) -> str:
    return f"s{session.pk}"


def title_of(session: Session) -> str:
    """Begins with the day for people and ends with the number that makes it one session's alone."""
    return f"{timezone.localtime(session.starts_at):%m-%d %H:%M} {session.title} #{session.pk}"


def word_of(mark: Mark | None) -> str:
    if mark is None:
        return ""
    if mark.status is Status.ABSENT:
        return "결석"
    if mark.status is Status.EXCUSED:
        return f"인정({EXCUSE_WORDS.get(mark.excuse, mark.excuse)})"
    parts = [f"지각 {mark.late_minutes}"] if mark.late_minutes else []
    parts += [f"조퇴 {mark.early_minutes}"] if mark.early_minutes else []
    return " ".join(parts) or "출석"


def mark_in(word: str) -> Mark | None:
    """The mark that a cell says. Raises ValueError where it says none."""
    plain = "".join(unicodedata.normalize("NFKC", word).casefold().split())
    if plain in PRESENT:
        return Mark(status=Status.PRESENT)
    if plain in ABSENT:
        return Mark(status=Status.ABSENT)
    if excused := EXCUSED.fullmatch(plain):
        said = excused[1] or "기타"
        kinds = {name: kind for kind, name in EXCUSE_WORDS.items()}
        return Mark(status=Status.EXCUSED, excuse=kinds.get(said, said)[:EXCUSE_LENGTH])
    minutes = {ENGLISH.get(part, part): int(number) for part, number in PARTS.findall(plain)}
    if not minutes or PARTS.sub("", plain).strip(",/·"):
        raise ValueError(word)
    late, early = (min(minutes.get(part, 0), MOST_MINUTES) for part in ("지각", "조퇴"))
    return Mark(status=Status.PRESENT, late_minutes=late, early_minutes=early)


def write_attendance(people: Sequence[Enrolment], classroom: Classroom) -> IO[bytes]:
    """Return an open temporary file, at its beginning, that holds the sheet."""
    sessions = sessions_in_sheet(classroom)
    file = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the response, which closes it
    write_sheet(file, layout_of(sessions, with_sums=True), _rows(people, sessions), title=classroom.name)
    file.seek(0)
    return file


def _rows(people: Sequence[Enrolment], sessions: Sequence[Session]) -> Iterator[Row]:
    known = known_rows(people, sessions)
    for tally in tallies_of(people):
        share = f"{tally.percent:.1f}%" if tally.percent is not None else ""
        sums = (str(tally.present_minutes), str(tally.planned_minutes), share)
        yield {**known[tally.enrolment.pk], **{f"sum{at}": text for at, text in enumerate(sums)}}


def known_rows(people: Iterable[Enrolment], sessions: Sequence[Session]) -> dict[int, Row]:
    """What the sheet would say of each person now."""
    people = list(people)
    marks = _marks(people)
    return {
        person.pk: {
            "number": str(person.pk),
            "name": person.nickname,
            **{key_of(each): word_of(_mark(marks.get((person.pk, each.pk)))) for each in sessions},
        }
        for person in people
    }


def _marks(people: Iterable[Enrolment]) -> dict[tuple[int, int], AttendanceMark]:
    return {(row.enrolment_id, row.session_id): row for row in marks_of([person.pk for person in people])}


def _mark(row: AttendanceMark | None) -> Mark | None:
    return row.as_mark() if row is not None else None


@dataclass(frozen=True, kw_only=True)
class CellChange:
    """One cell that would change: of whom, in which session, and the words before and after."""

    enrolment: int
    name: str
    session: int
    title: str
    before: str
    after: str
    cell: str
    seen: int


@dataclass(frozen=True, kw_only=True)
class Odd:
    """Something odd about the sheet: codes of the message table and where it is. What is no error is only noted."""

    line: int
    cell: str
    code: str
    remedy: str
    params: Mapping[str, object]
    is_error: bool = True


@dataclass(frozen=True, kw_only=True)
class Report:
    """What applying the sheet would change, and everything that is odd about it."""

    changes: tuple[CellChange, ...]
    problems: tuple[Odd, ...]


def read_attendance(file: IO[bytes], name: str, people: Sequence[Enrolment], classroom: Classroom) -> Report:
    """Compare an uploaded sheet with what is written; nothing is changed."""
    sessions = sessions_in_sheet(classroom)
    found = difference(read_sheet(file, layout_of(sessions, with_sums=False), name=name), known_rows(people, sessions))
    comparing = _Comparing(people, sessions)
    # Where number and name are not of one person, rows were sorted in part, or the sheet is another class's: whose
    # marks these are nobody knows. A number that is missing is no such case.
    odd = [each for each in found.changes if each.key in PERSONAL and each.after is not None]
    mixed = {each.person for each in odd}
    for each in found.changes:
        if each in odd:
            comparing.tell(each, f"attendance.{each.key}_differs")
        elif each.person not in mixed and each.key not in PERSONAL:
            comparing.take(each)
    return Report(changes=tuple(comparing.changes), problems=(*_told(found.problems), *comparing.problems))


class _Comparing:
    """Turns the cells that differ into marks that would change, and collects those that say no mark."""

    def __init__(self, people: Sequence[Enrolment], sessions: Sequence[Session]) -> None:
        self.sessions = {key_of(session): session for session in sessions}
        self.names = {person.pk: person.nickname for person in people}
        self.marks = _marks(people)
        self.changes: list[CellChange] = []
        self.problems: list[Odd] = []

    def take(self, each: Change[int]) -> None:
        session, after = self.sessions[each.key], str(each.after or "")
        try:
            meant = mark_in(after) if after else None
        except ValueError:
            self.tell(each, "attendance.cell_word")
            return
        row = self.marks.get((each.person, session.pk))
        if meant != _mark(row):
            self.changes.append(
                CellChange(
                    enrolment=each.person,
                    name=self.names[each.person],
                    session=session.pk,
                    title=title_of(session),
                    before=str(each.before or ""),
                    after=word_of(meant),
                    cell=each.cell,
                    seen=row.revision if row is not None else 0,
                )
            )

    def tell(self, each: Change[int], code: str) -> None:
        line = int("".join(sign for sign in each.cell if sign.isdigit()) or 1)
        params = {"value": str(each.after or "-")[:60], "name": self.names[each.person]}
        self.problems.append(Odd(line=line, cell=each.cell, code=code, remedy=f"{code}.remedy", params=params))


def _told(problems: Iterable[Problem]) -> Iterator[Odd]:
    """Without the columns of sums, which are expected to be in the sheet."""
    for problem in problems:
        if problem.code is Code.EXTRA_COLUMN and problem.params.get("title") in SUMS:
            continue
        yield Odd(
            line=problem.line,
            cell=problem.cell,
            code=problem.code.value,
            remedy=problem.remedy,
            params=problem.params,
            is_error=problem.severity is Severity.ERROR,
        )


def sealed(report: Report, classroom: Classroom) -> str:
    """The changes as a text that the page carries to the button, signed: what was shown is what is applied."""
    cells = [[each.enrolment, each.session, each.after, each.seen] for each in report.changes]
    return seals.sealed(cells, salt=SALT, place=classroom.pk)


@dataclass(frozen=True, kw_only=True)
class SealedCell:
    """One change that was shown: `seen` is the revision of the mark that the report compared with."""

    enrolment: int
    session: int
    mark: Mark | None
    seen: int


def unsealed(text: str, classroom: Classroom) -> list[SealedCell]:
    """The changes that were shown. Raises signing.BadSignature for any other text, or one too old."""
    return [
        SealedCell(enrolment=person, session=session, mark=mark_in(word) if word else None, seen=seen)
        for person, session, word, seen in seals.unsealed(text, salt=SALT, place=classroom.pk)
    ]
