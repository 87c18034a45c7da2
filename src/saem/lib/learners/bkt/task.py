"""What the kernels are given: the sequences, what to fit on them, and space to work in."""

from typing import NamedTuple

import numpy as np
from numba import njit

from .sequences import BLOCK, Floats, Integers, Sequences

# Where a vector of parameters holds what; with bands of students and items, priors, guesses and slips are more.
LEARN, FORGET, PRIOR, GUESS, SLIP = 0, 1, 2, 3, 4
PARAMETERS = 5
# Rows of `Work.lanes`, see `kernels`.
WEIGHT, TOTAL, TOTAL_RIGHT, TOTAL_STEP, RIGHT, UNIT, EVIDENCE = 0, 1, 2, 3, 4, 5, 6


class Task(NamedTuple):
    """`totals` (tags, 3): students, responses and right answers of each tag.

    Parameters of a tag are `[learn, forget, prior × bands, guess × items, slip × items]`. `forgetting`: whether forget
    is fitted, else it stays. `pull`: how many responses' worth of prior draw bands and items of tag `k` towards
    `centre[place[k] : place[k + 1]]`; 0 for none. A climb ends when two strides running gained less than `tolerance`,
    or after `most` steps of EM. `plain`: nothing of all this, forget is 0, and the fast kernel serves.
    """

    data: Sequences
    totals: Floats
    plain: bool
    forgetting: bool
    pull: float
    centre: Floats
    place: Integers
    tolerance: float
    most: int


class Work(NamedTuple):
    """Lanes of the fast kernel, the path of one sequence in the general one, and expected counts.

    `sums` (6,) of the fast kernel: students who knew at first, learnt, and never learnt, steps and right answers
    without knowing, log-likelihood. Of the general one: `change` (4,) learnt, chances to learn, forgot, chances to forget;
    `band` (bands, 2) students who knew at first, students; `item` (items, 4) right answers and answers without knowing,
    right answers and answers with knowing.
    """

    lanes: Floats
    path: Floats
    sums: Floats
    change: Floats
    band: Floats
    item: Floats


@njit(cache=True, nogil=True, error_model="numpy")
def work_space(longest: int, bands: int, items: int) -> Work:
    """For sequences of at most `longest` responses."""
    return Work(
        np.empty((EVIDENCE + 1, BLOCK)),
        np.empty((longest, 2)),
        np.empty(6),
        np.empty(4),
        np.empty((bands, 2)),
        np.empty((items, 4)),
    )


@njit(cache=True, nogil=True, error_model="numpy")
def longest_of(data: Sequences, first: int, last: int) -> int:
    """The length of the longest sequence of the tags from `first` to `last`."""
    longest = 0
    for sequence in range(data.tag_sequence[first], data.tag_sequence[last]):
        longest = max(longest, data.length[sequence])
    return longest
