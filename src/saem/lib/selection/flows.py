"""How many reviews of each kind each reviewer writes: a transport problem with limits, solved in whole numbers.

Applications with the same track, the same barred reviewers and the same need are of one kind. Edges carry at most one
review for each application, so that the counts can be dealt out to distinct reviewers (`reviewers.py`).
Feasibility and the smallest greatest load come from maximum flows (Dinic 1970, in scipy); the best match from a linear
program whose matrix is totally unimodular (a network), so that the simplex method ends at whole numbers
(Hoffman and Kruskal 1956); they are verified.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse.csgraph import maximum_flow

from saem.lib.selection.errors import SolverError

Counts = NDArray[np.int64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Transport:
    """`size` (g,) applications of each kind, `need` (g,) reviews for each of them; `may` (g, r) who may review what and
    `fits` (g, r) whose field it is; `room` and `loads` (r,): how many more reviews somebody can take, and has already.
    """

    size: Counts
    need: Counts
    may: Booleans
    fits: Booleans
    room: Counts
    loads: Counts

    @property
    def wanted(self) -> int:
        return int(self.size @ self.need)

    @cached_property
    def edges(self) -> tuple[Counts, Counts]:
        kinds, reviewers = np.nonzero(self.may)
        return kinds, reviewers

    def most(self, room: Counts) -> int:
        """The most reviews that can be given with this room (r,)."""
        kinds, reviewers = self.edges
        count, width = len(self.size), len(room)
        source, sink = count + width, count + width + 1
        start = np.concatenate([np.full(count, source), kinds, count + np.arange(width)])
        end = np.concatenate([np.arange(count), count + reviewers, np.full(width, sink)])
        capacity = np.concatenate([self.size * self.need, self.size[kinds], room]).astype(np.int32)
        graph = sparse.csr_matrix((capacity, (start, end)), shape=(sink + 1, sink + 1))
        return int(maximum_flow(graph, source, sink).flow_value)

    def lowest_peak(self, given: int) -> int:
        """The smallest load that nobody need exceed where `given` reviews are given; no less than what is there."""
        low, high = int(self.loads.max(initial=0)), int((self.loads + self.room).max(initial=0))
        while low < high:
            middle = (low + high) // 2
            if self.most(self.under(middle)) >= given:
                high = middle
            else:
                low = middle + 1
        return low

    def under(self, peak: int) -> Counts:
        """The room where nobody's load may pass `peak`."""
        return np.clip(peak - self.loads, 0, self.room)

    def best(self, given: int, room: Counts) -> Counts:
        """Reviews (g, r), `given` in all: the fewest outside somebody's field, then the fewest above an even load."""
        kinds, reviewers = self.edges
        edges, count, width = len(kinds), len(self.size), len(room)
        even = (given + int(self.loads.sum())) // max(1, width)
        free = np.clip(even - self.loads, 0, room)
        # Columns: an edge each, then for each reviewer what goes above the even load.
        cost = np.concatenate([np.where(self.fits[kinds, reviewers], 0, given + 1), np.ones(width)])
        of_kind = sparse.csr_matrix((np.ones(edges), (kinds, np.arange(edges))), shape=(count, edges + width))
        load = sparse.csr_matrix((np.ones(edges), (reviewers, np.arange(edges))), shape=(width, edges))
        of_reviewer = sparse.hstack([load, -sparse.identity(width)]).tocsr()
        everything = sparse.csr_matrix(np.repeat([1.0, 0.0], [edges, width]))
        # Where everything is given, each kind has an equation of its own, which is the easier program.
        is_full = given == self.wanted
        done = linprog(
            cost,
            A_ub=of_reviewer if is_full else sparse.vstack([of_reviewer, of_kind]).tocsr(),
            b_ub=free if is_full else np.concatenate([free, self.size * self.need]),
            A_eq=of_kind if is_full else everything,
            b_eq=self.size * self.need if is_full else [given],
            bounds=np.column_stack([np.zeros(edges + width), np.concatenate([self.size[kinds], room - free])]),
            method="highs-ds",
        )
        if done.x is None:
            raise SolverError(done.message)
        reviews = np.zeros(self.may.shape, dtype=np.int64)
        reviews[kinds, reviewers] = np.rint(done.x[:edges])
        is_kept = (reviews.sum(axis=0) <= room).all() and (reviews.sum(axis=1) <= self.size * self.need).all()
        if not is_kept or reviews.sum() != given or (reviews > self.size[:, None]).any():
            raise SolverError("reviews that do not keep the limits")
        return reviews

    def short(self, reviews: Counts) -> tuple[Booleans, Booleans]:
        """Kinds (g,) and reviewers (r,) that a shortage is made of: all those reached from kinds in want by exchange.

        These kinds need more than these reviewers can give, and nobody else may review them more (the minimum cut).
        """
        kinds, reviewers = reviews.sum(axis=1) < self.size * self.need, np.zeros(len(self.room), dtype=bool)
        while True:
            asked = (self.may & (reviews < self.size[:, None]))[kinds].any(axis=0)
            others = (reviews[:, asked] > 0).any(axis=1) | kinds
            if (others == kinds).all() and (asked == reviewers).all():
                return kinds, reviewers
            kinds, reviewers = others, asked
