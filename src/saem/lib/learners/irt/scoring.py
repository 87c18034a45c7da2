"""Points into categories and back: what the items' categories are worth, and rows that no category fits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.errors import ResponsesError
from saem.lib.learners.findings import Finding, Weight
from saem.lib.learners.responses import Codes, Floats, Responses

MOST_CATEGORIES = 25


@dataclass(frozen=True)
class Scoring:
    """`points` (items, K): what category 0, 1, … of an item gives, rising; `used` (items,) says how many there are.

    A category that nobody ever reached is left out, as its parameters could be anything.
    """

    points: Floats
    used: NDArray[np.int64]

    @classmethod
    def right_or_wrong(cls, items: int) -> "Scoring":
        return cls(np.tile([0.0, 1.0], (items, 1)), np.full(items, 2))

    @classmethod
    def seen_in(cls, responses: Responses) -> "Scoring":
        """The scores that occur; raises ResponsesError `score_not_whole` with the row, `too_many_categories`."""
        broken = np.flatnonzero(responses.score != np.floor(responses.score))
        if len(broken):
            raise ResponsesError(
                "score_not_whole", row=int(broken[0]), where=responses.items[responses.item[broken[0]]]
            )
        pairs = np.unique(np.stack([responses.item, responses.score], axis=1), axis=0)
        by_item = np.split(pairs[:, 1], np.searchsorted(pairs[:, 0], np.arange(1, len(responses.items))))
        each = [_at_least_two(scores) for scores in by_item]
        used = np.array([len(scores) for scores in each], dtype=np.int64)
        if used.max() > MOST_CATEGORIES:
            raise ResponsesError("too_many_categories", where=responses.items[int(used.argmax())])
        points = np.array([np.pad(scores, (0, used.max() - len(scores)), mode="edge") for scores in each])
        return cls(points, used)

    def most(self) -> Floats:
        """(items,): the points for the best answer."""
        return np.asarray(self.points[:, -1])

    def shares(self, chances: Floats) -> Floats:
        """(items, q): expected points as a share of the most, from chances (items, K, q)."""
        return np.asarray(np.einsum("jk,jkq->jq", self.points, chances) / self.most()[:, None])

    def categories_of(self, item: Codes, score: Floats) -> tuple[Codes, NDArray[np.bool_]]:
        """(n,) the category nearest to each score, and whether the item has exactly that score; 0 for item -1."""
        known = item >= 0
        distance = np.abs(self.points[np.where(known, item, 0)] - score[:, None])
        nearest = np.minimum(distance.argmin(axis=1), self.used[np.where(known, item, 0)] - 1)
        exact = distance.min(axis=1) == 0
        return np.where(known, nearest, 0).astype(np.int32), exact | ~known

    def gaps(self, items: Sequence[str]) -> list[Finding]:
        """A finding for each score below an item's best that nobody got."""
        return [
            Finding("category_never_used", f"{items[code]}: {missing}", weight=Weight.NOTE)
            for code in range(len(items))
            for missing in sorted(set(range(int(self.points[code, -1]))) - {int(point) for point in self.points[code]})
        ]


def _at_least_two(scores: Floats) -> Floats:
    """An item needs two categories to have a curve: where one score was seen, 0 (or 1) stands beside it."""
    if len(scores) > 1:
        return scores
    return np.array([0.0, scores[0]]) if len(scores) and scores[0] > 0 else np.array([0.0, 1.0])
