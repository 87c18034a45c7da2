"""What the pages of attendance show: rows of the list, cells of the class's table, a participant's own timetable."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saem.apps.cohorts.models import AttendanceMark, Crossing, Enrolment, Session
from saem.apps.cohorts.sessions.queries import crossings_in, marks_in
from saem.apps.cohorts.sessions.rolls import Said
from saem.apps.cohorts.sessions.tallies import Tally, tallies_of
from saem.lib.completion import Attended, Chance, Mark, Status, Way

MINUTE = 60
WORDS = {
    "present": gettext_lazy("출석"),
    "late": gettext_lazy("지각"),
    "early": gettext_lazy("조퇴"),
    "absent": gettext_lazy("결석"),
    "excused": gettext_lazy("인정"),
}
EXCUSES = {
    "official": gettext_lazy("공무·대회·학교 행사"),
    "illness": gettext_lazy("질병"),
    "family": gettext_lazy("경조사"),
    "other": gettext_lazy("그 밖의 사유"),
}
CHANCES = {
    Chance.MET.value: (gettext_lazy("채웠어요"), "good"),
    Chance.YES.value: (gettext_lazy("채울 수 있어요"), ""),
    Chance.AT_RISK.value: (gettext_lazy("위험해요"), "wait"),
    Chance.NO.value: (gettext_lazy("이제 채울 수 없어요"), "bad"),
}


def excuse_word(kind: str) -> str:
    """A kind of excuse in the reader's language; one that an office named itself is shown as it was written."""
    return str(EXCUSES.get(kind, kind))


def mark_word(mark: Mark | None) -> str:
    """A mark in a few words."""
    if mark is None:
        return ""
    if mark.status is Status.EXCUSED:
        return f"{WORDS['excused']} ({excuse_word(mark.excuse)})"
    if mark.status is Status.ABSENT:
        return str(WORDS["absent"])
    parts = [_("지각 %(n)s분") % {"n": mark.late_minutes}] if mark.late_minutes else []
    parts += [_("조퇴 %(n)s분") % {"n": mark.early_minutes}] if mark.early_minutes else []
    return " · ".join(parts) or str(WORDS["present"])


@dataclass(frozen=True, kw_only=True)
class LiveState:
    """Who is in, as a tag: a word and its colour."""

    word: str
    tag: str


def live_state(mark: AttendanceMark | None, crossings: Sequence[Crossing]) -> LiveState:
    """A mark first, for it outranks what the codes say; else the last crossing."""
    written = mark.as_mark() if mark is not None else None
    if written is not None:
        is_whole = written == Mark(status=Status.PRESENT)
        tag = "good" if is_whole else "bad" if written.status is Status.ABSENT else "wait"
        return LiveState(word=mark_word(written), tag=tag)
    if not crossings:
        return LiveState(word=_("아직"), tag="")
    last = crossings[-1]
    at = f"{timezone.localtime(last.happened_at):%H:%M}"
    if last.way == Way.IN.value:
        return LiveState(word=_("%(at)s 입실") % {"at": at}, tag="good")
    return LiveState(word=_("%(at)s 퇴실") % {"at": at}, tag="wait")


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """One person on the list: what is written, what the form shows, and a change that could not be saved."""

    enrolment: Enrolment
    state: LiveState
    said: Said
    was: str
    seen: int
    crossings: Sequence[Crossing]
    conflict: str = ""
    problem: str = ""


def list_rows(
    session: Session,
    people: Sequence[Enrolment],
    *,
    typed: Mapping[int, Said] | None = None,
    conflicts: Iterable[int] = (),
    problems: Mapping[int, str] | None = None,
) -> list[ListRow]:
    """The rows of a page; what was typed and could not be saved stays in the form, with the reason beside it."""
    ids = [each.pk for each in people]
    marks, crossings = marks_in(session, ids), crossings_in(session, ids)
    refused, typed, problems = set(conflicts), typed or {}, problems or {}
    rows = []
    for each in people:
        mark = marks.get(each.pk)
        written = Said.of_mark(mark.as_mark(), mark.note) if mark is not None else Said()
        is_refused = each.pk in refused or each.pk in problems
        rows.append(
            ListRow(
                enrolment=each,
                state=live_state(mark, crossings.get(each.pk, ())),
                said=typed.get(each.pk, written) if is_refused else written,
                was=packed(written),
                seen=mark.revision if mark is not None else 0,
                crossings=crossings.get(each.pk, ()),
                conflict=conflict_words(mark) if each.pk in refused and mark is not None else "",
                problem=problems.get(each.pk, ""),
            )
        )
    return rows


