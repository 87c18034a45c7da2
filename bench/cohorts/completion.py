"""Who has completed, and the sheets about it: `python -m bench.cohorts.completion [--people 10000]`.

Everybody has 20 sessions with check-ins, check-outs and marks, scores and progress; one rule of four conditions.
"""

import argparse
import datetime as dt
import random
import resource
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from bench.learners.timing import timed
from bench.machine import machine
from saem.lib.completion import Facts, Progress, Rule, Score, evaluate, load_rules
from saem.lib.completion.presence import Crossing, Mark, Presence, Status, Way
from saem.lib.completion.sessions import Session, session_on
from saem.lib.completion.sheets import RESULTS, difference, read_sheet, write_sheet

SESSIONS = 20
DAY = dt.date(2026, 3, 2)
RULES = """\
format: 1
id: bench
rules:
  - id: ninety
    from: 2024-01-01
    attendance: {excuses: {official: present, illness: not_planned}, missing_check_out: until_end, grace_minutes: 5}
    condition:
      kind: all
      id: both
      of:
        - {kind: attendance, id: attendance, percent: 80}
        - {kind: progress, id: progress, percent: 90}
        - {kind: assessment, id: total, points: 60, weights: [{parts: {assignment: 40, exam: 40, participation: 20}}]}
        - {kind: sessions, id: first, session_ids: [s0], percent: 50}
"""


def sessions() -> tuple[Session, ...]:
    """One a week, three hours with a break of ten minutes."""
    pause = [(dt.time(11, 30), dt.time(11, 40))]
    days = (DAY + dt.timedelta(weeks=week) for week in range(SESSIONS))
    return tuple(session_on(f"s{at}", day, dt.time(10), dt.time(13), breaks=pause) for at, day in enumerate(days))


def presence(draw: random.Random, session: Session) -> Presence:
    kind = draw.random()
    if kind < 0.6:
        moments = (
            session.start + dt.timedelta(minutes=draw.randint(-10, 15)),
            session.end + dt.timedelta(minutes=draw.randint(-15, 5)),
        )
        return Presence(crossings=(Crossing(moments[0], Way.IN), Crossing(moments[1], Way.OUT)))
    if kind < 0.9:
        return Presence(mark=Mark(status=Status.PRESENT, late_minutes=draw.choice((0, 0, 20))))
    return Presence(mark=Mark(status=Status.EXCUSED, excuse="official") if kind < 0.95 else Mark(status=Status.ABSENT))


def facts(draw: random.Random, plan: tuple[Session, ...]) -> Facts:
    """As known after half of the sessions."""
    half = plan[: SESSIONS // 2]
    return Facts(
        now=half[-1].end + dt.timedelta(hours=1),
        sessions=plan,
        presences={each.id: presence(draw, each) for each in half},
        progress=Progress(draw.randint(5, 20), 20),
        scores={part: Score(Fraction(draw.randint(30, 100))) for part in ("assignment", "exam")},
        credits=2,
    )


def rows(people: int) -> Iterator[dict[str, Any]]:
    draw = random.Random(2)
    for at in range(people):
        marks = [Fraction(draw.randint(0, 1000), 10) for _ in range(4)]
        yield {
            "course_code": "0071", "school": f"학교{at % 300:03d}", "category": "중등", "name": f"이름{at:05d}",
            "birth_date": dt.date(1970, 1, 1) + dt.timedelta(days=at % 9_000), "online_exam": marks[0], "assignment": marks[1],
            "participation": marks[2], "converted": marks[3], "status": "이수", "office": "서울특별시교육청",
            "district": "서부교육지원청", "completion_number": f"제 ○○교육연수원-원격-2026-{at + 1:06d}호",
        }  # fmt: skip


def report(title: str, work: Callable[[], Any]) -> Any:
    cpu, wall, result = timed(work)
    print(f"| {title} | {cpu:.2f} | {wall:.2f} |", flush=True)
    return result


def evaluations(rule: Rule, people: int) -> None:
    draw, plan = random.Random(1), sessions()
    everybody = [facts(draw, plan) for _ in range(people)]
    found = report(
        f"{people} people x {SESSIONS} sessions evaluated",
        lambda: Counter(evaluate(rule, each).outcome for each in everybody),
    )
    report("one person evaluated 1,000 times", lambda: [evaluate(rule, everybody[0]) for _ in range(1000)])
    print(f"\n{dict(found)}\n")


def sheets(people: int) -> None:
    with tempfile.TemporaryFile() as file:
        report(f"{people} rows written", lambda: write_sheet(file, RESULTS, rows(people)))
        read = report(f"{people} rows read", lambda: read_sheet(file, RESULTS))
    known = dict(enumerate(rows(people)))
    found = report(f"{people} rows compared", lambda: difference(read, known))
    assert (len(read.rows), found.changes, found.problems) == (people, (), ())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10_000)
    people = parser.parse_args().people
    loaded = load_rules("bench.yaml", RULES)
    assert loaded.book is not None, loaded.problems
    print(f"{machine()}\n\n| | CPU s | wall s |\n|---|---|---|")
    sheets(people)
    evaluations(loaded.book.rules[0], people)
    print(f"At most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB of memory.")


if __name__ == "__main__":
    main()
