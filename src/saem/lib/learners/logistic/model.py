"""The logistic learner model: one machine, and its recipe says which of the published models it is."""

import time
from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit

from saem.lib.learners.degeneracy import degeneracies, degenerate_skills, unknown
from saem.lib.learners.elo.model import RatingModel, Walk
from saem.lib.learners.elo.online_irt import OnlineIRT
from saem.lib.learners.errors import ParameterError, ResponsesError
from saem.lib.learners.findings import Finding
from saem.lib.learners.model import Arrays, Asked, Estimate, Facts, Fit, LearnerModel, Predictions, State, describe
from saem.lib.learners.responses import Codes, Floats, Responses, codes_in
from saem.lib.learners.sequence import Slots

from . import memory
from .design import Words, design
from .newton import Problem, Solution, solve
from .question import question
from .recipe import Recipe
from .weights import Weights

# Chances stay this far from 0 and 1, so that no logarithm of one is infinite.
EDGE = 1e-12


class LogisticModel(LearnerModel):
    """Logistic regression on what came before.

    `l2` is the strength of the penalty `l2/2 (b - b0)²` on every coefficient; b0 is 0, for the intercept the log-odds
    of all training responses. The penalty bounds separable data (`perfect_separation` is found then). The fit stops
    where one more Newton step promises less than `tolerance` of penalised log-likelihood, or after `max_iterations`
    steps, which is not convergence. An estimate's interval is Laplace's: ±1.96 standard errors of the log-odds.
    """

    l2: float
    tolerance: float
    max_iterations: int
    words_: Words
    weights_: Weights
    ratings_: RatingModel | None

    @abstractmethod
    def recipe(self) -> Recipe:
        """What this model looks at."""

    def fit(self, responses: Responses) -> Self:
        """Raises ParameterError for a penalty or tolerance that is not above 0, ResponsesError for no rows, and for
        scores and times as `design` says.
        """
        started = time.perf_counter()
        self._check_parameters()
        if not len(responses):
            raise ResponsesError("no_responses")
        right = responses.right_or_wrong()
        self._know(_words(responses))
        self.ratings_ = OnlineIRT().fit(responses) if self.recipe().abilities else None
        features, level = design(responses, self.recipe(), self.words_, self._walk(responses))
        solution = solve(self._problem(features, level, right), tolerance=self.tolerance, most=self.max_iterations)
        mix = self._mix(responses)
        self.weights_ = Weights.of(solution, mix if self.recipe().items else mix[:, :0])
        findings = (*degeneracies(responses, right), *self._doubts(solution, self._scores(features, level), right))
        self.trained_on_ = describe(responses)
        self.fit_ = Fit(
            solution.log_likelihood, solution.converged, solution.iterations, time.perf_counter() - started,
            findings=findings,
        )  # fmt: skip
        return self

    def predict(self, responses: Responses) -> Predictions:
        """An unknown item counts as an average one, an unknown skill as none; both are found."""
        self._need_fit()
        features, level = design(responses, self.recipe(), self.words_, self._walk(responses))
        chance = np.clip(expit(self._scores(features, level)), EDGE, 1 - EDGE)
        return Predictions(chance, tuple(self._unknowns(responses)))

    def new_state(self) -> State:
        self._need_fit()
        return memory.empty() | ({} if self.ratings_ is None else {"ratings": self.ratings_.new_state()})

    def updated(self, state: State, asked: Asked, score: float) -> State:
        """Raises ResponsesError for a score other than 0 or 1, and for times as `memory.time_of` says."""
        self._need_fit()
        if score not in {0, 1}:
            raise ResponsesError("score_not_binary", where=asked.item)
        after = memory.remembered(state, asked, self.recipe(), right=score == 1)
        if self.ratings_ is not None:
            after["ratings"] = self.ratings_.updated(state["ratings"], asked, score)
        return after

    def chance(self, state: State, asked: Asked) -> Estimate:
        """`why` says `unknown_item` or `unknown_skill` (not usable) where the model had to guess."""
        self._need_fit()
        why = self._guess(asked)
        estimate = self._estimate(state, asked, self._items.get(asked.item) if self.recipe().items else None)
        return Estimate(estimate.value, estimate.low, estimate.high, usable=why != "unknown_skill", why=why)

    def mastery(self, state: State, skill: str) -> Estimate:
        """The chance of a right answer on an average item of the skill (as often asked as in training), were it asked
        now. Not usable for a skill that is unknown or was degenerate in training.
        """
        self._need_fit()
        code = self._skills.get(skill)
        asked = Asked("", (skill,), state.get("time", 0.0))
        if code is None:
            estimate, why = self._estimate(state, asked, None), "unknown_skill"
        else:
            columns, values = question(state, asked, self.recipe(), self._skills, self.ratings_)
            level = len(self.weights_.levels) - len(self._skills) + code
            estimate = self._interval(*self.weights_.average_log_odds(columns, values, level))
            why = self._degenerate.get(skill, "")
        return Estimate(estimate.value, estimate.low, estimate.high, usable=not why, why=why)

    def coefficients(self) -> dict[str, Estimate]:
        """Every coefficient with its 95 % interval: by column as the recipe names it, then `item NAME`."""
        self._need_fit()
        errors, item_errors = self.weights_.errors()
        names = self.recipe().column_names(self.words_.skills)
        items = [f"item {name}" for name in self.words_.items] if self.recipe().items else []
        value = np.concatenate([self.weights_.features, self.weights_.levels[: len(items)]])
        error = np.concatenate([errors, item_errors[: len(items)]])
        return {
            name: Estimate(float(v), float(v - 1.96 * e), float(v + 1.96 * e))
            for name, v, e in zip((*names, *items), value, error, strict=True)
        }

    def _estimate(self, state: State, asked: Asked, level: int | None) -> Estimate:
        columns, values = question(state, asked, self.recipe(), self._skills, self.ratings_)
        mean, variance = self.weights_.log_odds(columns, values, level)
        # What was never fitted is as wide as its prior.
        strangers = sum(tag not in self._skills for tag in memory.tags_of(asked))
        strangers += self.recipe().items and level is None
        return self._interval(mean, variance + strangers / self.l2)

    def _interval(self, mean: float, variance: float) -> Estimate:
        wide = 1.96 * variance**0.5
        low, value, high = (float(each) for each in np.clip(expit([mean - wide, mean, mean + wide]), EDGE, 1 - EDGE))
        return Estimate(value, low, high)

    def _walk(self, responses: Responses) -> Walk | None:
        return None if self.ratings_ is None else self.ratings_.walk(responses)

    def _guess(self, asked: Asked) -> str:
        if any(tag not in self._skills for tag in asked.skills):
            return "unknown_skill"
        return "unknown_item" if self.recipe().items and asked.item not in self._items else ""

    def _check_parameters(self) -> None:
        for name in ("l2", "tolerance"):
            value = getattr(self, name)
            if not 0 < value < np.inf:
                raise ParameterError(f"{name} must be above 0, not {value!r}")
        if self.max_iterations < 1:
            raise ParameterError(f"max_iterations must be at least 1, not {self.max_iterations!r}")

    def _problem(self, features: sparse.csr_array, level: Codes, right: NDArray[np.bool_]) -> Problem:
        prior = np.zeros(features.shape[1])
        prior[0] = np.log((right.sum() + 0.5) / ((~right).sum() + 0.5))
        order = np.argsort(level, kind="stable") if self.recipe().items else np.arange(len(right))
        return Problem(
            features[order], level[order].astype(np.int64), len(self.words_.items) if self.recipe().items else 0,
            right[order].astype(np.float64), prior, np.full(len(prior), float(self.l2)), float(self.l2),
        )  # fmt: skip

    def _scores(self, features: sparse.csr_array, level: Codes) -> Floats:
        scores: Floats = features @ self.weights_.features
        if self.recipe().items:
            scores += np.append(self.weights_.levels[: len(self.words_.items)], 0.0)[level]
        return scores

    def _mix(self, responses: Responses) -> sparse.csr_array:
        """(skills, items): each item's share of the skill's responses."""
        slots = Slots.of(responses, self.words_.skills)
        item = codes_in(self.words_.items, responses.items)[responses.item[slots.row]]
        shape = (len(self.words_.skills), len(self.words_.items))
        counts = sparse.csr_array((np.ones(len(item)), (slots.known, item)), shape=shape)
        return sparse.csr_array(sparse.diags_array(1 / counts.sum(axis=1)) @ counts)

    def _doubts(self, solution: Solution, scores: Floats, right: NDArray[np.bool_]) -> Iterator[Finding]:
        if not solution.converged:
            yield Finding("not_converged")
        if right.any() and not right.all() and scores[right].min() > scores[~right].max():
            yield Finding("perfect_separation")

    def _unknowns(self, responses: Responses) -> Iterator[Finding]:
        if self.recipe().items:
            known = codes_in(self.words_.items, responses.items)
            yield from unknown("item", responses.items, known, responses.item.astype(np.int64))
        met = Slots.of(responses, self.words_.skills).skill
        yield from unknown("skill", responses.skills, codes_in(self.words_.skills, responses.skills), met)

    def _know(self, words: Words) -> None:
        self.words_ = words
        self._items = {name: code for code, name in enumerate(words.items)}
        self._skills = {name: code for code, name in enumerate(words.skills)}

    @property
    def _degenerate(self) -> dict[str, str]:
        return degenerate_skills(self.fit_.findings)

    def _kept(self) -> tuple[Facts, Arrays]:
        facts: dict[str, Any] = {"items": list(self.words_.items), "skills": list(self.words_.skills)}
        arrays = self.weights_.kept()
        if self.ratings_ is not None:
            facts["ratings"], more = self.ratings_._kept()  # noqa: SLF001 (one model kept within another)
            arrays |= {f"ratings {name}": array for name, array in more.items()}
        return facts, arrays

    def _restore(self, facts: Facts, arrays: Arrays) -> None:
        self._know(Words(tuple(facts["items"]), tuple(facts["skills"])))
        self.weights_ = Weights.restored(arrays)
        self.ratings_ = None
        if "ratings" in facts:
            self.ratings_ = OnlineIRT()
            self.ratings_.fit_ = self.fit_
            more = {name.removeprefix("ratings "): array for name, array in arrays.items()}
            self.ratings_._restore(facts["ratings"], more)  # noqa: SLF001 (one model kept within another)


def _words(responses: Responses) -> Words:
    """Items and skills that have a response here; a name without one stays unknown."""
    seen = np.bincount(responses.item, minlength=len(responses.items))
    met = np.flatnonzero(seen)
    skills = sorted({responses.skills[code] for tag in np.unique(responses.tag) for code in responses.tag_sets[tag]})
    return Words(tuple(responses.items[code] for code in met), tuple(skills))
