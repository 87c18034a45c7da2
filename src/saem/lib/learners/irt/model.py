"""Item response models under the contract: ability stays as it is, and is known better with each answer."""

import time
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.errors import ParameterError, ResponsesError
from saem.lib.learners.findings import Finding
from saem.lib.learners.model import Arrays, Asked, Estimate, Facts, Fit, LearnerModel, Predictions, State, describe
from saem.lib.learners.responses import Codes, Responses, codes_in

from .bank import ItemBank
from .calibration import Calibration, Settings, bank_of, calibrate
from .curves import Curves
from .families import Family, FourParameter, Graded, PartialCredit, ThreeParameter
from .kernels import predict_along
from .posterior import expectation, learned
from .scoring import Scoring
from .standard_errors import Method, Uncertainty
from .table import Table

# An anchored item: discrimination and difficulty, and guess and upper where the model has them.
Anchors = Mapping[str, Mapping[str, float]]


class ItemResponseModel(LearnerModel):
    """Base of all item response models; see `Settings` for what the parameters mean.

    `repeats` says what a learner's second answer to the same item is: `all` uses each as if independent, `first`
    leaves out all but the first. `anchors` keep their parameters and set the scale. A skill is mastered as far as the
    expected share of points over the calibrated items of that skill goes. A state holds the belief in each ability.
    """

    _family_class: ClassVar[type[Family]]
    _graded: ClassVar[bool] = False

    def __init__(
        self,
        *,
        tolerance: float = 1e-6,
        most_iterations: int = 500,
        slope_prior: float | None = None,
        scarce: int = 10,
        starts: int = 1,
        seed: int = 0,
        errors: str = "auto",
        repeats: str = "all",
        anchors: Anchors | None = None,
    ) -> None:
        self.tolerance = tolerance
        self.most_iterations = most_iterations
        self.slope_prior = slope_prior
        self.scarce = scarce
        self.starts = starts
        self.seed = seed
        self.errors = errors
        self.repeats = repeats
        self.anchors = anchors

    def fit(self, responses: Responses) -> Self:
        """Raises ResponsesError `no_responses`, `score_not_binary` (right-or-wrong models) or `score_not_whole`."""
        started = time.perf_counter()
        self._check()
        if not len(responses):
            raise ResponsesError("no_responses")
        self.items_ = responses.items
        scoring = self._scoring(responses)
        table = self.table(responses, scoring)
        found = calibrate(table, self._family(scoring), responses.items, self._settings(), self._anchored())
        skills = _skills_of_items(responses)
        self.curves_ = Curves.of(found, scoring, responses.skills, skills)
        self.uncertainty_ = found.uncertainty
        self.trained_on_ = describe(responses)
        self.fit_ = self._fit_of(found, [*found.findings, *scoring.gaps(responses.items)], started)
        return self

    def table(self, responses: Responses, scoring: Scoring | None = None) -> Table:
        """Responses as counts of persons by this model's items; unknown items are left out, other scores rounded to the
        nearest that the item has.
        """
        scoring = scoring or self.curves_.scoring
        item, category, _ = self._coded(responses, scoring)
        rows = (item >= 0) & self._counts(responses, item)
        shape = (len(responses.students), len(self.items_), scoring.points.shape[1])
        return Table.from_rows(responses.student[rows], item[rows], category[rows], shape)

    def predict(self, responses: Responses) -> Predictions:
        self._need_fit()
        item, category, findings = self._coded(responses, self.curves_.scoring)
        counts = (item >= 0) & self._counts(responses, item)
        # An unknown item is met as an average one, and teaches nothing.
        place = np.where(item >= 0, item, len(self.items_)).astype(np.int32)
        curves = self.curves_
        chance = predict_along(
            responses.student_bounds, responses.by_student, place, category, counts,
            curves.chances, curves.shares_and_average, curves.population,
        )  # fmt: skip
        return Predictions(np.asarray(np.clip(chance, 1e-9, 1 - 1e-9)), tuple(findings))

    def new_state(self) -> State:
        self._need_fit()
        state: State = {"belief": self.curves_.population.tolist()}
        return {**state, "seen": []} if self.repeats == "first" else state

    def updated(self, state: State, asked: Asked, score: float) -> State:
        """An unknown item leaves the belief as it was; raises ResponsesError for a score that is not a number."""
        if not (np.isfinite(score) and score >= 0):
            raise ResponsesError("score_not_a_number", where=asked.item)
        code = self.curves_.place.get(asked.item)
        if code is None or asked.item in state.get("seen", ()):
            return dict(state)
        category, _ = self.curves_.scoring.categories_of(np.array([code], dtype=np.int32), np.array([float(score)]))
        belief = learned(np.array(state["belief"]), self.curves_.chances[code, category[0]])
        seen = {"seen": [*state["seen"], asked.item]} if "seen" in state else {}
        return {**state, "belief": belief.tolist(), **seen}

    def chance(self, state: State, asked: Asked) -> Estimate:
        """The expected share of points; of an unknown item that of an average item, not usable."""
        code = self.curves_.place.get(asked.item)
        belief = np.array(state["belief"])
        if code is None:
            return expectation(belief, self.curves_.shares_and_average[-1], usable=False, why="unknown_item")
        scarce = bool(self.curves_.scarce[code])
        return expectation(belief, self.curves_.shares[code], usable=True, why="item_scarce" if scarce else "")

    def mastery(self, state: State, skill: str) -> Estimate:
        """The expected share of points over the skill's items; not usable where all of them are scarce."""
        code = self.curves_.skill_place.get(skill)
        belief = np.array(state["belief"])
        if code is None:
            return expectation(belief, self.curves_.shares_and_average[-1], usable=False, why="unknown_skill")
        usable = bool(self.curves_.skill_usable[code])
        why = "" if usable else "skill_scarce"
        return expectation(belief, self.curves_.skill_shares[code], usable=usable, why=why)

    def ability(self, state: State) -> Estimate:
        """The mean of the belief in ability, with the interval that holds 95 % of it (logits)."""
        return expectation(np.array(state["belief"]), self.curves_.grid.theta)

    def bank(self) -> ItemBank:
        """The calibrated items of a right-or-wrong model, for adaptive tests and linking."""
        self._need_fit()
        return bank_of(self.items_, self.curves_.family, self.curves_.values, self.uncertainty_)

    @abstractmethod
    def _family(self, scoring: Scoring) -> Family:
        """The model's curves for items of these categories."""

    def _scoring(self, responses: Responses) -> Scoring:
        if self._graded:
            return Scoring.seen_in(responses)
        responses.right_or_wrong()
        return Scoring.right_or_wrong(len(responses.items))

    def _check(self) -> None:
        if self.repeats not in {"all", "first"}:
            raise ParameterError(f"repeats is 'all' or 'first', not {self.repeats!r}")
        if self.errors not in {"auto", "none", *Method}:
            raise ParameterError(f"errors is 'auto', 'none' or one of {', '.join(Method)}, not {self.errors!r}")
        if self.starts < 1 or self.most_iterations < 1 or not self.tolerance > 0:
            raise ParameterError("starts and most_iterations are at least 1, and tolerance is above 0")

    def _settings(self) -> Settings:
        return Settings(
            tolerance=self.tolerance, most_iterations=self.most_iterations, slope_prior=self.slope_prior,
            scarce=self.scarce, starts=self.starts, seed=self.seed, errors=self.errors,
        )  # fmt: skip

    def _anchored(self) -> ItemBank | None:
        if self.anchors is None:
            return None
        rows = [
            (each["discrimination"], each["difficulty"], each.get("guess", 0.0), each.get("upper", 1.0))
            for each in self.anchors.values()
        ]
        return ItemBank(tuple(self.anchors), *np.array(rows, dtype=np.float64).T)

    def _coded(self, responses: Responses, scoring: Scoring) -> tuple[Codes, Codes, list[Finding]]:
        """Item and category of each row in this model's codes; item -1 where it is unknown."""
        if not self._graded:
            responses.right_or_wrong()
        item = codes_in(self.items_, responses.items)[responses.item] if len(responses) else responses.item
        category, exact = scoring.categories_of(item, responses.score)
        strange = [Finding("unknown_item", responses.items[code]) for code in np.unique(responses.item[item < 0])]
        odd = [
            Finding("score_never_seen", responses.items[responses.item[row]], int(row))
            for row in np.flatnonzero(~exact)
        ]
        return item, category, [*strange, *odd]

    def _counts(self, responses: Responses, item: Codes) -> NDArray[np.bool_]:
        """Which rows are used: all, or each student's first answer to each item."""
        counts = np.ones(len(responses), dtype=np.bool_)
        if self.repeats == "first":
            pairs = responses.student.astype(np.int64) * (len(self.items_) + 1) + item
            counts[:] = False
            counts[np.unique(pairs, return_index=True)[1]] = True
        return counts

    def _fit_of(self, found: Calibration, findings: Sequence[Finding], started: float) -> Fit:
        solution = found.solution
        return Fit(
            solution.log_likelihood, solution.converged, solution.iterations, time.perf_counter() - started,
            found.starts, found.spread, tuple(findings),
        )  # fmt: skip

    def _kept(self) -> tuple[Facts, Arrays]:
        facts, arrays = self.curves_.kept()
        if self.uncertainty_ is not None:
            facts["errors"] = {"method": str(self.uncertainty_.method), "singular": self.uncertainty_.singular}
            arrays["covariance"] = self.uncertainty_.covariance
        return facts, arrays

    def _restore(self, facts: Facts, arrays: Arrays) -> None:
        self.items_ = tuple(facts["items"])
        scoring = Scoring(arrays["points"], arrays["used"])
        self.curves_ = Curves.restored(self._family(scoring), scoring, facts, arrays)
        errors = facts.get("errors")
        self.uncertainty_ = errors and Uncertainty(Method(errors["method"]), arrays["covariance"], errors["singular"])


