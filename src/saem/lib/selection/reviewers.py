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

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

import numpy as np

from saem.lib.selection.errors import SelectionError
from saem.lib.selection.flows import Counts, Transport
from saem.lib.selection.lottery import Draw, drawn
from saem.lib.selection.problems import Code, Problem, problem, repeated


@dataclass(frozen=True, kw_only=True)
class Reviewer:
    """`limit` reviews in all; `tracks` are their fields; `ties` are names as "school:B10-7010537", shared with
    applicants.
    """

    id: str
    limit: int
    tracks: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An application to be read: an empty `track` is in everybody's field; `barred` are reviewers with a declared
    conflict.
    """

    id: str
    track: str = ""
    ties: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


class Reason(StrEnum):
    TOO_FEW_ALLOWED = "too_few_allowed"  # conflicts leave fewer reviewers than reviews are wanted
    ALL_FULL = "all_full"  # those who may have reached their limits


@dataclass(frozen=True)
class Unmet:
    """`missing` reviews of an application cannot be given; `allowed` is how many reviewers may review it."""

    application: str
    missing: int
    reason: Reason
    allowed: int


@dataclass(frozen=True)
class Shortage:
    """Why: these applications want `wanted` reviews more than they have room for with these reviewers, who have
    `room`.
    """

    applications: tuple[str, ...]
    reviewers: tuple[str, ...]
    wanted: int
    room: int


@dataclass(frozen=True)
class Assignment:
    """`reviewers` by application. `outside` of the given reviews are outside the reviewer's tracks."""

    reviewers: Mapping[str, tuple[str, ...]]
    outside: int
    unmet: tuple[Unmet, ...] = ()
    shortage: Shortage | None = None

    @property
    def loads(self) -> dict[str, int]:
        """Reviews by reviewer, of those who have any."""
        loads: dict[str, int] = defaultdict(int)
        for given in self.reviewers.values():
            for reviewer in given:
                loads[reviewer] += 1
        return dict(loads)


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
    desk = _Desk(readings, reviewers, each, seed, given or {})
    transport = desk.transport()
    number = transport.most(transport.room)
    room = transport.under(ceil(transport.lowest_peak(number) * (1 + ease)))
    reviews = transport.best(number, room) if number else np.zeros(transport.may.shape, dtype=np.int64)
    return desk.deal(transport, reviews)


def conflicts(readings: Iterable[Reading], reviewers: Iterable[Reviewer]) -> frozenset[tuple[str, str]]:
    """All pairs (application, reviewer) that must not meet, for `scoring.score`."""
    tied = _tied(reviewers)
    return frozenset(
        (reading.id, name)
        for reading in readings
        for name in reading.barred.union(*(tied.get(tie, ()) for tie in reading.ties))
    )


def _tied(reviewers: Iterable[Reviewer]) -> dict[str, list[str]]:
    tied: dict[str, list[str]] = defaultdict(list)
    for reviewer in reviewers:
        for tie in reviewer.ties:
            tied[tie].append(reviewer.id)
    return tied


class _Desk:
    """Sorts readings into kinds, in the order of the draw, and deals counts of reviews out to people."""

    def __init__(
        self,
        readings: Sequence[Reading],
        reviewers: Sequence[Reviewer],
        each: int,
        seed: str,
        given: Mapping[str, Collection[str]],
    ) -> None:
        by_name, people = {reading.id: reading for reading in readings}, {person.id: person for person in reviewers}
        self.seed = seed
        self.reviewers = [people[name] for name in drawn(Draw(seed, "reviewers"), people)]
        self.given = {name: tuple(each for each in given.get(name, ()) if each in people) for name in by_name}
        tied = _tied(reviewers)
        self.kinds: dict[tuple[str, frozenset[str], int], list[str]] = defaultdict(list)
        for name in drawn(Draw(seed, "applications"), by_name):
            reading = by_name[name]
            barred = reading.barred.union(*(tied.get(tie, ()) for tie in reading.ties), self.given[name])
            need = max(0, each - len(self.given[name]))
            self.kinds[reading.track, barred, need].append(name)

    def transport(self) -> Transport:
        place = {reviewer.id: at for at, reviewer in enumerate(self.reviewers)}
        loads = np.zeros(len(place), dtype=np.int64)
        for names in self.given.values():
            for name in names:
                loads[place[name]] += 1
        may = np.ones((len(self.kinds), len(place)), dtype=bool)
        for row, (_, barred, _) in enumerate(self.kinds):
            may[row, [place[name] for name in barred if name in place]] = False
        fits = np.array(
            [[not track or track in each.tracks for each in self.reviewers] for track, _, _ in self.kinds], dtype=bool
        ).reshape(may.shape)
        limits = np.array([reviewer.limit for reviewer in self.reviewers], dtype=np.int64)
        return Transport(
            size=np.array([len(names) for names in self.kinds.values()], dtype=np.int64),
            need=np.array([need for _, _, need in self.kinds], dtype=np.int64),
            may=may,
            fits=fits,
            room=np.maximum(limits - loads, 0),
            loads=loads,
        )

    def deal(self, transport: Transport, reviews: Counts) -> Assignment:
        assigned = {name: list(names) for name, names in self.given.items()}
        unmet = list[Unmet]()
        for row, ((_, _, need), names) in enumerate(self.kinds.items()):
            before = {name: len(assigned[name]) for name in names}
            for name, at in self._dealt(names, reviews[row]):
                assigned[name].append(self.reviewers[at].id)
            allowed = int(transport.may[row].sum())
            reason = Reason.TOO_FEW_ALLOWED if allowed < need else Reason.ALL_FULL
            missing = {name: need - len(assigned[name]) + before[name] for name in names}
            unmet += [Unmet(name, short, reason, allowed) for name, short in missing.items() if short]
        return Assignment(
            {name: tuple(sorted(names)) for name, names in sorted(assigned.items())},
            int(reviews[~transport.fits].sum()),
            tuple(sorted(unmet, key=lambda each: each.application)),
            self._shortage(transport, reviews) if unmet else None,
        )

    def _dealt(self, names: Sequence[str], row: Counts) -> Iterator[tuple[str, int]]:
        """Reviewers take blocks from one round of all `names` after another, each round in a new order.

        A block is no longer than a round. Whoever's block goes on into the next round has the end of the last one, and
        these come last in the next, so nobody meets an application twice.
        """
        order, at, number = list(names), 0, 0
        for reviewer in np.flatnonzero(row):
            block = list[str]()
            for _ in range(row[reviewer]):
                if at == len(order):
                    number, at = number + 1, 0
                    had = set(block)
                    mixed = drawn(Draw(self.seed, f"round {number}"), names)
                    order = sorted(mixed, key=lambda name: name in had)
                block.append(order[at])
                at += 1
            yield from ((name, int(reviewer)) for name in block)

    def _shortage(self, transport: Transport, reviews: Counts) -> Shortage:
        kinds, people = transport.short(reviews)
        names = [name for has, each in zip(kinds, self.kinds.values(), strict=True) if has for name in each]
        return Shortage(
            tuple(sorted(names)),
            tuple(sorted(reviewer.id for reviewer, has in zip(self.reviewers, people, strict=True) if has)),
            int((transport.size * transport.need)[kinds].sum()),
            int(transport.room[people].sum()),
        )
