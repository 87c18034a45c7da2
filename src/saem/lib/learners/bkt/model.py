"""The BKT estimator."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.errors import ResponsesError
from saem.lib.learners.model import Asked, Estimate, LearnerModel, Predictions, State
from saem.lib.learners.responses import Responses

from .choices import Choices
from .fitting import fit_table
from .naming import tag_name
from .predicting import predict_rows
from .table import Skill, Table, moved_alike, uncertain
from .task import FORGET, GUESS, LEARN, PRIOR, SLIP
from .tracing import band_of


class BKT(LearnerModel):
    """Bayesian knowledge tracing (Corbett and Anderson 1995): whether each learner knows each skill, answer by answer.

    A response with several skills belongs to their combination, which is a skill of its own here, named by its skills
    joined with `~` in sorted order; a response without any belongs to the skill "". Items tell nothing but their skill,
    unless `item_effects` is set.

    `starts`: climbs of EM for each skill, the first from a usual place, the others drawn with `seed`. `tolerance`: nats
    of a skill's log-likelihood; a climb ends when two strides running gain less, or after `most_iterations` steps of
    EM. Guess + slip stays below 1. `forgetting` fits a chance to forget at every step. `item_effects` gives each item
    of a skill its own guess and slip, and `individual_prior` gives learners a prior by how they did on everything
    before they met the skill (four bands, after Pardos and Heffernan 2010, but from earlier responses alone); both are
    drawn to the skill's own by `prior_weight` responses' worth of a Beta prior. `jobs`: workers that joblib spreads
    skills over, on whatever backend is configured; threads by default.

    Mastery is the chance that the learner knows the skill now, its interval the uncertainty that the fitted parameters
    bring. `skills_` has every skill's parameters, errors and the reason why its mastery is refused.
    """

    name: ClassVar[str] = "bkt"

    def __init__(
        self,
        *,
        starts: int = 5,
        tolerance: float = 1e-3,
        most_iterations: int = 2000,
        forgetting: bool = False,
        item_effects: bool = False,
        individual_prior: bool = False,
        prior_weight: float = 10.0,
        seed: int = 0,
        jobs: int = 1,
    ) -> None:
        self.starts = starts
        self.tolerance = tolerance
        self.most_iterations = most_iterations
        self.forgetting = forgetting
        self.item_effects = item_effects
        self.individual_prior = individual_prior
        self.prior_weight = prior_weight
        self.seed = seed
        self.jobs = jobs

    def fit(self, responses: Responses) -> Self:
        """Raises ParameterError for impossible parameters, ResponsesError where there are no responses or a score is
        neither 0 nor 1. Degenerate skills, and skills that did not converge, become findings.
        """
        self.fit_, self.trained_on_, self.table_ = fit_table(responses, Choices(**self.parameters()))
        return self

    @property
    def skills_(self) -> dict[str, Skill]:
        """Every skill (combination of skills) that was fitted."""
        self._need_fit()
        return {name: self.table_.skill(name) for name in self.table_.names}

    def predict(self, responses: Responses) -> Predictions:
        """Skills that no training response had get the population's parameters and a finding, and so do items where
        `item_effects` is set (their skill's parameters). Raises ResponsesError for a score that is neither 0 nor 1.
        """
        self._need_fit()
        return predict_rows(self.table_, responses, item_effects=self.item_effects)

    def new_state(self) -> State:
        """For each skill met, at the parameters and at each sigma point of them: `knows` has the chance of knowing it,
        `knows_not` that of not knowing it, whose digits are lost in a chance of knowing near 1.
        """
        self._need_fit()
        return {"knows": {}, "knows_not": {}, "seen": 0, "right": 0}

    def updated(self, state: State, asked: Asked, score: float) -> State:
        """Raises ResponsesError for a score that is neither 0 nor 1."""
        if score not in (0, 1):
            raise ResponsesError("score_not_binary", where=asked.item)
        name = tag_name(asked.skills)
        points, guess, slip = self._emission(name, asked.item)
        knows, knows_not = self._knows(state, name)
        known, unknown = (1.0 - slip, guess) if score else (slip, 1.0 - guess)
        moved = np.stack([knows * known, knows_not * unknown])
        learn, forget = points[:, LEARN], points[:, FORGET]
        after = np.stack([moved[0] * (1.0 - forget) + moved[1] * learn, moved[0] * forget + moved[1] * (1.0 - learn)])
        knows, knows_not = after / after.sum(axis=0)
        return {
            "knows": {**state["knows"], name: knows.tolist()},
            "knows_not": {**state.get("knows_not", {}), name: knows_not.tolist()},
            "seen": state["seen"] + 1,
            "right": state["right"] + int(score),
        }

    def chance(self, state: State, asked: Asked) -> Estimate:
        """Not usable for a skill that no training response had."""
        name = tag_name(asked.skills)
        _, guess, slip = self._emission(name, asked.item)
        knows, knows_not = self._knows(state, name)
        value, low, high = uncertain(knows * (1.0 - slip) + knows_not * guess)
        return Estimate(value, low, high, *((True, "") if name in self.table_.place else (False, "unknown_skill")))

    def mastery(self, state: State, skill: str) -> Estimate:
        """The chance that the learner knows `skill`, which may be a combination joined with `~`.

        Not usable, with the finding's code, for a degenerate skill or one that no training response had.
        """
        name = tag_name(skill.split("~"))
        value, low, high = uncertain(self._knows(state, name)[0])
        row = self._row(name)
        why = self.table_.why[row] if row < len(self.table_.why) else "unknown_skill"
        return Estimate(value, 0.0 if why else low, 1.0 if why else high, not why, why)

    def _row(self, name: str) -> int:
        self._need_fit()
        return self.table_.place.get(name, len(self.table_.names))

    def _knows(self, state: State, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The chances of knowing and of not knowing now, at every sigma point."""
        if name in state["knows"]:
            knows = np.array(state["knows"][name], dtype=np.float64)
            # A state that was kept before there were two has the one only.
            kept = state.get("knows_not", {}).get(name)
            return knows, 1.0 - knows if kept is None else np.array(kept, dtype=np.float64)
        row, table = self._row(name), self.table_
        points: NDArray[np.float64] = table.points[row][:, PRIOR]
        if self.individual_prior:
            band = band_of(state["seen"], state["right"], table.cuts)
            points = moved_alike(float(table.prior[row, band]), points)
        return points, 1.0 - points

    def _emission(self, name: str, item: str) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """The skill's sigma points, and guess and slip at each of them."""
        row = self._row(name)
        points = self.table_.points[row]
        guess, slip = points[:, GUESS], points[:, SLIP]
        pair = self.table_.pairs.get((row, item)) if self.item_effects else None
        if pair is None:
            return points, guess, slip
        own_guess, own_slip = (float(chance) for chance in self.table_.emission[pair])
        return points, moved_alike(own_guess, guess), moved_alike(own_slip, slip)

    def _kept(self) -> tuple[Mapping[str, Any], Mapping[str, NDArray[Any]]]:
        return self.table_.kept()

    def _restore(self, facts: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
        self.table_ = Table.restored(facts, arrays)
