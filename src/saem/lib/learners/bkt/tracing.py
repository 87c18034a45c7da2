"""One-step-ahead chances for many students at once, and the bands that an individual prior goes by."""

from typing import NamedTuple

import numpy as np
from numba import njit

from .sequences import Booleans, Floats, Narrow

# Band 0 is of students with fewer earlier responses than this; the others split the rest by their share of right ones.
ACQUAINTED = 5
BANDS = 4


class Rows(NamedTuple):
    """Columns (n,) of responses; `cell` says which guess and slip a row has."""

    student: Narrow
    tag: Narrow
    cell: Narrow
    right: Booleans


class Rates(NamedTuple):
    """`change` (tags, 2) holds learn and forget, `prior` (tags, 1 or BANDS), `emission` (cells, 2) guess and slip;
    `cuts` (2,) part the bands.
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
    """The chance (n,) of a right answer in each row from the same student's earlier rows, in the order `by_student`."""
    chance = np.empty(len(rows.right))
    knows, met = np.empty(len(rates.change)), np.full(len(rates.change), -1)
    seen, rights, student = 0, 0, -1
    for row in by_student:
        if rows.student[row] != student:
            seen, rights, student = 0, 0, rows.student[row]
        tag = rows.tag[row]
        if met[tag] != student:
            met[tag] = student
            knows[tag] = rates.prior[tag, band_of(seen, rights, rates.cuts) if rates.prior.shape[1] > 1 else 0]
        guess, slip = rates.emission[rows.cell[row], 0], rates.emission[rows.cell[row], 1]
        right, before = 1.0 * rows.right[row], knows[tag]
        chance[row] = before * (1.0 - slip) + (1.0 - before) * guess
        # Right and wrong in one expression: no processor can foretell which it will be.
        known = slip + right * (1.0 - 2.0 * slip)
        after = before * known / (1.0 - chance[row] + right * (2.0 * chance[row] - 1.0))
        knows[tag] = after * (1.0 - rates.change[tag, 1]) + (1.0 - after) * rates.change[tag, 0]
        seen += 1
        rights += rows.right[row]
    return chance