class OneParameter(ItemResponseModel):
    """Right-or-wrong items of one common discrimination (Rasch's model with a free scale), by marginal likelihood."""

    name = "irt-1pl"

    def _family(self, scoring: Scoring) -> Family:
        return PartialCredit(scoring.used, equal_slopes=True)


class TwoParameter(ItemResponseModel):
    """Right-or-wrong items with a difficulty and a discrimination each (Birnbaum 1968), by marginal likelihood."""

    name = "irt-2pl"

    def _family(self, scoring: Scoring) -> Family:
        return PartialCredit(scoring.used)


class ThreeParameterModel(ItemResponseModel):
    """Right-or-wrong items that can be guessed (Birnbaum 1968); priors: slope N(1, 1), logit of guess N(-1.4, 0.5)."""

    name = "irt-3pl"

    def _family(self, scoring: Scoring) -> Family:
        return ThreeParameter(scoring.used)


class FourParameterModel(ItemResponseModel):
    """Items that can be guessed and slipped on (Barton & Lord 1981); priors of 3PL, logit of upper N(3, 0.5)."""

    name = "irt-4pl"

    def _family(self, scoring: Scoring) -> Family:
        return FourParameter(scoring.used)


class GradedResponse(ItemResponseModel):
    """Items with ordered grades, each a threshold to pass (Samejima 1969), by marginal likelihood."""

    name = "grm"
    _graded = True

    def _family(self, scoring: Scoring) -> Family:
        return Graded(scoring.used)