def packed(said: Said) -> str:
    """What the page showed, so that only rows that somebody touched are written."""
    return "|".join((said.choice, str(said.late), str(said.early), said.excuse, said.note))


def conflict_words(mark: AttendanceMark) -> str:
    who = mark.marked_by.display_name if mark.marked_by is not None else _("다른 선생님")
    return _("그사이 %(who)s 님이 표시를 바꿨어요: %(mark)s. 내 표시로 바꾸려면 다시 저장해 주세요.") % {
        "who": who,
        "mark": mark_word(mark.as_mark()) or _("표시 없음"),
    }


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Minutes of one person in one session: `sign` is a class of the table."""

    minutes: int
    planned: int
    sign: str


def cell_of(found: Attended | None, session: Session, now: dt.datetime) -> Cell | None:
    """None where the session is not planned for the person, or is still to come."""
    if found is None or session.is_cancelled or (session.starts_at > now and not found.excused):
        return None
    present, planned = found.present // MINUTE, found.planned // MINUTE
    if not found.planned or session.ends_at > now:
        # Excused, or still going on: nothing was missed yet.
        return Cell(minutes=present, planned=planned, sign="o")
    sign = "d" if found.present >= found.planned else "s" if not found.present else "w"
    return Cell(minutes=present, planned=planned, sign=sign)


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """One person of the class's table."""

    tally: Tally
    cells: list[Cell | None]
    chance_word: str
    chance_tag: str


def table_rows(people: Sequence[Enrolment], sessions: Sequence[Session]) -> list[TableRow]:
    now = timezone.now()
    rows = []
    for tally in tallies_of(people, now):
        word, tag = CHANCES.get(tally.chance, ("", ""))
        found = tally.attendance.sessions
        cells = [cell_of(found.get(str(session.pk)), session, now) for session in sessions]
        rows.append(TableRow(tally=tally, cells=cells, chance_word=str(word), chance_tag=tag))
    return rows


@dataclass(frozen=True, kw_only=True)
class OwnSession:
    """One line of a participant's timetable, with their own minutes of it."""

    session: Session
    minutes: int
    planned: int
    word: str


@dataclass(frozen=True, kw_only=True)
class OwnCourse:
    """A participant's attendance in one class: the sum, what may still be missed, the sessions to come and gone."""

    tally: Tally
    chance_word: str
    chance_tag: str
    coming: list[OwnSession]
    gone: list[OwnSession]


def own_courses(places: Sequence[Enrolment], sessions: Sequence[Session]) -> list[OwnCourse]:
    """One for each class; `sessions` are those of all of them."""
    marks = {
        (row.enrolment_id, row.session_id): row.as_mark() for row in AttendanceMark.objects.filter(enrolment__in=places)
    }
    now = timezone.now()
    return [_own_course(tally, sessions, marks, now) for tally in tallies_of(places, now)]


def _own_course(
    tally: Tally, sessions: Sequence[Session], marks: Mapping[tuple[int, int], Mark | None], now: dt.datetime
) -> OwnCourse:
    word, tag = CHANCES.get(tally.chance, ("", ""))
    counted = tally.attendance.sessions
    own = [
        OwnSession(
            session=session,
            minutes=counted[str(session.pk)].present // MINUTE,
            planned=counted[str(session.pk)].planned // MINUTE,
            word=mark_word(marks.get((tally.enrolment.pk, session.pk))),
        )
        for session in sessions
        if str(session.pk) in counted
    ]
    return OwnCourse(
        tally=tally,
        chance_word=str(word),
        chance_tag=tag,
        coming=[each for each in own if each.session.ends_at > now],
        gone=[each for each in reversed(own) if each.session.ends_at <= now],
    )
