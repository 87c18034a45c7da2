"""The trail of a record in words: what was changed, from what, to what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from saem.apps.cohorts.completion.forms import PART_NAMES, TraineeForm
from saem.apps.cohorts.models import RecordChange, Session
from saem.apps.cohorts.sessions.marking import mark_said
from saem.apps.cohorts.sessions.pages import mark_word


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One change as a page shows it."""

    change: RecordChange
    what: str
    before: str
    after: str


def in_words(changes: Iterable[RecordChange]) -> list[Changed]:
    """The changes in the reader's language; the sessions of marks are looked up at once."""
    rows = list(changes)
    sessions = Session.objects.in_bulk({pk for row in rows if (pk := _session_of(row)) is not None})
    return [_changed(row, sessions) for row in rows]


def _session_of(row: RecordChange) -> int | None:
    return int(row.field.partition(":")[2]) if row.subject == "mark" else None


def _changed(row: RecordChange, sessions: Mapping[int, Session]) -> Changed:
    before, after = row.before, row.after
    if row.subject == "mark":
        session = sessions.get(_session_of(row) or 0)
        what = _("출결: %(session)s") % {"session": session.local_title if session else _("지운 차시")}
        before, after = mark_word(mark_said(before)), mark_word(mark_said(after))
    elif row.subject == "score":
        what = _("점수: %(part)s") % {"part": PART_NAMES.get(row.field, row.field)}
    elif row.subject == "completion":
        what = _("이수 취소") if row.field == "withdrawn" else _("이수증에 쓸 이름")
    else:
        what = str(TraineeForm.base_fields[row.field].label) if row.field in TraineeForm.base_fields else row.field
    return Changed(change=row, what=what, before=before, after=after)
