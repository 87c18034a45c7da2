"""Do persons answer as their ability says: lz, and lz* that knows ability was estimated."""

from dataclasses import dataclass

import numpy as np

from saem.lib.learners.responses import Floats

from .abilities import Abilities, Ability, answers_of
from .families import Family
from .quadrature import Grid
from .table import Table


@dataclass(frozen=True)
class PersonFit:
    """(persons,) each. `lz` (Drasgow, Levine & Williams 1985) is too narrow, as it takes ability as known; `lz_star`
    (Snijders 2001; Sinharay 2016 for categories) corrects that, and is NaN for EAP, which solves no score equation.
    Far below 0 means improbable answers. NaN where nothing was answered, or no estimate exists.
    """

    lz: Floats
    lz_star: Floats


def person_fit(table: Table, family: Family, values: Floats, found: Abilities, grid: Grid | None = None) -> PersonFit:
    """Fit of each person at these abilities; `grid` holds the population of MAP estimates (default: N(0, 1))."""
    grid = grid or Grid()
    lz, star = np.full(table.persons, np.nan), np.full(table.persons, np.nan)
    for part in table.parts(table.items * family.categories):
        rows = table.order[part.rows]
        theta = found.theta[rows]
        answers = answers_of(part, table)
        asked = answers.sum(axis=1)
        weights = family.log_chances(values, theta)
        chances, by = np.exp(weights), family.ability_derivatives(values, theta)
        surprise = ((answers - asked[:, None] * chances) * weights).sum(axis=(0, 1))
        lz[rows] = _divided(surprise, _variance(asked, chances, weights))
        if found.method != Ability.EAP:
            information = np.einsum("jn,jkn,jkn->n", asked, chances, by**2)
            pull = _divided_by(np.einsum("jn,jkn,jkn,jkn->n", asked, chances, by, weights), information)
            prior = -(theta - grid.mean) / grid.deviation**2 if found.method == Ability.MAP else 0.0
            variance = _variance(asked, chances, weights - pull * by)
            star[rows] = _divided(surprise + pull * prior, variance)
    unknown = ~found.bounded
    lz[unknown], star[unknown] = np.nan, np.nan
    return PersonFit(lz, star)


def _variance(asked: Floats, chances: Floats, weights: Floats) -> Floats:
    mean = (chances * weights).sum(axis=1, keepdims=True)
    return np.asarray((asked * (chances * (weights - mean) ** 2).sum(axis=1)).sum(axis=0))


def _divided(above: Floats, variance: Floats) -> Floats:
    return _divided_by(above, np.sqrt(variance))


def _divided_by(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full_like(below, np.nan), where=below > 0)
