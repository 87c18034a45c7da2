"""DINA and G-DINA under the contract of every learner model."""

import time
from abc import abstractmethod
from typing import Any, ClassVar, Self

import numpy as np
from joblib import Parallel, delayed

from saem.lib.learners.errors import ParameterError, ResponsesError
from saem.lib.learners.findings import Finding
from saem.lib.learners.model import (
    Arrays,
    Asked,
    Estimate,
    Facts,
    Fit,
    LearnerModel,
    Predictions,
    State,
    describe,
    normal_interval,
)
from saem.lib.learners.responses import UNKNOWN, Booleans, Floats, Responses, codes_in

from . import checks
from .classification import Classification, classify
from .comparison import ItemTest, compare_items
from .em import Design, Patterns, Solution, dina_design, fit_classes, gdina_design, merge_counts, starting_chances
from .information import Covariance, parameter_covariance
from .learner import Evidence, Fitted, estimate, log_prior, normalised
from .qmatrix import QMatrix, profiles_of, q_of_responses


class _Diagnosis(LearnerModel):
    """What DINA and G-DINA share: everything but the design.

    The Q-matrix is the skills of each item. A learner does not change while being diagnosed, so an item that is asked
    again counts again. `mastery` is the marginal posterior chance that the learner has the skill. Starts run through
    joblib: under `joblib.parallel_config` they spread over whatever that names.
    """

    q_: QMatrix
    design_: Design
    solution_: Solution
    covariance_: Covariance | None

    def __init__(self, *, starts: int = 3, tolerance: float = 1e-6, most_iterations: int = 5000, seed: int = 0) -> None:
        self.starts = starts
        self.tolerance = tolerance
        self.most_iterations = most_iterations
        self.seed = seed

    def fit(self, responses: Responses) -> Self:
        """Raises ResponsesError (no rows, a score other than 0 and 1, an item without a skill) and ParameterError."""
        began = time.perf_counter()
        if not len(responses):
            raise ResponsesError("no_responses")
        if self.starts < 1:
            raise ParameterError("starts must be at least 1")
        responses.right_or_wrong()
        self.q_, findings = q_of_responses(responses)
        self.design_ = self._design(self.q_.needs)
        patterns = self._patterns(responses)
        solutions = self._solutions(patterns)
        values = np.array([solution.log_likelihood for solution in solutions])
        self.solution_ = best = solutions[int(values.argmax())]
        self.covariance_ = parameter_covariance(self.design_, patterns, best)
        self.trained_on_ = describe(responses)
        self.fit_ = Fit(
            best.log_likelihood, best.converged, best.iterations, time.perf_counter() - began, self.starts,
            float(values.std()), (*findings, *self._findings(responses, patterns, values)),
        )  # fmt: skip
        return self

    def diagnose(self, responses: Responses) -> Classification:
        """Every student's skills from all their rows; rows of items that were not fitted say nothing."""
        self._need_fit()
        return classify(self.design_, self._patterns(responses), self.solution_)

    def predict(self, responses: Responses) -> Predictions:
        self._need_fit()
        right = responses.right_or_wrong()
        pairs, place = np.unique(np.stack([responses.item, responses.tag], axis=1), axis=0, return_inverse=True)
        asked = [
            Asked(responses.items[item], tuple(responses.skills[code] for code in responses.tag_sets[tag]))
            for item, tag in pairs
        ]
        tables = np.stack([self._by_class(each) for each in asked]) if asked else np.zeros((0, self.design_.classes))
        known = codes_in(self.q_.items, [each.item for each in asked]) != UNKNOWN
        log_right, log_wrong = np.log(tables) * known[:, None], np.log1p(-tables) * known[:, None]
        chance = np.empty(len(responses))
        for start, end in zip(responses.student_bounds, responses.student_bounds[1:], strict=False):
            rows = responses.by_student[start:end]
            each = place.ravel()[rows]
            evidence = np.where(right[rows, None], log_right[each], log_wrong[each])
            before = np.cumsum(np.vstack([log_prior(self.solution_), evidence])[:-1], axis=0)
            chance[rows] = (normalised(before) * tables[each]).sum(axis=1)
        return Predictions(chance, tuple(finding for each in asked for finding in self._unknown(each)))

    def new_state(self) -> State:
        self._need_fit()
        return {"log_posterior": log_prior(self.solution_).tolist(), "answers": {}}

    def updated(self, state: State, asked: Asked, score: float) -> State:
        """An item that was not fitted changes nothing. Raises ResponsesError for a score other than 0 and 1."""
        if score not in {0, 1}:
            raise ResponsesError("score_not_binary", where=asked.item)
        if asked.item not in self.q_.items:
            return {"log_posterior": list(state["log_posterior"]), "answers": dict(state["answers"])}
        chance = self._by_class(asked)
        after = np.array(state["log_posterior"]) + np.log(chance if score else 1 - chance)
        right, count = state["answers"].get(asked.item, (0, 0))
        answers = {**state["answers"], asked.item: [right + int(score), count + 1]}
        return {"log_posterior": (after - after.max()).tolist(), "answers": answers}

    def chance(self, state: State, asked: Asked) -> Estimate:
        """The interval is of the estimation errors; for an item that was not fitted, of the spread between items."""
        values, evidence = self._by_class(asked), self._evidence(state)
        findings = self._unknown(asked)
        if not findings:
            item = self.q_.items.index(asked.item)
            return estimate(self._fitted(), evidence, values, item)
        ends = self.solution_.chance[np.stack([self.design_.lowest, self.design_.highest])]
        around = normal_interval(float(evidence.posterior @ values), float(ends.std(axis=1).max()))
        return Estimate(around.value, around.low, around.high, usable=False, why=findings[0].code)

    def mastery(self, state: State, skill: str) -> Estimate:
        """The marginal posterior chance of having the skill, with the interval that estimation errors leave it."""
        self._need_fit()
        if skill not in self.q_.skills:
            return Estimate(0.5, 0.0, 1.0, usable=False, why="unknown_skill")
        has = self._profiles()[:, self.q_.skills.index(skill)].astype(np.float64)
        found = estimate(self._fitted(), self._evidence(state), has)
        refused = [each.code for each in self.fit_.findings if each.where == skill and each.code in checks.REFUSALS]
        return Estimate(found.value, found.low, found.high, usable=not refused, why=refused[0] if refused else "")

    @abstractmethod
    def _design(self, needs: Booleans) -> Design:
        """Which chance speaks for which item in which class."""

    def _fitted(self) -> Fitted:
        return Fitted(self.design_, self.solution_, self.covariance_)

    def _profiles(self) -> Booleans:
        return profiles_of(len(self.q_.skills))

    def _solutions(self, patterns: Patterns) -> list[Solution]:
        generators = [None, *np.random.default_rng(self.seed).spawn(self.starts - 1)]
        found: list[Solution] = Parallel()(
            delayed(fit_classes)(
                self.design_, patterns, starting_chances(self.design_, generator),
                tolerance=self.tolerance, most_iterations=self.most_iterations,
            )
            for generator in generators
        )  # fmt: skip
        return found

    def _patterns(self, responses: Responses) -> Patterns:
        """One pattern for each name in `responses.students`, rows or not, over the fitted items."""
        codes = codes_in(self.q_.items, responses.items)[responses.item]
        right, known = responses.right_or_wrong(), codes != UNKNOWN
        shape = (len(responses.students), len(self.q_.items))
        counts = np.zeros((2, *shape), dtype=np.int32)
        np.add.at(counts, (right[known].astype(np.int64), responses.student[known], codes[known]), 1)
        return merge_counts(counts[1], counts[0])

    def _findings(self, responses: Responses, patterns: Patterns, log_likelihoods: Floats) -> tuple[Finding, ...]:
        right = patterns.count @ patterns.right
        return (
            *checks.response_findings(self.q_, right, right + patterns.count @ patterns.wrong),
            *checks.repeat_findings(responses),
            *checks.solution_findings(self.q_, self.design_, self.solution_),
            *checks.start_findings(log_likelihoods),
            *(() if self.covariance_ is not None else (Finding("standard_errors_missing"),)),
        )

    def _by_class(self, asked: Asked) -> Floats:
        """(classes,) chances of a right answer; of an unknown item, the mean ones without and with all its skills."""
        self._need_fit()
        chance = self.solution_.chance
        if asked.item in self.q_.items:
            known: Floats = chance[self.design_.group[self.q_.items.index(asked.item)]]
            return known
        skills = [code for code in codes_in(self.q_.skills, asked.skills) if code != UNKNOWN]
        if not skills:
            return np.full(self.design_.classes, min(max(float(self.trained_on_["mean_score"]), 0.01), 0.99))
        has_all = self._profiles()[:, skills].all(axis=1)
        unknown: Floats = np.where(has_all, chance[self.design_.highest].mean(), chance[self.design_.lowest].mean())
        return unknown

    def _unknown(self, asked: Asked) -> tuple[Finding, ...]:
        if asked.item in self.q_.items:
            return ()
        skills = (name for name in asked.skills if name not in self.q_.skills)
        return (Finding("unknown_item", where=asked.item), *(Finding("unknown_skill", where=name) for name in skills))

    def _evidence(self, state: State) -> Evidence:
        right, asked = np.zeros(len(self.q_.items)), np.zeros(len(self.q_.items))
        for item, (hits, count) in state["answers"].items():
            place = self.q_.items.index(item)
            right[place], asked[place] = hits, count
        return Evidence(right, asked, normalised(np.array(state["log_posterior"])))

    def _kept(self) -> tuple[Facts, Arrays]:
        solution, covariance = self.solution_, self.covariance_
        facts: dict[str, Any] = {
            "items": self.q_.items, "skills": self.q_.skills, "has_covariance": covariance is not None,
            "reference": 0 if covariance is None else covariance.reference,
        }  # fmt: skip
        arrays = {"needs": self.q_.needs, "chance": solution.chance, "prior": solution.prior}
        if covariance is not None:
            arrays |= {
                "covariance": covariance.matrix,
                "chance_is_free": covariance.chance_is_free,
                "class_is_free": covariance.class_is_free,
            }
        return facts, arrays

    def _restore(self, facts: Facts, arrays: Arrays) -> None:
        self.q_ = QMatrix(arrays["needs"], tuple(facts["items"]), tuple(facts["skills"]))
        self.design_ = self._design(self.q_.needs)
        fit = self.fit_
        self.solution_ = Solution(
            arrays["chance"], arrays["prior"], fit.log_likelihood, fit.converged, fit.iterations, ()
        )
        self.covariance_ = None
        if facts["has_covariance"]:
            self.covariance_ = Covariance(
                arrays["covariance"], arrays["chance_is_free"], arrays["class_is_free"], facts["reference"]
            )


class Dina(_Diagnosis):
    """Which skills a learner has, where an item needs all of its skills at once (DINA, Junker & Sijtsma 2001).

    A learner with all of them fails by a slip, one without succeeds by a guess; guess + slip never exceeds 1.
    """

    name: ClassVar[str] = "dina"

    @property
    def guess_(self) -> Floats:
        """(items,) as in `q_.items`."""
        return self.solution_.chance[self.design_.lowest]

    @property
    def slip_(self) -> Floats:
        """(items,) as in `q_.items`."""
        return 1 - self.solution_.chance[self.design_.highest]

    def _design(self, needs: Booleans) -> Design:
        return dina_design(needs)


class Gdina(_Diagnosis):
    """Which skills a learner has, with a chance for every subset of an item's skills (G-DINA, de la Torre 2011).

    Saturated, so the identity link and any other give the same fit.
    """

    name: ClassVar[str] = "gdina"

    def item_tests(self) -> tuple[ItemTest, ...]:
        """For each item of two or more skills, whether DINA would do; none where standard errors are missing."""
        self._need_fit()
        return () if self.covariance_ is None else compare_items(self.design_, self.solution_, self.covariance_)

    def _design(self, needs: Booleans) -> Design:
        return gdina_design(needs)
