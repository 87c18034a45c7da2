"""The simplest correct learner model: a skill's usual share of right answers, moved by the student's own."""

import copy
import math
import time
from collections import defaultdict
from typing import Any, Self

import numpy as np

from saem.lib.learners import Asked, Estimate, Finding, Fit, LearnerModel, Predictions, Responses, ResponsesError, State
from saem.lib.learners.model import Arrays, Facts, describe, normal_interval


class SkillCounts(LearnerModel):
    """The share of right answers in each skill, a student's own counting as they come.

    A chance is (right + strength x share) / (answers + strength), the mean over the skills of a response.
    """

    name = "skill-counts"

    def __init__(self, *, strength: float = 4.0) -> None:
        self.strength = strength

    def fit(self, responses: Responses) -> Self:
        began = time.perf_counter()
        right = responses.right_or_wrong()
        if not len(right):
            raise ResponsesError("no_responses")
        answers: dict[str, list[bool]] = defaultdict(list)
        for tag, score in zip(responses.tag, right.tolist(), strict=True):
            for name in names(responses, tag):
                answers[name].append(score)
        self.shares_ = {name: (sum(own) + 1) / (len(own) + 2) for name, own in sorted(answers.items())}
        found = [Finding(code, name) for name, own in sorted(answers.items()) if (code := degenerate(own))]
        self.trained_on_ = describe(responses)
        self.fit_ = Fit(0.0, converged=True, iterations=1, seconds=0.0)
        chance = self.predict(responses).chance
        likelihood = float(np.log(np.where(right, chance, 1 - chance)).sum())
        seconds = time.perf_counter() - began
        self.fit_ = Fit(likelihood, converged=True, iterations=1, seconds=seconds, findings=tuple(found))
        return self

    def predict(self, responses: Responses) -> Predictions:
        self._need_fit()
        states: dict[int, State] = defaultdict(self.new_state)
        chance = np.empty(len(responses))
        for row, score in enumerate(responses.right_or_wrong().tolist()):
            student, asked = int(responses.student[row]), asked_in(responses, row)
            chance[row] = self.chance(states[student], asked).value
            states[student] = self.updated(states[student], asked, score)
        known = {name for tag in np.unique(responses.tag) for name in names(responses, tag)} - set(self.shares_)
        return Predictions(chance, tuple(Finding("unknown_skill", name) for name in sorted(known)))

    def new_state(self) -> State:
        return {}

    def updated(self, state: State, asked: Asked, score: float) -> State:
        new = copy.deepcopy(state)
        for name in asked.skills:
            right, answers = new.get(name, [0, 0])
            new[name] = [right + int(score), answers + 1]
        return new

    def chance(self, state: State, asked: Asked) -> Estimate:
        parts = [self.mastery(state, name) for name in asked.skills] or [Estimate(0.5, 0.0, 1.0)]
        return Estimate(*(sum(getattr(part, side) for part in parts) / len(parts) for side in ("value", "low", "high")))

    def mastery(self, state: State, skill: str) -> Estimate:
        self._need_fit()
        right, answers = state.get(skill, [0, 0])
        value = (right + self.strength * self.shares_.get(skill, 0.5)) / (answers + self.strength)
        return normal_interval(value, math.sqrt(value * (1 - value) / (answers + self.strength)))

    def _kept(self) -> tuple[Facts, Arrays]:
        return {"skills": list(self.shares_)}, {"shares": np.array(list(self.shares_.values()))}

    def _restore(self, facts: Facts, arrays: Arrays) -> None:
        self.shares_ = dict(zip(facts["skills"], arrays["shares"].tolist(), strict=True))


def degenerate(own: list[bool]) -> str:
    if len(own) == 1:
        return "skill_seen_once"
    return "" if len(set(own)) > 1 else "skill_all_right" if own[0] else "skill_all_wrong"


def names(responses: Responses, tag: Any) -> tuple[str, ...]:
    return tuple(responses.skills[code] for code in responses.tag_sets[tag])


def asked_in(responses: Responses, row: int) -> Asked:
    """What a row asks, as an online question."""
    time = None if responses.time is None else float(responses.time[row])
    return Asked(responses.items[responses.item[row]], names(responses, responses.tag[row]), time)
