"""Do the items follow their curves: S-X2 within booklets, infit and outfit everywhere."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from saem.lib.learners.responses import Floats

from .expectation import expect, weights_of_parts
from .families import BINARY, Family
from .quadrature import Grid
from .table import Table, dense

LEAST_EXPECTED = 1.0


@dataclass(frozen=True)
class ItemFit:
    """(items,) each. `chi2`, `df` and `p`: S-X2 (Orlando & Thissen 2000), NaN where it cannot be had: more than two
    categories, an item asked twice, or nearly as many booklets as persons. `infit` and `outfit`: mean squares of
    residuals, averaged over posteriors; 1 is expected under the model, more means noisier than the model says.
    """

    responses: Floats
    chi2: Floats
    df: Floats
    p: Floats
    infit: Floats
    outfit: Floats


def item_fit(table: Table, family: Family, values: Floats, grid: Grid) -> ItemFit:
    """Fit of each item; with data missing by design S-X2 is added up over the booklets.

    The mean squares average over each posterior rather than plug in an estimate of ability, so that their expectation
    is exactly 1 when the model holds, however short the test.
    """
    infit, outfit = _mean_squares(table, family, values, grid)
    chi2, cells = np.zeros(table.items), np.zeros(table.items)
    possible = family.categories == BINARY and table.booklet is not None
    for booklet, asked in enumerate(table.booklets if possible else ()):
        if set(np.unique(asked)) <= {0.0, 1.0} and asked.sum() > 1:
            _add_sums_of_scores(table, family, values, grid, booklet=booklet, into=(chi2, cells))
    df = cells - family.exists().sum(axis=1)
    with_p = df > 0
    df = np.where(with_p, df, np.nan)
    chi2 = np.where(with_p, chi2, np.nan)
    return ItemFit(table.counts.sum(axis=1), chi2, df, stats.chi2.sf(chi2, df), infit, outfit)


def score_shares(right: Floats) -> Floats:
    """(items + 1, q): the chance of each number of right answers, from chances (items, q) (Lord & Wingersky 1984)."""
    shares = np.zeros((len(right) + 1, right.shape[1]))
    shares[0] = 1.0
    for count, chance in enumerate(right, start=1):
        shares[1 : count + 1] = shares[1 : count + 1] * (1 - chance) + shares[:count] * chance
        shares[0] *= 1 - chance
    return shares


def without_item(shares: Floats, chance: Floats) -> Floats:
    """(items, q): the same with one item of this chance (q,) taken out again."""
    rest = np.zeros((len(shares) - 1, shares.shape[1]))
    # Dividing by the larger of the two chances keeps errors from growing: from below or from above.
    easy = chance > 0.5  # noqa: PLR2004  # a half is a half
    low, high = 1 - chance[~easy], chance[easy]
    before = np.zeros(len(low))
    for score in range(len(rest)):
        before = (shares[score, ~easy] - chance[~easy] * before) / low
        rest[score, ~easy] = before
    after = np.zeros(len(high))
    for score in range(len(rest) - 1, -1, -1):
        after = (shares[score + 1, easy] - (1 - high) * after) / high
        rest[score, easy] = after
    return rest


def _mean_squares(table: Table, family: Family, values: Floats, grid: Grid) -> tuple[Floats, Floats]:
    chances = np.exp(family.log_chances(values, grid.theta))
    nodes = expect(table, family, values, grid).nodes
    counts = np.zeros_like(chances)
    for part, weights in weights_of_parts(table, family, values, grid):
        for category, pick in enumerate(part.picks, start=1):
            counts[:, category] += pick.T @ weights
    counts[:, 0] = nodes - counts[:, 1:].sum(axis=1)
    points = np.arange(family.categories)
    expected = np.einsum("k,jkq->jq", points, chances)
    away = (points[:, None] - expected[:, None]) ** 2
    variance = np.maximum((away * chances).sum(axis=1), 1e-12)
    squares = (counts * away).sum(axis=1)
    asked = np.maximum(table.counts.sum(axis=1), 1e-12)
    return squares.sum(axis=1) / (nodes * variance).sum(axis=1), (squares / variance).sum(axis=1) / asked


def _add_sums_of_scores(
    table: Table, family: Family, values: Floats, grid: Grid, *, booklet: int, into: tuple[Floats, Floats]
) -> None:
    """Add one booklet's chi-square and its number of cells to each of its items."""
    items = np.flatnonzero(table.booklets[booklet])
    pick = table.picks[0][np.asarray(table.booklet == booklet)]
    right = dense(pick)[:, items].astype(np.int64)
    total = right.sum(axis=1)
    persons = np.bincount(total, minlength=len(items) + 1).astype(np.float64)
    chances = np.exp(family.log_chances(values, grid.theta)[items, 1])
    population = np.exp(grid.log_weights)
    shares = score_shares(chances)
    marginal = np.maximum(shares @ population, 1e-300)
    for place, item in enumerate(items):
        both = without_item(shares, chances[place]) * chances[place] @ population
        expected = np.clip(both[:-1] / marginal[1:-1], 0.0, 1.0)
        observed = np.bincount(total, weights=right[:, place], minlength=len(items) + 1)
        chi2, cells = _collapsed(observed[1:-1].astype(np.float64), persons[1:-1], expected)
        into[0][item] += chi2
        into[1][item] += cells


def _collapsed(right: Floats, persons: Floats, expected: Floats) -> tuple[float, int]:
    """Chi-square over scores, neighbours taken together until each cell expects one right and one wrong answer."""
    cells: list[list[float]] = []
    now = [0.0, 0.0, 0.0]
    for one in zip(right, persons, persons * expected, strict=True):
        now = [before + more for before, more in zip(now, one, strict=True)]
        if min(now[2], now[1] - now[2]) >= LEAST_EXPECTED:
            cells.append(now)
            now = [0.0, 0.0, 0.0]
    if cells:
        cells[-1] = [before + more for before, more in zip(cells[-1], now, strict=True)]
    chi2 = sum((seen - hoped) ** 2 * (1 / hoped + 1 / (count - hoped)) for seen, count, hoped in cells)
    return float(chi2), len(cells)
