"""Calibrating items: from a table of answers to parameters, their errors and what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.findings import Finding, Weight
from saem.lib.learners.responses import Floats

from .bank import ItemBank
from .em import Solution, solve
from .families import BINARY, Family, FourParameter, PartialCredit, ThreeParameter
from .maximisation import Problem
from .priors import STEEPEST, default_priors, scarce_items
from .quadrature import Grid
from .standard_errors import Method, Uncertainty, uncertainty
from .table import Table

LEAST_ASYMPTOTE = 1e-9


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`tolerance`: stop when a scoring step hopes for less than so much log-likelihood. `slope_prior`: deviation of a
    normal prior around 1 on every slope, None for a flat one. `scarce`: an item with fewer answers than this outside
    its commonest category is drawn to the others. `starts` beyond the first begin at values drawn with `seed`.
    `errors`: how standard errors are found (see `Method`), `auto` for the best affordable, or `none`.
    """

    tolerance: float = 1e-6
    most_iterations: int = 500
    slope_prior: float | None = None
    scarce: int = 10
    starts: int = 1
    seed: int = 0
    errors: str = "auto"


@dataclass(frozen=True)
class Calibration:
    """`values` (items, p) as the family has them; `uncertainty` is None where no errors were asked for."""

    items: tuple[str, ...]
    family: Family
    table: Table
    solution: Solution
    uncertainty: Uncertainty | None
    scarce: NDArray[np.bool_]
    starts: int
    spread: float
    findings: tuple[Finding, ...]

    @property
    def values(self) -> Floats:
        return self.solution.values

    def errors(self) -> Floats:
        """(items, p): standard errors, NaN where there are none."""
        return np.full_like(self.values, np.nan) if self.uncertainty is None else self.uncertainty.errors()

    def bank(self) -> ItemBank:
        """The items of a right-or-wrong model; raises ParameterError for others."""
        return bank_of(self.items, self.family, self.values, self.uncertainty)


def calibrate(
    table: Table,
    family: Family,
    items: Sequence[str],
    settings: Settings | None = None,
    anchors: ItemBank | None = None,
) -> Calibration:
    """Fit a family to a table whose columns have these names.

    Items of `anchors` keep their parameters, and the population's mean and deviation are estimated instead of being 0
    and 1: what is calibrated with them is on their scale. Errors are then of the other items, given the population.

    Answers may be missing by design, at random, or because of answers that are there (adaptive tests). Booklets given
    to groups of different ability are none of these: calibrate each group alone and link the banks (`linking`).
    """
    settings = settings or Settings()
    scarce = scarce_items(table.counts, settings.scarce)
    start, free = _anchored(family, items, family.start(table.counts), anchors)
    priors = default_priors(family, family.start(table.counts), scarce, settings.slope_prior)
    problem = Problem(table, family, priors, free)
    solutions = [
        _solve(problem, each, settings, anchored=anchors is not None) for each in _starts(problem, start, settings)
    ]
    best = max(solutions, key=lambda each: each.penalised)
    errors = _errors(problem, best, settings)
    spread = float(np.std([each.penalised for each in solutions]))
    findings = [*_item_findings(items, table, scarce, best, free), *_fit_findings(best, errors)]
    return Calibration(tuple(items), family, table, best, errors, scarce, len(solutions), spread, tuple(findings))


def bank_of(items: Sequence[str], family: Family, values: Floats, errors: Uncertainty | None) -> ItemBank:
    """Slopes and intercepts as discrimination and difficulty (-d / a), with errors by the delta method."""
    if family.categories > BINARY:
        raise ParameterError("only right-or-wrong items make a bank; graded items have more than one difficulty")
    slope = np.where(np.abs(values[:, 0]) < LEAST_ASYMPTOTE, LEAST_ASYMPTOTE, values[:, 0])
    difficulty = -values[:, 1] / slope
    guess, upper = np.zeros_like(slope), np.ones_like(slope)
    if isinstance(family, FourParameter):
        guess, upper = family.asymptotes(values)
        upper = np.maximum(upper, np.nextafter(guess, 1.0))
    table = None if errors is None else _bank_errors(family, slope, difficulty, (guess, upper), errors.covariance)
    return ItemBank(tuple(items), slope, difficulty, guess, upper, errors=table)


def _bank_errors(
    family: Family, slope: Floats, difficulty: Floats, asymptotes: tuple[Floats, Floats], covariance: Floats
) -> Floats:
    table = np.full((len(slope), 4), np.nan)
    table[:, 0] = covariance[:, 0, 0]
    table[:, 1] = (
        covariance[:, 1, 1] + 2 * difficulty * covariance[:, 0, 1] + difficulty**2 * covariance[:, 0, 0]
    ) / slope**2
    for column in range(2, family.width):
        asymptote = asymptotes[column - 2]
        table[:, column] = covariance[:, column, column] * (asymptote * (1 - asymptote)) ** 2
    return np.asarray(np.sqrt(np.where(table >= 0, table, np.nan)))


