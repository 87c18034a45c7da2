"""How the chance of each category depends on ability: the logistic, the partial credit and the graded model.

A family reads `values` (items, p): column 0 is the slope a, then intercepts d and what else the model has. Categories
are 0, 1, …, K - 1; an item with fewer than K has the chance 0 in those it lacks.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.responses import Floats

# Logarithm of the chance of a category that an item lacks; it is only ever multiplied by a count of 0.
NEVER = -690.0
LEAST = 1e-12
FARTHEST = 300.0
BINARY = 2


@dataclass(frozen=True)
class Family(ABC):
    """`used` (items,): how many categories each item has; `equal_slopes` makes all discriminations one parameter."""

    used: NDArray[np.int64]
    equal_slopes: bool = False

    @property
    def categories(self) -> int:
        return int(self.used.max())

    @property
    @abstractmethod
    def width(self) -> int:
        """How many parameters an item has at most."""

    @abstractmethod
    def exists(self) -> NDArray[np.bool_]:
        """(items, p): which parameters an item has."""

    @abstractmethod
    def start(self, counts: Floats) -> Floats:
        """(items, p): values to begin from, given how often each category was answered (items, K)."""

    @abstractmethod
    def log_chances(self, values: Floats, theta: Floats) -> Floats:
        """(items, K, q): logarithm of the chance of each category at each ability theta (q,)."""

    @abstractmethod
    def derivatives(self, values: Floats, theta: Floats) -> Floats:
        """(items, p, K, q): derivatives of the logarithms with respect to the parameters."""

    @abstractmethod
    def ability_derivatives(self, values: Floats, theta: Floats) -> Floats:
        """(items, K, q): derivatives of the logarithms with respect to ability."""

    def information(self, values: Floats, theta: Floats, log_chances: Floats, nodes: Floats) -> Floats:
        """(items, p, p): expected information of so many responses at each node (items, q)."""
        by = self.derivatives(values, theta)
        flat = by.reshape(*by.shape[:2], -1)
        weights = (np.exp(log_chances) * nodes[:, None]).reshape(len(values), 1, -1)
        return np.asarray(np.matmul(flat * weights, flat.transpose(0, 2, 1)))

    def _lacks(self) -> NDArray[np.bool_]:
        """(items, K): the categories that an item does not have."""
        return np.arange(self.categories) >= self.used[:, None]


class PartialCredit(Family):
    """Generalised partial credit (Muraki 1992): the log-odds of category k to category 0 are k a theta + d_k.

    With two categories it is the two-parameter logistic model; with equal slopes partial credit (Masters 1982) or 1PL.
    """

    @property
    def width(self) -> int:
        return self.categories

    def exists(self) -> NDArray[np.bool_]:
        return np.asarray(~self._lacks())

    def start(self, counts: Floats) -> Floats:
        values = np.log(counts + 0.5) - np.log(counts[:, :1] + 0.5)
        values = np.where(self.exists(), 1.2 * values, 0.0)
        values[:, 0] = 1.0
        return values

    def log_chances(self, values: Floats, theta: Floats) -> Floats:
        points = np.arange(self.categories)
        logits = values[:, :1, None] * points[:, None] * theta + np.where(points > 0, values, 0.0)[:, :, None]
        logits[self._lacks()] = NEVER
        peak = logits.max(axis=1, keepdims=True)
        logits -= peak + np.log(np.exp(logits - peak).sum(axis=1, keepdims=True))
        return np.maximum(logits, NEVER)

    def means(self, log_chances: Floats, theta: Floats) -> Floats:
        """(items, p, q): expected sufficient statistics: theta times the score, then each category above 0."""
        chances = np.exp(log_chances)
        chances[:, 0] = theta * np.einsum("k,jkq->jq", np.arange(self.categories), chances)
        return np.asarray(chances)

    def derivatives(self, values: Floats, theta: Floats) -> Floats:
        statistics = np.zeros((self.width, self.categories, len(theta)))
        statistics[0] = np.arange(self.categories)[:, None] * theta
        statistics[np.arange(1, self.width), np.arange(1, self.categories)] = 1.0
        return statistics - self.means(self.log_chances(values, theta), theta)[:, :, None, :]

    def information(self, values: Floats, theta: Floats, log_chances: Floats, nodes: Floats) -> Floats:
        # The covariance of theta × score and of the categories, written out: a hundredfold on banks of many items.
        points = np.arange(1, self.categories)
        above = np.exp(log_chances[:, 1:])
        expected = np.einsum("k,jkq->jq", points, above)
        spread = np.einsum("k,jkq->jq", points**2, above) - expected**2
        weighted = above * nodes[:, None]
        blocks = np.empty((len(values), self.width, self.width))
        blocks[:, 0, 0] = (spread * nodes) @ theta**2
        blocks[:, 0, 1:] = (weighted * (points[:, None] - expected[:, None])) @ theta
        blocks[:, 1:, 0] = blocks[:, 0, 1:]
        blocks[:, 1:, 1:] = -np.matmul(weighted, above.transpose(0, 2, 1))
        diagonal = np.arange(1, self.width)
        blocks[:, diagonal, diagonal] += weighted.sum(axis=2)
        return blocks

    def ability_derivatives(self, values: Floats, theta: Floats) -> Floats:
        points = np.arange(self.categories)
        expected = np.einsum("k,jkq->jq", points, np.exp(self.log_chances(values, theta)))
        return np.asarray(values[:, :1, None] * (points[:, None] - expected[:, None, :]))


class FourParameter(Family):
    """The three- and four-parameter logistic model: values are a, d, logit of guess and logit of upper.

    `upper_free` is False for 3PL, whose upper asymptote is 1.
    """

    upper_free: bool = True

    @property
    def width(self) -> int:
        return 4 if self.upper_free else 3

    def exists(self) -> NDArray[np.bool_]:
        return np.ones((len(self.used), self.width), dtype=np.bool_)

    def start(self, counts: Floats) -> Floats:
        share = (counts[:, 1] + 0.5) / (counts.sum(axis=1) + 1.0)
        # Take the usual guessing off before reading the difficulty from the share of right answers.
        above = np.clip((share - 0.15) / 0.82, 0.02, 0.98)
        columns = [np.ones_like(share), 1.2 * np.log(above / (1 - above)), np.full_like(share, -1.7)]
        return np.stack([*columns, *([np.full_like(share, 3.5)] if self.upper_free else [])], axis=1)

    def asymptotes(self, values: Floats) -> tuple[Floats, Floats]:
        """(items,) each: the chance to guess, and the chance of the ablest."""
        guess = _logistic(values[:, 2])
        return guess, _logistic(values[:, 3]) if self.upper_free else np.ones_like(guess)

    def log_chances(self, values: Floats, theta: Floats) -> Floats:
        right, _, _ = self._curve(values, theta)
        return np.log(np.stack([1.0 - right, right], axis=1))

    def derivatives(self, values: Floats, theta: Floats) -> Floats:
        right, rise, share = self._curve(values, theta)
        guess, upper = self.asymptotes(values)
        slopes = [theta * rise, rise, (1.0 - share) * (guess * (1 - guess))[:, None]]
        if self.upper_free:
            slopes.append(share * (upper * (1 - upper))[:, None])
        by = np.stack(slopes, axis=1)[:, :, None, :]
        return by * np.stack([-1.0 / (1.0 - right), 1.0 / right], axis=1)[:, None]

    def ability_derivatives(self, values: Floats, theta: Floats) -> Floats:
        right, rise, _ = self._curve(values, theta)
        by = (values[:, :1] * rise)[:, None, :]
        return by * np.stack([-1.0 / (1.0 - right), 1.0 / right], axis=1)

    def _curve(self, values: Floats, theta: Floats) -> tuple[Floats, Floats, Floats]:
        """(items, q) each: the chance, its derivative by the logit, and the logistic function itself."""
        share = _logistic(values[:, :1] * theta + values[:, 1:2])
        guess, upper = self.asymptotes(values)
        span = (upper - guess)[:, None]
        right = np.clip(guess[:, None] + span * share, LEAST, 1 - LEAST)
        return right, span * share * (1.0 - share), share


class ThreeParameter(FourParameter):
    upper_free = False


class Graded(Family):
    """The graded response model (Samejima 1969): log-odds of category k or above are a theta + d_k, d_1 > d_2 > …"""

    @property
    def width(self) -> int:
        return self.categories

    def exists(self) -> NDArray[np.bool_]:
        return np.asarray(~self._lacks())

    def start(self, counts: Floats) -> Floats:
        above = np.cumsum((counts + 0.5)[:, ::-1] * self.exists()[:, ::-1], axis=1)[:, ::-1]
        share = above / above[:, :1]
        values = np.where(self.exists(), 1.2 * (np.log(share + 1e-9) - np.log(1 - share + 1e-9)), 0.0)
        values[:, 0] = 1.0
        return values

    def log_chances(self, values: Floats, theta: Floats) -> Floats:
        edges = self._edges(values, theta)
        return np.log(np.where(self._lacks()[:, :, None], np.exp(NEVER), np.maximum(_falls(edges), LEAST)))

    def derivatives(self, values: Floats, theta: Floats) -> Floats:
        edges = self._edges(values, theta)
        rise = edges * (1.0 - edges)
        by = np.zeros((len(values), self.width, self.categories, len(theta)))
        by[:, 0] = theta * _falls(rise)
        for k in range(1, self.width):
            by[:, k, k] += rise[:, k]
            by[:, k, k - 1] -= rise[:, k]
        chances = np.maximum(_falls(edges), LEAST)[:, None]
        return np.where(self._lacks()[:, None, :, None], 0.0, by / chances)

    def ability_derivatives(self, values: Floats, theta: Floats) -> Floats:
        edges = self._edges(values, theta)
        by = values[:, :1, None] * _falls(edges * (1.0 - edges)) / np.maximum(_falls(edges), LEAST)
        return np.where(self._lacks()[:, :, None], 0.0, by)

    def _edges(self, values: Floats, theta: Floats) -> Floats:
        """(items, K + 1, q): the chance of category k or above; 1 for k = 0, and 0 beyond the last."""
        edges = np.zeros((len(values), self.categories + 1, len(theta)))
        edges[:, 0] = 1.0
        edges[:, 1:-1] = _logistic(values[:, :1, None] * theta + values[:, 1:, None])
        edges[:, 1:-1][self._lacks()[:, 1:]] = 0.0
        return edges


def _falls(edges: Floats) -> Floats:
    return np.asarray(edges[:, :-1] - edges[:, 1:])


def _logistic(logit: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logit, -FARTHEST, FARTHEST))))
