"""Who answered what, laid out for the E-step: counts of each category, and who was asked the same items."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from saem.lib.learners.errors import ResponsesError
from saem.lib.learners.responses import Floats

Matrix = Any  # (persons, items) of small whole numbers: a dense array, or a CSR array where few were asked each item
Places = NDArray[np.int64]

DENSE_SHARE = 0.1
# So many numbers are worked on at a time: what fits the second-level cache.
BLOCK = 200_000
# More different booklets than this, and each person is treated as having one of their own.
MOST_BOOKLETS = 64


@dataclass(frozen=True)
class Part:
    """Some rows of a table, as floating-point numbers."""

    rows: slice
    picks: tuple[Matrix, ...]
    asked: Matrix | None
    booklet: Places | None

    @cached_property
    def scores(self) -> Matrix:
        """(rows, items): the sum of the categories answered."""
        total = self.picks[0]
        for category, pick in enumerate(self.picks[1:], start=2):
            total = total + category * pick
        return total


@dataclass(frozen=True)
class Table:
    """`picks[k - 1]` (persons, items) says how often a person answered an item in category k = 1, 2, …; `asked` how
    often they were asked it, None where everyone answered everything once. `counts` (items, categories) are totals.

    Persons of one booklet (the same `asked`) stand together: row r is person `order[r]`. `booklet` (persons,) points
    into `booklets` (g, items) where these are few, and is None where nearly everyone has their own.
    """

    picks: tuple[Matrix, ...]
    asked: Matrix | None
    counts: Floats
    order: Places
    booklet: Places | None
    booklets: Floats

    @property
    def persons(self) -> int:
        return len(self.order)

    @property
    def items(self) -> int:
        return len(self.counts)

    @property
    def categories(self) -> int:
        return int(self.counts.shape[1])

    def parts(self, columns: int) -> Iterator[Part]:
        """All rows in blocks that suit so many numbers for each person."""
        wide = 0 if sparse.issparse(self.picks[0]) else self.items
        size = max(16, BLOCK // max(columns, wide))
        for start in range(0, self.persons, size):
            rows = slice(start, min(start + size, self.persons))
            yield Part(
                rows,
                tuple(_numbers(pick[rows]) for pick in self.picks),
                None if self.asked is None or self.booklet is not None else _numbers(self.asked[rows]),
                None if self.booklet is None else self.booklet[rows],
            )

    @classmethod
    def from_matrix(cls, scores: NDArray[Any], categories: int = 2) -> "Table":
        """From whole numbers (persons, items), with -1 where a person was not asked.

        Raises ResponsesError `score_outside_categories` naming the row and the column.
        """
        scores = np.asarray(scores)
        wrong = np.argwhere((scores < -1) | (scores >= categories) | (scores != np.floor(scores)))
        if len(wrong):
            raise ResponsesError("score_outside_categories", row=int(wrong[0, 0]), where=f"column {wrong[0, 1]}")
        picks = tuple((scores == category).astype(np.uint8) for category in range(1, categories))
        there = scores >= 0
        asked = None if there.all() else there.astype(np.uint8)
        return _with_booklets(picks, asked, there.sum(axis=0))

    @classmethod
    def from_rows(
        cls, person: NDArray[Any], item: NDArray[Any], category: NDArray[Any], shape: tuple[int, int, int]
    ) -> "Table":
        """From one row for each response, as codes; `shape` counts persons, items and categories.

        An item that a person answered several times counts each time.
        """
        persons, items, categories = shape
        dense = len(person) >= DENSE_SHARE * persons * items
        count = _count_dense if dense else _count_sparse
        chosen = [category == each for each in range(1, categories)]
        picks = tuple(count(person[rows], item[rows], (persons, items)) for rows in chosen)
        asked = count(person, item, (persons, items))
        complete = dense and bool((asked == 1).all())
        return _with_booklets(picks, None if complete else asked, np.bincount(item, minlength=items))


def dense(matrix: Matrix) -> Floats:
    """The matrix as an ordinary array."""
    return np.asarray(matrix.toarray() if sparse.issparse(matrix) else matrix)


def _with_booklets(picks: tuple[Matrix, ...], asked: Matrix | None, responses: NDArray[Any]) -> Table:
    above = np.stack([np.asarray(pick.sum(axis=0, dtype=np.int64)).ravel() for pick in picks], axis=1)
    counts = np.concatenate([(responses - above.sum(axis=1))[:, None], above], axis=1).astype(np.float64)
    persons, items = picks[0].shape
    order = np.arange(persons)
    if asked is None:
        return Table(picks, None, counts, order, np.zeros(persons, dtype=np.int64), np.ones((1, items)))
    order, booklet, first = _same_rows(asked)
    if len(first) > MOST_BOOKLETS:
        return Table(picks, asked, counts, np.arange(persons), None, np.ones((0, items)))
    picks = tuple(pick[order] for pick in picks)
    return Table(picks, asked[order], counts, order, booklet[order], dense(asked[first]).astype(np.float64))


def _same_rows(matrix: Matrix) -> tuple[Places, Places, Places]:
    """An order that puts equal rows together, the group of each row, and one row of each group."""
    # Equal rows have equal sums of random 62-bit numbers; that others have, too, is as likely as a broken machine.
    marks = np.random.default_rng(0).integers(1, 2**62, size=matrix.shape[1], dtype=np.int64)
    sums = np.concatenate([matrix[at : at + 4096].astype(np.int64) @ marks for at in range(0, matrix.shape[0], 4096)])
    _, first, group = np.unique(sums, return_index=True, return_inverse=True)
    return np.argsort(group, kind="stable"), group, first


def _numbers(matrix: Matrix) -> Matrix:
    return matrix.astype(np.float64)


def _count_dense(person: NDArray[Any], item: NDArray[Any], shape: tuple[int, int]) -> Matrix:
    flat = person.astype(np.int64) * shape[1] + item
    counts = np.bincount(flat, minlength=shape[0] * shape[1]).reshape(shape)
    return counts.astype(np.uint8 if counts.max(initial=0) < 2**8 else np.int64)


def _count_sparse(person: NDArray[Any], item: NDArray[Any], shape: tuple[int, int]) -> Matrix:
    ones = np.ones(len(person), dtype=np.int64)
    return sparse.coo_array((ones, (person, item)), shape=shape).tocsr()