class GeneralisedPartialCredit(ItemResponseModel):
    """Items worth several points, each a step to take (Muraki 1992); `equal_slopes` makes it partial credit."""

    name = "gpcm"
    _graded = True

    def __init__(
        self,
        *,
        equal_slopes: bool = False,
        tolerance: float = 1e-6,
        most_iterations: int = 500,
        slope_prior: float | None = None,
        scarce: int = 10,
        starts: int = 1,
        seed: int = 0,
        errors: str = "auto",
        repeats: str = "all",
    ) -> None:
        super().__init__(
            tolerance=tolerance, most_iterations=most_iterations, slope_prior=slope_prior, scarce=scarce,
            starts=starts, seed=seed, errors=errors, repeats=repeats,
        )  # fmt: skip
        self.equal_slopes = equal_slopes

    def _family(self, scoring: Scoring) -> Family:
        return PartialCredit(scoring.used, equal_slopes=self.equal_slopes)


def _skills_of_items(responses: Responses) -> NDArray[np.int64]:
    """(m, 2): pairs of item and skill that occur together."""
    pairs = np.unique(np.stack([responses.item, responses.tag], axis=1), axis=0)
    found = [(item, skill) for item, tag in pairs.tolist() for skill in responses.tag_sets[tag]]
    return np.unique(np.array(found, dtype=np.int64).reshape(-1, 2), axis=0)
