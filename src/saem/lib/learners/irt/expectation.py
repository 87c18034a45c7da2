"""The E-step: what is expected of every item at every ability, given the answers and the items as they are now."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from saem.lib.learners.responses import Floats

from .families import Family, PartialCredit
from .quadrature import Grid
from .table import Part, Table

CHORDS = 65


@dataclass(frozen=True)
class Expected:
    """`nodes` (items, q): expected number of responses at each node, `population` (q,) of persons. Of the partial
    credit family `moments` (items,) hold the sums of score times expected ability, of others `counts` (items, K, q)
    the expected answers. `mean` and `variance` (persons,) are of each posterior, in the order of the table's rows.
    `log_chances` (items, K, q) are the curves that were used.
    """

    log_likelihood: float
    nodes: Floats
    population: Floats
    moments: Floats | None
    counts: Floats | None
    mean: Floats
    variance: Floats
    log_chances: Floats


def expect(table: Table, family: Family, values: Floats, grid: Grid) -> Expected:
    """One E-step.

    The partial credit family (1PL and 2PL among it) is an exponential family: a posterior depends on a person's
    answers only through their sum weighted by the slopes, and an item's score only on sums of posterior means. So no
    product of (persons, items) with (items, nodes) is formed unless every person has a booklet of their own.
    """
    tally = _Tally(table, family, values, grid)
    for part in table.parts(len(grid.theta)):
        tally.add(part)
    return tally.result()


def weights_of_parts(
    table: Table, family: Family, values: Floats, grid: Grid, *, columns: int = 0
) -> Iterator[tuple[Part, Floats]]:
    """The posteriors (rows, q) of each part of a table, in the order of its rows."""
    tally = _Tally(table, family, values, grid)
    for part in table.parts(max(columns, len(grid.theta))):
        heights, _ = tally.heights(part)
        yield part, heights / heights.sum(axis=1, keepdims=True)


class _Tally:
    def __init__(self, table: Table, family: Family, values: Floats, grid: Grid) -> None:
        self.table, self.values, self.grid = table, values, grid
        self.canonical = isinstance(family, PartialCredit)
        self.chances = family.log_chances(values, grid.theta)
        items, categories, nodes = self.chances.shape
        self.log_zero = self.chances[:, 0]
        # What a booklet adds to every one of its persons: the chance to answer all of it in category 0.
        self.base = table.booklets @ self.log_zero + grid.log_weights
        self.above = self.chances[:, 1:] - self.log_zero[:, None]
        self.log_likelihood = 0.0
        self.by_booklet = np.zeros((len(table.booklets), nodes))
        self.nodes = np.zeros((items, nodes))
        self.population = np.zeros(nodes)
        self.moments = np.zeros(items)
        self.counts = np.zeros((items, categories, nodes))
        self.mean = np.empty(table.persons)
        self.variance = np.empty(table.persons)
        self.powers = np.stack([np.ones(nodes), grid.theta, grid.theta**2], axis=1)

    def heights(self, part: Part) -> tuple[Floats, Floats]:
        """(rows, q) likelihood times population, scaled by exp(-peak) with peak (rows,) near its greatest logarithm."""
        if self.canonical and len(self.base) == 1:
            return self._heights_of_one_booklet(np.asarray(part.scores @ self.values[:, 0]))
        if self.canonical:
            heights = np.multiply.outer(np.asarray(part.scores @ self.values[:, 0]), self.grid.theta)
        else:
            heights = np.asarray(sum(pick @ self.above[:, k] for k, pick in enumerate(part.picks)))
        if part.booklet is None:
            assert part.asked is not None
            heights += part.asked @ self.log_zero
            heights += self.grid.log_weights
        else:
            heights += self.base[part.booklet]
        peak = heights.max(axis=1)
        heights -= peak[:, None]
        return np.exp(heights, out=heights), peak

    def _heights_of_one_booklet(self, scores: Floats) -> tuple[Floats, Floats]:
        # The peak is a convex function of the score, so that its chords lie above it: nothing overflows, and between
        # so many of them too little is lost to matter.
        few = np.linspace(scores.min(), scores.max(), CHORDS)
        peak = np.interp(scores, few, (np.multiply.outer(few, self.grid.theta) + self.base[0]).max(axis=1))
        nodes = np.stack([self.grid.theta, self.base[0], np.full(len(self.grid.theta), -1.0)])
        heights = np.stack([scores, np.ones(len(scores)), peak], axis=1) @ nodes
        return np.exp(heights, out=heights), peak

    def add(self, part: Part) -> None:
        heights, peak = self.heights(part)
        sums = heights @ self.powers
        total, mean = sums[:, 0], sums[:, 1] / sums[:, 0]
        self.log_likelihood += float((np.log(total) + peak).sum())
        self.mean[part.rows] = mean
        self.variance[part.rows] = np.maximum(sums[:, 2] / total - mean**2, 0.0)
        self._spread(part, heights, 1.0 / total)
        if self.canonical:
            self.moments += part.scores.T @ mean

    def _spread(self, part: Part, heights: Floats, scale: Floats) -> None:
        """Add the persons' posteriors to what is expected at each node."""
        if self.canonical and len(self.by_booklet) == 1:
            self.by_booklet[0] += scale @ heights
            return
        heights *= scale[:, None]
        if part.booklet is None:
            self.nodes += part.asked.T @ heights if part.asked is not None else 0.0
            self.population += heights.sum(axis=0)
        else:
            here, first = np.unique(part.booklet, return_index=True)
            self.by_booklet[here] += np.add.reduceat(heights, first, axis=0)
        if not self.canonical:
            for category, pick in enumerate(part.picks, start=1):
                self.counts[:, category] += pick.T @ heights

    def result(self) -> Expected:
        if self.table.booklet is not None:
            self.nodes = self.table.booklets.T @ self.by_booklet
            self.population = self.by_booklet.sum(axis=0)
        log_likelihood = self.log_likelihood
        if self.canonical:
            # The intercepts do not depend on ability: they enter the likelihood through the counts alone.
            log_likelihood += float((self.table.counts[:, 1:] * self.values[:, 1:]).sum())
        else:
            self.counts[:, 0] = self.nodes - self.counts[:, 1:].sum(axis=1)
        moments, counts = (self.moments, None) if self.canonical else (None, self.counts)
        return Expected(
            log_likelihood, self.nodes, self.population, moments, counts, self.mean, self.variance, self.chances
        )
