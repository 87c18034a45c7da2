"""What the kernels are given: the sequences, what to fit on them, and space to work in."""

from typing import NamedTuple

from .sequences import Floats, Integers, Sequences

# Where a vector of parameters holds what; with bands of students and items, priors, guesses and slips are more.
LEARN, FORGET, PRIOR, GUESS, SLIP = 0, 1, 2, 3, 4
PARAMETERS = 5
# Rows of `Work.lanes`, see `kernels`.
WEIGHT, TOTAL, TOTAL_RIGHT, TOTAL_STEP, RIGHT, UNIT, SCALED, EVIDENCE = range(8)


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
    without knowing, log-likelihood. Of the general one: `change` (4,) learnt, chances to learn, forgot, chances to
    forget; `band` (bands, 2) students who knew at first, students; `item` (items, 4) right answers and answers without
    knowing, right answers and answers with knowing.
    """

    lanes: Floats
    path: Floats
    sums: Floats
    change: Floats
    band: Floats
    item: Floats
