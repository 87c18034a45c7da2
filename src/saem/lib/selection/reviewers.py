"""Who reviews which application: no conflicts of interest, nobody above their limit, near to their fields, even loads.

The goals, in this order:
1. Nobody reviews an application they are tied to (the same school, institution, family …) or barred from.
2. As many of the wanted reviews as possible are given; no reviewer twice for one application, nobody above their limit.
3. The greatest load is as small as possible; with `ease`, it may be that share larger, so that fields count more.
4. As few reviews as possible lie outside the reviewer's tracks.
5. As few as possible lie above the even load.
Names and their order decide nothing: a seed does, by the draw of `lottery.py`, and it mixes who reads together with
whom, so that reviewers can be compared (`agreement.py`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import ceil

import numpy as np

from saem.lib.selection.assignment import Assignment, Reading, Reviewer
from saem.lib.selection.desk import Desk, tied
from saem.lib.selection.errors import SelectionError
from saem.lib.selection.problems import Code, Problem, problem, repeated


def check_reviewers(readings: Sequence[Reading], reviewers: Sequence[Reviewer]) -> tuple[Problem, ...]:
    """Repeated names, limits below nothing, declared conflicts with nobody known."""
    known = {reviewer.id for reviewer in reviewers}
    return (
        *(problem(name, Code.REPEATED_REVIEWER) for name in repeated(each.id for each in reviewers)),
        *(problem(each.id, Code.BAD_LIMIT, limit=each.limit) for each in reviewers if each.limit < 0),
        *(
            problem(name, Code.REPEATED_APPLICATION, application=name)
            for name in repeated(each.id for each in readings)
        ),
        *(
            problem(f"{each.id}.barred", Code.UNKNOWN_REVIEWER, reviewer=name)
            for each in readings
            for name in sorted(each.barred - known)
        ),
    )


def assign(
    readings: Sequence[Reading],
    reviewers: Sequence[Reviewer],
    each: int,
    *,
    seed: str,
    ease: float = 0.0,
    given: Mapping[str, Collection[str]] | None = None,
) -> Assignment:
    """`each` reviewers for each application; reviews `given` already (by application) stay and count for limits.

    Where a reviewer drops out, leave them out of `reviewers`: their reviews in `given` are then given anew and no other
    moves. What cannot be given is in `unmet`, with a `shortage` that says why. Raises SelectionError for lists with
    problems (`check_reviewers`), a negative number of reviews or an ease outside 0 to 10.
    """
    found = check_reviewers(readings, reviewers)
    if found or each < 0 or not 0 <= ease <= 10:  # noqa: PLR2004 - also refuses NaN
        raise SelectionError(f"{found[0].code} {found[0].place}" if found else "a number out of range")
    desk = Desk(readings, reviewers, each, seed, given or {})
    transport = desk.transport()
    number = transport.most(transport.room)
    room = transport.under(ceil(transport.lowest_peak(number) * (1 + ease)))
    reviews = transport.best(number, room) if number else np.zeros(transport.may.shape, dtype=np.int64)
    return desk.deal(transport, reviews)


def conflicts(readings: Iterable[Reading], reviewers: Iterable[Reviewer]) -> frozenset[tuple[str, str]]:
    """All pairs (application, reviewer) that must not meet, for `scoring.score`."""
    by_tie = tied(reviewers)
    return frozenset(
        (reading.id, name)
        for reading in readings
        for name in reading.barred.union(*(by_tie.get(tie, ()) for tie in reading.ties))
    )
