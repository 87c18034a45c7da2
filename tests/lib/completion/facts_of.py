"""Short ways to say sessions, presences and rules in tests."""

import datetime as dt

from saem.lib.completion.presence import Crossing, Mark, Presence, Status, Way
from saem.lib.completion.rulebook import Loaded, RuleBook, load_rules
from saem.lib.completion.sessions import SEOUL, Session, session_on

DAY = dt.date(2026, 3, 2)


def clock(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


def session(
    name: str = "a", start: str = "10:00", end: str = "12:00", *breaks: str, day: dt.date = DAY, zone: str = SEOUL
) -> Session:
    """Breaks as "11:00-11:10"."""
    pauses = [tuple(clock(part) for part in each.split("-")) for each in breaks]
    return session_on(name, day, clock(start), clock(end), breaks=pauses, zone=zone)  # type: ignore[arg-type]


def at(text: str, day: dt.date = DAY) -> dt.datetime:
    """A moment in Seoul."""
    return session("x", text, text, day=day).start


def crossed(*texts: str) -> Presence:
    """Check-ins and check-outs as "in 10:05", "out 11:00"."""
    ways = [each.split() for each in texts]
    return Presence(crossings=tuple(Crossing(at(time), Way(way)) for way, time in ways))


def marked(status: str, late: int = 0, early: int = 0, excuse: str = "") -> Presence:
    return Presence(mark=Mark(status=Status(status), late_minutes=late, early_minutes=early, excuse=excuse))


def loaded(text: str, file: str = "rules.yaml") -> Loaded:
    return load_rules(file, text)


def book(text: str) -> RuleBook:
    found = loaded(text)
    assert found.problems == ()
    assert found.book is not None
    return found.book


def told(found: Loaded) -> list[tuple[int, str]]:
    return [(each.line, each.code.removeprefix("completion.")) for each in found.problems]


BOOK = """\
format: 1
id: teacher-training
rules:
  - id: eighty
    from: 2024-01-01
    until: 2025-02-28
    condition:
      {kind: all, id: both, of: [{kind: progress, id: progress, percent: 80}, {kind: assessment, id: total, points: 60,
        weights: [{parts: {exam: 60, assignment: 40}}]}]}
  - id: ninety
    from: 2025-03-01
    condition:
      kind: all
      id: both
      of:
        - {kind: progress, id: progress, percent: 90}
        - kind: assessment
          id: total
          points: 60
          weights:
            - {credits: [1, 2, 3], parts: {assignment: 40, exam: 40, participation: 20}}
            - {credits: [4], parts: {assignment: 30, exam: 30, participation: 10, attended: 30}}
credits:
  - {id: by-15, from: 2020-01-01, steps: [{hours: 15, credits: 1}, {hours: 30, credits: 2}, {hours: 45, credits: 3}, {hours: 60, credits: 4}]}
"""
