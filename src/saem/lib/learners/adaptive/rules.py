"""Rules that rank the items of a bank for one learner: the higher the score, the sooner the item is given."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.responses import Floats

from .posterior import GridPosterior
from .precomputed import SMALLEST, Precomputed

# Gauss-Legendre on [-1, 1]: exact to 41st order, far beyond what a logistic curve shows on such an interval.
NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(21)


@dataclass(frozen=True)
class Progress:
    """One learner's test so far: codes of the items `given` and whether they were `right`, in order.

    `set_aside` are items that exposure control has passed by; they stay passed by for this learner.
    """

    posterior: GridPosterior
    given: tuple[int, ...] = ()
    right: tuple[bool, ...] = ()
    set_aside: tuple[int, ...] = ()


class Rule(Protocol):
    def scores(self, tables: Precomputed, progress: Progress, rng: np.random.Generator) -> Floats:
        """(n,): a score of every item, those already given included (they are left out later)."""


@dataclass(frozen=True)
class MaximumInformation:
    """Fisher information at the EAP (Lord 1977), read at the nearest point of the grid."""

    def scores(self, tables: Precomputed, progress: Progress, rng: np.random.Generator) -> Floats:  # noqa: ARG002
        return np.asarray(tables.information[tables.row(progress.posterior.mean)])


@dataclass(frozen=True)
class PosteriorInformation:
    """Fisher information averaged over the posterior (van der Linden 1998): steadier than its value at one point."""

    def scores(self, tables: Precomputed, progress: Progress, rng: np.random.Generator) -> Floats:  # noqa: ARG002
        return np.asarray(progress.posterior.weights @ tables.information)


@dataclass(frozen=True)
class KullbackLeibler:
    """The divergence from the EAP's response, integrated over EAP ± width / √(items given) (Chang & Ying 1996)."""

    width: float = 3.0

    def __post_init__(self) -> None:
        if not (self.width > 0 and np.isfinite(self.width)):
            raise ParameterError(f"the interval's width must be above 0, not {self.width}")

    def scores(self, tables: Precomputed, progress: Progress, rng: np.random.Generator) -> Floats:  # noqa: ARG002
        centre, half = progress.posterior.mean, self.width / np.sqrt(max(1, len(progress.given)))
        here = _inside(tables.bank.chance(np.array([centre])))[0]
        there = _inside(tables.bank.chance(centre + half * NODES))
        apart = divergence(here, NODE_WEIGHTS @ np.log(there), NODE_WEIGHTS @ np.log1p(-there), total=2.0)
        return np.asarray(half * apart)


@dataclass(frozen=True)
class PosteriorKullbackLeibler:
    """The divergence from the EAP's response, averaged over the posterior (Chang & Ying 1996; van der Linden 1998)."""

    def scores(self, tables: Precomputed, progress: Progress, rng: np.random.Generator) -> Floats:  # noqa: ARG002
        weights = progress.posterior.weights
        here = _inside(tables.bank.chance(np.array([progress.posterior.mean])))[0]
        return divergence(here, weights @ tables.log_right, weights @ tables.log_wrong)


@dataclass(frozen=True)
class Progressive:
    """(1 - s) R + s I: chance rules the beginning and information the end (Revuelta & Ponsoda 1998).

    `s` is the share of the test's `length` that is given, I the information at the EAP, R uniform between 0 and the
    largest I of the items that are left.
    """

    length: int

    def __post_init__(self) -> None:
        if self.length < 1:
            raise ParameterError(f"a test has at least one item, not {self.length}")

    def scores(self, tables: Precomputed, progress: Progress, rng: np.random.Generator) -> Floats:
        information = tables.information[tables.row(progress.posterior.mean)]
        left = np.ones(len(tables), dtype=np.bool_)
        left[list(progress.given)] = False
        largest = float(information[left].max(initial=0.0))
        share = min(1.0, len(progress.given) / self.length)
        return np.asarray((1.0 - share) * largest * rng.random(len(tables)) + share * information)


def divergence(right: Floats, log_right: Floats, log_wrong: Floats, total: float = 1.0) -> Floats:
    """(n,): the weighted Kullback-Leibler divergence of response distributions from the one with chance `right` (n,).

    `log_right` and `log_wrong` (n,) are weighted sums of logarithms of chances elsewhere, `total` the weights' sum.
    The sum over abilities is taken before the items are looked at, so a (k, k, n) table is never made.
    """
    entropy = right * np.log(right) + (1.0 - right) * np.log1p(-right)
    return np.asarray(total * entropy - right * log_right - (1.0 - right) * log_wrong)


def _inside(chance: Floats) -> Floats:
    return np.clip(chance, SMALLEST, 1.0 - SMALLEST)