def _anchored(
    family: Family, items: Sequence[str], start: Floats, anchors: ItemBank | None
) -> tuple[Floats, NDArray[np.bool_]]:
    free = family.exists()
    if anchors is None:
        return start, free
    if family.categories > BINARY:
        raise ParameterError("anchors are for right-or-wrong models")
    place = {name: code for code, name in enumerate(items)}
    rows = np.array([place[name] for name in anchors.items if name in place], dtype=np.int64)
    if not len(rows):
        raise ParameterError("none of the anchored items was answered")
    anchors = anchors.chosen([name for name in anchors.items if name in place])
    start[rows] = values_of(family, anchors)
    free[rows] = False
    if family.equal_slopes:
        if np.ptp(anchors.discrimination) > LEAST_ASYMPTOTE:
            raise ParameterError("anchors of a one-parameter model must have one discrimination")
        start[:, 0], free[:, 0] = anchors.discrimination[0], False
    return start, free


def values_of(family: Family, bank: ItemBank) -> Floats:
    """(items, p): a bank's items as a right-or-wrong family has them; raises ParameterError where it cannot."""
    columns = [bank.discrimination, -bank.discrimination * bank.difficulty]
    for asymptote in (bank.guess, bank.upper)[: family.width - 2]:
        inside = np.clip(asymptote, LEAST_ASYMPTOTE, 1 - LEAST_ASYMPTOTE)
        columns.append(np.log(inside) - np.log1p(-inside))
    if isinstance(family, PartialCredit) and (bank.guess.any() or (bank.upper < 1).any()):
        raise ParameterError("anchors that are guessed or slipped cannot anchor a model without guess and upper")
    if isinstance(family, ThreeParameter) and (bank.upper < 1).any():
        raise ParameterError("anchors that are slipped cannot anchor a three-parameter model")
    return np.stack(columns, axis=1)


def _starts(problem: Problem, start: Floats, settings: Settings) -> list[Floats]:
    """The first start is the data's; others are drawn around it."""
    random = np.random.default_rng(settings.seed)
    starts = [start]
    for _ in range(settings.starts - 1):
        drawn = start + random.normal(0.0, 0.5, start.shape)
        slopes = start[:, 0] * np.exp(random.normal(0.0, 0.4, len(start)))
        drawn[:, 0] = slopes[0] if problem.family.equal_slopes else slopes
        # Thresholds of a graded item must fall: sorting keeps a drawn start inside the model.
        if not isinstance(problem.family, FourParameter | PartialCredit):
            drawn[:, 1:] = -np.sort(-np.where(problem.family.exists()[:, 1:], drawn[:, 1:], -np.inf), axis=1)
            drawn[~problem.family.exists()] = 0.0
        starts.append(np.where(problem.free, drawn, start))
    return starts


def _solve(problem: Problem, start: Floats, settings: Settings, *, anchored: bool) -> Solution:
    return solve(
        problem, start, Grid(), tolerance=settings.tolerance, most=settings.most_iterations, free_population=anchored
    )


def _errors(problem: Problem, solution: Solution, settings: Settings) -> Uncertainty | None:
    if settings.errors == "none" or not problem.free.any():
        return None
    return uncertainty(problem, solution, None if settings.errors == "auto" else Method(settings.errors))


def _item_findings(
    items: Sequence[str], table: Table, scarce: NDArray[np.bool_], solution: Solution, free: NDArray[np.bool_]
) -> list[Finding]:
    counts, slopes = table.counts, solution.values[:, 0]
    few = [Finding(_scarcity(counts[code]), items[code]) for code in np.flatnonzero(scarce).tolist()]
    steep = [
        Finding("discrimination_at_bound", items[code]) for code in np.flatnonzero(np.abs(slopes) > STEEPEST).tolist()
    ]
    falling = [
        Finding("discrimination_negative", items[code]) for code in np.flatnonzero((slopes < 0) & free[:, 0]).tolist()
    ]
    return [*few, *steep, *falling]


def _scarcity(counts: Floats) -> str:
    answered, commonest = float(counts.sum()), int(counts.argmax())
    if answered <= 1:
        return "item_answered_once" if answered else "item_never_answered"
    if counts[commonest] < answered:
        return "item_scarce"
    return {0: "item_all_wrong", len(counts) - 1: "item_all_right"}.get(commonest, "item_one_category")


def _fit_findings(solution: Solution, errors: Uncertainty | None) -> list[Finding]:
    findings = []
    if not solution.converged:
        findings.append(Finding("not_converged"))
    if errors is not None and errors.singular:
        findings.append(Finding("information_singular"))
    if errors is not None and errors.method == Method.BLOCKS:
        findings.append(Finding("errors_without_covariances", weight=Weight.NOTE))
    return findings
