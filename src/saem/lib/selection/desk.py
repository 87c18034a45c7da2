"""Sorts readings into kinds for `flows.Transport`, and deals the counts it finds out to people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from saem.lib.selection.assignment import Assignment, Reading, Reason, Reviewer, Shortage, Unmet
from saem.lib.selection.flows import Counts, Transport
from saem.lib.selection.lottery import Draw, drawn


def tied(reviewers: Iterable[Reviewer]) -> dict[str, list[str]]:
    """Who has each tie."""
    found: dict[str, list[str]] = defaultdict(list)
    for reviewer in reviewers:
        for tie in reviewer.ties:
            found[tie].append(reviewer.id)
    return found


class Desk:
    """Kinds of readings in the order of the draw: of one track, with the same people barred, and of the same need."""

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
        by_tie = tied(reviewers)
        self.kinds: dict[tuple[str, frozenset[str], int], list[str]] = defaultdict(list)
        for name in drawn(Draw(seed, "applications"), by_name):
            reading = by_name[name]
            barred = reading.barred.union(*(by_tie.get(tie, ()) for tie in reading.ties), self.given[name])
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
