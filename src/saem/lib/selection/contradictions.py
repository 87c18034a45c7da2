"""Whether hard quotas can hold together at all, whoever applies: asked before a selection opens."""

from itertools import product
from math import prod

import numpy as np

from saem.lib.selection.counting import FREE, Kinds, Limits, Side
from saem.lib.selection.goals import SEATS
from saem.lib.selection.quotas import counts_for
from saem.lib.selection.rules import Quota, SelectionRules, Strength, least_of, most_of

# Beyond this many kinds of people the question is left to the day on which applications are known.
MOST_KINDS = 4096


def contradiction(rules: SelectionRules) -> tuple[Side, ...]:
    """An irreducible set of hard quotas (and the seats) that no people could meet together; empty where there is none.

    Quotas must name known attributes and values. Values that no quota tells apart are one; where there are more than
    `MOST_KINDS` kinds of people even so, nothing is claimed.
    """
    hard = [quota for quota in rules.quotas if quota.strength is Strength.HARD]
    names = sorted({attribute for quota in hard for attribute in quota.where})
    values = [_told_apart(rules, hard, name) for name in names]
    if not hard or prod(map(len, values)) > MOST_KINDS:
        return ()
    everybody = [dict(zip(names, each, strict=True)) for each in product(*values)]
    rows = [[counts_for(quota, person) for person in everybody] for quota in hard] + [[True] * len(everybody)]
    kinds = Kinds(np.array(rows, dtype=np.int64), np.full(len(everybody), rules.seats))
    nobody, limits = np.zeros(len(everybody), dtype=np.int64), _limits(rules, hard)
    if kinds.find(nobody, limits) is not None:
        return ()
    return kinds.conflict(nobody, limits, [*(quota.id for quota in hard), SEATS])


def _told_apart(rules: SelectionRules, hard: list[Quota], attribute: str) -> list[str]:
    """One value for each way in which quotas look at an attribute."""
    naming = [quota.where[attribute] for quota in hard if attribute in quota.where]
    seen = {tuple(value in values for values in naming): value for value in rules.attributes[attribute]}
    return list(seen.values())


def _limits(rules: SelectionRules, hard: list[Quota]) -> Limits:
    least = [least_of(quota.at_least, rules.seats) for quota in hard] + [0]
    most = [int(FREE) if quota.at_most is None else most_of(quota.at_most, rules.seats) for quota in hard]
    return Limits(np.array(least, dtype=np.int64), np.array([*most, rules.seats], dtype=np.int64))
