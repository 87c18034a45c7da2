"""The second stage of a fit: items of a skill and bands of students, each drawn to the skill's own parameters."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .choices import Choices
from .kernels import refine_tags
from .sequences import Booleans, Floats, Integers, Narrow, sequences_of
from .spreading import over_tags
from .task import GUESS, PRIOR, SLIP, Task
from .tracing import ACQUAINTED, BANDS, bands_of, experience


@dataclass(frozen=True)
class Rows:
    """Columns (n,) of the responses, with tags counted from 0 without gaps; each student's rows in their order.

    `band` (n,) is the student's band just before the row, None without an individual prior; `cuts` (2,) part the bands.
    """

    right: Booleans
    tag: Narrow
    student: Narrow
    item: Narrow
    tags: int
    students: int
    items: int
    by_student: Narrow
    band: Narrow | None
    cuts: Floats


@dataclass(frozen=True)
class Refined:
    """`theta` (tags, 5) with what the second stage changed; for `prior`, `pair` and `emission` see `Table`."""

    theta: Floats
    prior: Floats
    pair: Integers
    emission: Floats
    likelihood: Floats
    steps: Integers
    converged: Booleans


def bands_before(by_student: Narrow, student: Narrow, right: Booleans, *, wanted: bool) -> tuple[Floats, Narrow | None]:
    """The shares that part the bands, into thirds of the rows of acquainted students, and each row's band."""
    if not wanted:
        return np.zeros(2), None
    seen, rights = experience(by_student, student, right)
    known = seen >= ACQUAINTED
    cuts = np.quantile(rights[known] / seen[known], [1 / 3, 2 / 3]) if known.any() else np.array([0.5, 0.75])
    return cuts, bands_of(seen, rights, cuts)


def refine(rows: Rows, task: Task, theta: Floats, choices: Choices) -> Refined:
    """Climb once more in each tag, from its parameters `theta` (tags, 5), with its items and bands."""
    bands = 1 if rows.band is None else BANDS
    pair, item = _pairs(rows) if choices.item_effects else (np.stack([np.arange(rows.tags)] * 2, axis=1), None)
    items = np.bincount(pair[:, 0], minlength=rows.tags)
    task = task._replace(
        data=sequences_of(
            rows.right, rows.tag, rows.student, tags=rows.tags, students=rows.students, item=item, band=rows.band
        ),
        plain=False,
        pull=float(choices.prior_weight),
        centre=np.concatenate([_laid_out(one, bands, each) for one, each in zip(theta, items, strict=True)]),
        place=np.concatenate([[0], np.cumsum(PRIOR + bands + 2 * items)]),
    )
    summit, likelihood, steps, converged = over_tags(refine_tags, task, choices.jobs, bands)
    vectors = [summit[begin:end] for begin, end in pairwise(task.place)]
    emission = np.concatenate([vector[PRIOR + bands :].reshape(2, -1).T for vector in vectors])
    prior = np.array([vector[PRIOR : PRIOR + bands] for vector in vectors])
    changed = theta.copy()
    changed[:, :PRIOR] = [vector[:PRIOR] for vector in vectors]
    if rows.band is None:
        changed[:, PRIOR] = prior[:, 0]
    if item is None:
        changed[:, [GUESS, SLIP]] = emission
        pair, emission = pair[:0], emission[:0]
    return Refined(changed, prior, pair, emission, likelihood, steps, converged)


def _laid_out(theta: Floats, bands: int, items: int) -> Floats:
    """The plain parameters (5,), repeated for every band and item."""
    return np.concatenate([theta[:PRIOR], np.repeat(theta[PRIOR:], (bands, items, items))])


def _pairs(rows: Rows) -> tuple[Integers, Narrow]:
    """The pairs (pairs, 2) of tag and item that occur, and each row's item counted within its tag."""
    keys, which = np.unique(rows.tag.astype(np.int64) * rows.items + rows.item, return_inverse=True)
    pair = np.stack(np.divmod(keys, rows.items), axis=1)
    first = np.searchsorted(pair[:, 0], np.arange(rows.tags))
    return pair, (which - first[rows.tag]).astype(np.int32)
