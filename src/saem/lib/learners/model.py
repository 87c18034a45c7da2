"""The contract that every learner model keeps."""

import inspect
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from . import storage
from .errors import NotFittedError
from .findings import Finding
from .responses import Floats, Responses

# What a model knows of one learner, as JSON can hold it: numbers by name. It grows with what the learner has met.
State = dict[str, Any]
Arrays = Mapping[str, NDArray[Any]]
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Fit:
    """How a fit went. `log_likelihood` is of the training responses (natural logarithm); `spread` is its standard
    deviation over the starts that were tried, 0 where there is one start or one optimum.
    """

    log_likelihood: float
    converged: bool
    iterations: int
    seconds: float
    starts: int = 1
    spread: float = 0.0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Predictions:
    """`chance` (n,) of a right answer in each row, seen from that student's earlier rows alone.

    `findings` say where the model had to guess (an unknown item or skill).
    """

    chance: Floats
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Estimate:
    """A number with its uncertainty: `low` and `high` hold about 95 %. `usable` is False where the model refuses to
    draw a conclusion from it (a degenerate skill), and `why` is the finding's code.
    """

    value: float
    low: float
    high: float
    usable: bool = True
    why: str = ""


@dataclass(frozen=True)
class Asked:
    """One item that a learner may meet, for online questions: names, as in the responses that were fitted."""

    item: str
    skills: tuple[str, ...] = ()
    time: float | None = None


@dataclass(frozen=True)
class ModelCard:
    """What a person must know before accepting a model; `facts` are JSON values by name."""

    model: str
    purpose: str
    trained_on: Mapping[str, Any]
    fit: Fit
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    limits: tuple[str, ...] = ()


class LearnerModel(ABC):
    """Keyword-only parameters in `__init__`, kept under their names without any logic; what a fit finds ends in `_`.

    Offline: `fit` on responses, `predict` others (or the same) one step ahead. Online, for one learner: `new_state`,
    `updated` after each response, `chance` of the next one, `mastery` of a skill; a state is JSON.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    fit_: Fit
    trained_on_: dict[str, Any]

    @abstractmethod
    def fit(self, responses: Responses) -> Self:
        """Estimate everything from these responses; sets `fit_` and `trained_on_` (`describe`)."""

    @abstractmethod
    def predict(self, responses: Responses) -> Predictions:
        """Each row from the same student's earlier rows, never from itself or later ones."""

    @abstractmethod
    def new_state(self) -> State:
        """Nothing known yet of a learner."""

    @abstractmethod
    def updated(self, state: State, asked: Asked, score: float) -> State:
        """The state after one more response; the state given is left as it was."""

    @abstractmethod
    def chance(self, state: State, asked: Asked) -> Estimate:
        """The chance of a right answer now."""

    @abstractmethod
    def mastery(self, state: State, skill: str) -> Estimate:
        """How far the skill is mastered, from 0 to 1, on the scale that the model's documentation states."""

    @abstractmethod
    def _kept(self) -> tuple[Facts, Arrays]:
        """Everything that a fit found, as JSON facts and arrays."""

    @abstractmethod
    def _restore(self, facts: Facts, arrays: Arrays) -> None:
        """The reverse of `_kept`."""

    def parameters(self) -> dict[str, Any]:
        """What `__init__` was given."""
        return {name: getattr(self, name) for name in inspect.signature(type(self)).parameters}

    def save(self, folder: Path) -> None:
        """Write `model.json` and `arrays.npz`; no pickle, so loading runs nothing."""
        self._need_fit()
        facts, arrays = self._kept()
        storage.write(
            folder, name=self.name, version=self.version, parameters=self.parameters(), fit=self.fit_,
            trained_on=self.trained_on_, facts=facts, arrays=arrays,
        )  # fmt: skip

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Raises ModelFileError for anything that is not such a folder of this model."""
        stored = storage.read(folder, name=cls.name, version=cls.version)
        model = cls(**stored.parameters)
        model.fit_ = Fit(**{**stored.fit, "findings": tuple(Finding(**each) for each in stored.fit["findings"])})
        model.trained_on_ = stored.trained_on
        model._restore(stored.facts, stored.arrays)
        return model

    def card(self, evaluation: Mapping[str, Any] | None = None) -> ModelCard:
        """The model's card; `evaluation` is what `evaluate` found, protocol hash included."""
        self._need_fit()
        purpose = (inspect.getdoc(type(self)) or "").partition("\n")[0]
        return ModelCard(self.name, purpose, self.trained_on_, self.fit_, evaluation or {}, self.limits())

    def limits(self) -> tuple[str, ...]:
        """Codes of what this fitted model should not be used for."""
        return tuple(sorted({finding.code for finding in self.fit_.findings}))

    def _need_fit(self) -> None:
        if not hasattr(self, "fit_"):
            raise NotFittedError(self.name)


def describe(responses: Responses) -> dict[str, Any]:
    """What a model was trained on, in counts; never a name of a person."""
    return {
        "responses": len(responses),
        "students": int(np.count_nonzero(np.bincount(responses.student))),
        "items": int(np.count_nonzero(np.bincount(responses.item))),
        "skills": len(responses.skills),
        "mean_score": float(responses.score.mean()) if len(responses) else 0.0,
    }


def normal_interval(value: float, error: float, *, low: float = 0.0, high: float = 1.0) -> Estimate:
    """The value ± 1.96 standard errors, kept within its scale."""
    return Estimate(value, max(low, value - 1.96 * error), min(high, value + 1.96 * error))


def names_of(codes: Sequence[int], vocabulary: Sequence[str]) -> tuple[str, ...]:
    """The names that these codes stand for."""
    return tuple(vocabulary[code] for code in codes)
