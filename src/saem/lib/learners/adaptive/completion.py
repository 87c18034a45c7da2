"""Can a test still be completed? Counted where every item has one skill, solved as an integer program elsewhere."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from saem.lib.learners.responses import Booleans

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Rest:
    """What is left of a test: `items` more items, from classes of like items.

    `skills` (c, s) says which limited skills the items of each class have, `groups` (c, g) which groups of enemies they
    belong to (at most one item of a group is taken), `supply` (c,) how many there are; `least` and `most` (s,) are what
    is still needed and allowed of each skill.
    """

    skills: Booleans
    groups: Booleans
    supply: Counts
    least: Counts
    most: Counts
    items: int


def completable(rest: Rest) -> bool:
    """Whether there is such a choice of items; exact."""
    of_item = rest.skills.sum(axis=1)
    if (rest.most < 0).any() or rest.items < 0 or rest.least.max(initial=0) > rest.items:
        return False
    return _counted(rest) if not rest.groups.any() and (of_item <= 1).all() else _solved(rest)


def _counted(rest: Rest) -> bool:
    of_skill = rest.supply @ rest.skills
    free = int(rest.supply[~rest.skills.any(axis=1)].sum())
    room = int(np.minimum(of_skill, rest.most).sum()) + free
    return bool((of_skill >= rest.least).all() and rest.least.sum() <= rest.items <= room)


def _solved(rest: Rest) -> bool:
    classes, groups = rest.groups.shape
    rows = np.vstack([rest.skills.T, rest.groups.T, np.ones((1, classes))]).astype(np.float64)
    lower = np.concatenate([rest.least, np.zeros(groups), [rest.items]])
    upper = np.concatenate([rest.most, np.ones(groups), [rest.items]])
    found = milp(
        np.zeros(classes),
        constraints=LinearConstraint(rows, lower, upper),
        integrality=np.ones(classes),
        bounds=Bounds(np.zeros(classes), rest.supply.astype(np.float64)),
    )
    return bool(found.success)
