"""What a teacher says of one person on the list, as a form or a phone sends it, and the mark that it means."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from saem.apps.cohorts.models import Session
from saem.apps.cohorts.sessions.marking import with_minutes
from saem.lib.completion import Mark, Status

CHOICES = ("present", "late", "early", "absent", "excused")
MOST_MINUTES = 1440
NOTE_LENGTH = 200
EXCUSE_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class Said:
    """`choice` is one of CHOICES, or nothing for no mark; minutes that were left out are 0."""

    choice: str = ""
    late: int = 0
    early: int = 0
    excuse: str = ""
    note: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> "Said":
        """Read what came by name; nonsense is nothing."""
        choice = sent.get("choice", "")
        return cls(
            choice=choice if choice in CHOICES else "",
            late=minutes_in(sent.get("late", "")),
            early=minutes_in(sent.get("early", "")),
            excuse=sent.get("excuse", "").strip()[:EXCUSE_LENGTH],
            note=" ".join(sent.get("note", "").split())[:NOTE_LENGTH],
        )

    @classmethod
    def of_mark(cls, mark: Mark | None, note: str = "") -> "Said":
        """How the list shows a mark that is written."""
        if mark is None:
            return cls(note=note)
        choice = mark.status.value
        if mark.status is Status.PRESENT and (mark.late_minutes or mark.early_minutes):
            choice = "late" if mark.late_minutes else "early"
        return cls(choice=choice, late=mark.late_minutes, early=mark.early_minutes, excuse=mark.excuse, note=note)


def minutes_in(text: str) -> int:
    plain = text.strip()
    return min(int(plain), MOST_MINUTES) if plain.isascii() and plain.isdecimal() else 0


@dataclass(frozen=True)
class Meant:
    """The mark, or the code of what is missing."""

    mark: Mark | None = None
    problem: str = ""


def mark_meant(said: Said, session: Session, *, at: dt.datetime) -> Meant:
    """What was meant at that moment: `late` without a number is late by now."""
    if not said.choice:
        return Meant()
    if said.choice == "excused":
        return Meant(Mark(status=Status.EXCUSED, excuse=said.excuse)) if said.excuse else Meant(problem="roll.excuse")
    if said.choice == "absent":
        return Meant(Mark(status=Status.ABSENT))
    if said.choice == "present":
        return Meant(Mark(status=Status.PRESENT))
    mark = Mark(status=Status.PRESENT, late_minutes=said.late, early_minutes=said.early, excuse=said.excuse)
    found = with_minutes(mark, session, choice=said.choice, at=at)
    return Meant(found) if found is not None else Meant(problem="roll.minutes")
