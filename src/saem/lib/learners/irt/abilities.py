"""Abilities of persons with their errors: EAP, MAP and maximum likelihood."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.responses import Booleans, Floats

from .bank import ItemBank
from .calibration import values_of
from .expectation import weights_of_parts
from .families import Family, FourParameter, PartialCredit
from .quadrature import FARTHEST, Grid
from .table import Part, Table, dense

MOST_STEPS = 60
SMALLEST_STEP = 1e-9


class Ability(StrEnum):
    """`eap`: the posterior's mean and deviation. `map`: its mode. `ml`: the likelihood's mode; it has none for a person
    with all answers right or all wrong, who gets the end of the scale and is not `bounded`.
    """

    EAP = "eap"
    MAP = "map"
    ML = "ml"


@dataclass(frozen=True)
class Abilities:
    """(persons,) each: `theta`, its standard error (infinite where there is no estimate), and whether one exists."""

    method: Ability
    theta: Floats
    error: Floats
    bounded: Booleans


def abilities(
    table: Table, family: Family, values: Floats, *, grid: Grid | None = None, method: Ability = Ability.EAP
) -> Abilities:
    """The ability of each person of a table under items as they are; `grid` holds the population (default: N(0, 1)).

    Errors of MAP and ML are from the expected information, that of MAP with the population's.
    """
    grid = grid or _fine_grid(table, family, values)
    theta, error = np.empty(table.persons), np.empty(table.persons)
    bounded = np.ones(table.persons, dtype=np.bool_)
    for part, weights in weights_of_parts(table, family, values, grid):
        if method == Ability.EAP:
            mean = weights @ grid.theta
            found = (
                mean,
                np.sqrt(np.maximum(weights @ grid.theta**2 - mean**2, 0.0)),
                np.ones(len(mean), dtype=np.bool_),
            )
        else:
            heights = np.log(np.maximum(weights, 1e-300)) - (grid.log_weights if method == Ability.ML else 0.0)
            start = grid.theta[heights.argmax(axis=1)]
            found = _mode(part, table, family, values, theta=start, population=grid if method == Ability.MAP else None)
        rows = table.order[part.rows]
        theta[rows], error[rows], bounded[rows] = found
    return Abilities(method, theta, error, bounded)


def family_of(bank: ItemBank) -> tuple[Family, Floats]:
    """The family and the values of a bank's items, so that known items score anybody."""
    used = np.full(len(bank), 2)
    plain = not bank.guess.any() and bool((bank.upper == 1).all())
    family: Family = PartialCredit(used) if plain else FourParameter(used)
    return family, values_of(family, bank)


def answers_of(part: Part, table: Table) -> NDArray[np.float64]:
    """(items, K, rows): how often each category was answered."""
    picks = [dense(pick) for pick in part.picks]
    asked = table.booklets[part.booklet] if part.booklet is not None else dense(part.asked)
    return np.stack([asked - sum(picks), *picks], axis=1).transpose(2, 1, 0)


def _fine_grid(table: Table, family: Family, values: Floats) -> Grid:
    grid = Grid()
    while True:
        variance = [
            np.maximum(weights @ grid.theta**2 - (weights @ grid.theta) ** 2, 0.0)
            for _, weights in weights_of_parts(table, family, values, grid)
        ]
        finer = grid.finer_for(np.concatenate(variance))
        if finer is grid:
            return grid
        grid = finer


def _mode(
    part: Part, table: Table, family: Family, values: Floats, *, theta: Floats, population: Grid | None
) -> tuple[Floats, Floats, Booleans]:
    """Fisher scoring from a start beside the highest peak."""
    answers = answers_of(part, table)
    asked = answers.sum(axis=1)
    precision = population.deviation**-2 if population else 0.0
    centre = population.mean if population else 0.0
    for _ in range(MOST_STEPS):
        by = family.ability_derivatives(values, theta)
        chances = np.exp(family.log_chances(values, theta))
        slope = np.einsum("jkn,jkn->n", answers, by) - precision * (theta - centre)
        information = np.einsum("jn,jkn,jkn->n", asked, chances, by**2) + precision
        step = np.clip(slope / np.maximum(information, 1e-12), -0.5, 0.5)
        theta = np.clip(theta + step, centre - FARTHEST, centre + FARTHEST)
        if np.abs(step[np.abs(theta - centre) < FARTHEST]).max(initial=0.0) < SMALLEST_STEP:
            break
    bounded = (np.abs(theta - centre) < FARTHEST) & (information > 0)
    return theta, np.where(bounded, 1.0 / np.sqrt(np.maximum(information, 1e-12)), np.inf), bounded
