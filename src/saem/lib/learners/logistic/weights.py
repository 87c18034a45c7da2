"""The coefficients of a fitted logistic model, and how sure it is of them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from saem.lib.learners.responses import Floats

from .newton import Solution


@dataclass(frozen=True)
class Weights:
    """Coefficients (q,) of the features and (levels,) of the items; behind the items stands an average one per skill.

    Where the log-odds of a response with features r is `r b + d`, its variance is `own + u' C u` with u = r - centre:
    the inverse of the bordered Hessian, exactly (Laplace). `own` (levels,) is 1 / pivot, `centre` (levels, q) the mean
    features of the item's responses, C the `covariance` (q, q), or its diagonal (q,) in very wide models.
    """

    features: Floats
    levels: Floats
    covariance: Floats
    own: Floats
    centre: sparse.csr_array

    @classmethod
    def of(cls, solution: Solution, mix: sparse.csr_array) -> "Weights":
        """`mix` (skills, levels): the share of each item in the responses of a skill, for the average items."""
        return cls(
            solution.coefficients,
            np.concatenate([solution.level_coefficients, mix @ solution.level_coefficients]),
            solution.covariance,
            np.concatenate([1 / solution.pivots, mix.power(2) @ (1 / solution.pivots)]),
            sparse.csr_array(sparse.vstack([solution.centres, mix @ solution.centres])),
        )

    def log_odds(self, columns: NDArray[np.int64], values: Floats, level: int | None) -> tuple[float, float]:
        """The log-odds of one response and their variance, that of an unknown item left out."""
        mean = float(self.features[columns] @ values)
        if level is None:
            return mean, self._spread(columns, values)
        start, end = self.centre.indptr[level : level + 2]
        columns = np.concatenate([columns, self.centre.indices[start:end]])
        values = np.concatenate([values, -self.centre.data[start:end]])
        return mean + float(self.levels[level]), float(self.own[level]) + self._spread(columns, values)

    def average_log_odds(self, columns: NDArray[np.int64], values: Floats, level: int) -> tuple[float, float]:
        """The same for one of the average items, whose centre has hundreds of features: `u' C u` multiplied out, and
        the parts that do not depend on the response kept.
        """
        if level not in self._centre_parts:
            self._centre_parts[level] = self._multiplied(level)
        along, inside = self._centre_parts[level]
        mean = float(self.features[columns] @ values) + float(self.levels[level])
        spread = self._spread(columns, values) - 2 * float(along[columns] @ values) + inside
        return mean, float(self.own[level]) + max(0.0, spread)

    @cached_property
    def _centre_parts(self) -> dict[int, tuple[Floats, float]]:
        return {}

    def _multiplied(self, level: int) -> tuple[Floats, float]:
        """C centre (q,) and centre' C centre."""
        start, end = self.centre.indptr[level : level + 2]
        columns, values = self.centre.indices[start:end], self.centre.data[start:end]
        if self.covariance.ndim == 1:
            along = np.zeros(len(self.features))
            along[columns] = self.covariance[columns] * values
        else:
            along = values @ self.covariance[columns]
        return along, float(along[columns] @ values)

    def _spread(self, columns: NDArray[np.int64], values: Floats) -> float:
        if self.covariance.ndim == 1:
            together = np.bincount(np.unique(columns, return_inverse=True)[1], weights=values)
            return float(together**2 @ self.covariance[np.unique(columns)])
        return float(values @ self.covariance[np.ix_(columns, columns)] @ values)

    def errors(self) -> tuple[Floats, Floats]:
        """Standard errors (q,) of the features' coefficients and (levels,) of the items', from the same inverse."""
        if self.covariance.ndim == 1:
            spread = self.centre.power(2) @ self.covariance
            return np.sqrt(self.covariance), np.sqrt(self.own + spread)
        spread = (self.centre.multiply(self.centre @ self.covariance)).sum(axis=1)
        return np.sqrt(np.diag(self.covariance)), np.sqrt(self.own + np.asarray(spread).ravel())

    def kept(self) -> dict[str, NDArray[Any]]:
        """As plain arrays."""
        plain = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "centre"}
        return plain | {f"centre_{part}": getattr(self.centre, part) for part in ("data", "indices", "indptr")}

    @classmethod
    def restored(cls, arrays: Mapping[str, NDArray[Any]]) -> "Weights":
        plain = {each.name: arrays[each.name] for each in fields(cls) if each.name != "centre"}
        parts = tuple(arrays[f"centre_{part}"] for part in ("data", "indices", "indptr"))
        shape = (len(plain["levels"]), len(plain["features"]))
        return cls(**plain, centre=sparse.csr_array(parts, shape=shape))
