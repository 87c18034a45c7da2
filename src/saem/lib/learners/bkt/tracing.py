"""One-step-ahead chances for many students at once, and the bands that an individual prior goes by."""

from typing import NamedTuple

import numpy as np
from numba import njit

from .sequences import Booleans, Floats, Narrow

# Band 0 is of students with fewer earlier responses than this; the others split the rest by their share of right ones.
ACQUAINTED = 5
BANDS = 4
# Weights whose sum has fallen below `TINY` are raised by a power of two, which rounds nothing. The smaller of the two
# keeps its digits down to odds of 1e200 against it, and counts for nothing beyond.
TINY, LIFT = 1e-100, 2.0**900
# Numbers that cannot be negative: for others, each access would first ask whether they count from the end.
INDEX = np.uint64
ONE = INDEX(1)


class Rows(NamedTuple):
    """Columns (n,) of responses; `cell` says which guess and slip a row has."""

    student: Narrow
    tag: Narrow
    cell: Narrow
    right: Booleans


class Rates(NamedTuple):
    """`change` (cells, 2) holds learn and forget of the cell's tag, `prior` (tags, 1 or BANDS), `emission` (cells, 2)
    guess and slip; `cuts` (2,) part the bands.
    """

    change: Floats
    prior: Floats
    emission: Floats
    cuts: Floats


@njit(cache=True, nogil=True, error_model="numpy")
def band_of(seen: int, right: int, cuts: Floats) -> int:
    """The band of a student who has given `seen` responses, `right` of them right; `cuts` (2,) are shares."""
    if seen < ACQUAINTED:
        return 0
    share = right / seen
    return 1 + int(share >= cuts[0]) + int(share >= cuts[1])


@njit(cache=True, nogil=True, error_model="numpy")
def experience(by_student: Narrow, student: Narrow, right: Booleans) -> tuple[Narrow, Narrow]:
    """How many responses, and right ones, the student of each row had given before it (over all tags)."""
    seen, rights = np.zeros(len(right), dtype=np.int32), np.zeros(len(right), dtype=np.int32)
    for i in range(1, len(by_student)):
        row, before = by_student[i], by_student[i - 1]
        if student[row] == student[before]:
            seen[row] = seen[before] + 1
            rights[row] = rights[before] + right[before]
    return seen, rights


@njit(cache=True, nogil=True, error_model="numpy")
def bands_of(seen: Narrow, right: Narrow, cuts: Floats) -> Narrow:
    """`band_of` for many students at once."""
    out = np.empty_like(seen)
    for row in range(len(seen)):
        out[row] = band_of(seen[row], right[row], cuts)
    return out


@njit(cache=True, nogil=True, error_model="numpy")
def trace(by_student: Narrow, rows: Rows, rates: Rates) -> Floats:
    """The chance (n,) of a right answer in each row from the same student's earlier rows, in the order `by_student`.

    What is carried from a student's row of a tag to the next are the weights of knowing and of not knowing, which are
    in the ratio of their chances but do not add up to one. So no row's division waits for that of the row before.
    """
    chance, met = np.empty(len(rows.right)), np.full(len(rates.prior), -1, dtype=np.int32)
    answer, move = _factors(rates)
    known, unknown = _first_weights(rates.prior)
    band, width = _bands(by_student, rows, rates), INDEX(rates.prior.shape[1] + 1)
    for place in range(len(by_student)):
        row = INDEX(by_student[place])
        student, right = rows.student[row], INDEX(rows.right[row])
        tag, cell = INDEX(rows.tag[row]), INDEX(rows.cell[row])
        now = tag * width
        fresh = now + ONE + INDEX(band[row]) if len(band) else now + ONE
        before = now if met[tag] == student else fresh
        met[tag] = student
        knows, knows_not = known[before], unknown[before]
        both = knows + knows_not
        chance[row] = (knows * answer[cell, 0] + knows_not * answer[cell, 1]) / both
        known[now] = knows * move[cell, right, 0] + knows_not * move[cell, right, 1]
        unknown[now] = knows * move[cell, right, 2] + knows_not * move[cell, right, 3]
        if both < TINY:
            known[now] *= LIFT
            unknown[now] *= LIFT
    return chance


@njit(cache=True, nogil=True, error_model="numpy")
def _factors(rates: Rates) -> tuple[Floats, Floats]:
    """Of each cell the chances (cells, 2) of a right answer from those who know and those who do not, and the factors
    (cells, 2, 4) by which a wrong and a right answer lead from knowing to knowing, from not knowing to knowing, from
    knowing to not knowing, and from not knowing to not knowing.
    """
    answer, move = np.empty((len(rates.emission), 2)), np.empty((len(rates.emission), 2, 4))
    for cell in range(len(answer)):
        (learn, forget), (guess, slip) = rates.change[cell], rates.emission[cell]
        answer[cell, 0], answer[cell, 1] = 1.0 - slip, guess
        for right in range(2):
            known, unknown = (1.0 - slip, guess) if right else (slip, 1.0 - guess)
            move[cell, right, 0], move[cell, right, 1] = known * (1.0 - forget), unknown * learn
            move[cell, right, 2], move[cell, right, 3] = known * forget, unknown * (1.0 - learn)
    return answer, move


@njit(cache=True, nogil=True, error_model="numpy")
def _first_weights(prior: Floats) -> tuple[Floats, Floats]:
    """For each tag a place for the weights of the student at hand, then the weights before a first row in each band.

    Two arrays rather than one of pairs: a pair would be read whole after its halves were written one by one, which
    makes a processor wait.
    """
    known = np.empty((len(prior), prior.shape[1] + 1))
    unknown = np.empty_like(known)
    known[:, 1:], unknown[:, 1:] = prior, 1.0 - prior
    return known.ravel(), unknown.ravel()


@njit(cache=True, nogil=True, error_model="numpy")
def _bands(by_student: Narrow, rows: Rows, rates: Rates) -> Narrow:
    """The band of each row, or none where there is one prior for all."""
    if rates.prior.shape[1] == 1:
        return np.empty(0, dtype=np.int32)
    seen, rights = experience(by_student, rows.student, rows.right)
    return bands_of(seen, rights, rates.cuts)
