"""Ratings that move with every response: one machine for Elo and for online Bayesian item response theory."""

import math
import time
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from saem.lib.learners.degeneracy import degeneracies, degenerate_skills, unknown
from saem.lib.learners.errors import ParameterError, ResponsesError
from saem.lib.learners.model import Arrays, Asked, Estimate, Facts, Fit, LearnerModel, Predictions, State, describe
from saem.lib.learners.responses import Floats, Responses, codes_in
from saem.lib.learners.sequence import Rows, Slots, checked_time, pairs, positions

from .kernels import play
from .rating import Rating, chance_of, logistic, moved

Ratings = dict[str, Rating]
Part = tuple[float, float, float]  # of log-odds: share, mean and variance of one rating
Surprise = tuple[float, float, float]  # score minus chance, chance * (1 - chance), variance of the log-odds


@dataclass(frozen=True)
class Walk:
    """What a pass over responses saw: chance (n,), ability of the student (n,) and on each skill (slots,)."""

    chance: Floats
    ability: Floats
    skill_ability: Floats


class RatingModel(LearnerModel):
    """Ratings that move with every response.

    The log-odds of a right answer are the student's ability less the item's difficulty, plus the mean over the
    response's skills of the ability on the skill less the skill's difficulty. `fit` walks once through the responses,
    in the order of time if they have times, else all first responses, all second ones and so on; every rating that
    took part moves. `fit_.log_likelihood` is of the chances before each move. There is nothing to converge to.
    `predict` keeps the difficulties and moves the abilities.
    """

    difficulties_: Ratings
    skill_difficulties_: Ratings
    average_items_: Ratings

    @property
    @abstractmethod
    def first_variance(self) -> float:
        """Of every rating before its first response."""

    @property
    @abstractmethod
    def growth(self) -> float:
        """What a response adds to 1 / variance; 0 lets Bayes say it (`rating.moved`)."""

    @property
    def wandering(self) -> float:
        """What each response adds to the variance of an ability."""
        return 0.0

    @abstractmethod
    def _check_parameters(self) -> None:
        """Raises ParameterError."""

    def fit(self, responses: Responses) -> Self:
        """Raises ParameterError, and ResponsesError for no rows, scores other than 0 and 1, and times out of order."""
        started = time.perf_counter()
        self._check_parameters()
        if not len(responses):
            raise ResponsesError("no_responses")
        right = responses.right_or_wrong()
        first = (0.0, self.first_variance)
        slots = Slots.of(responses, responses.skills)
        self.difficulties_ = {responses.items[code]: first for code in np.unique(responses.item)}
        self.skill_difficulties_ = {responses.skills[code]: first for code in np.unique(slots.skill)}
        items, skills = self._table(self.difficulties_), self._table(self.skill_difficulties_)
        walk = self._walk(responses, items, skills, rate_items=True)
        self.difficulties_ = _ratings(self.difficulties_, items)
        self.skill_difficulties_ = _ratings(self.skill_difficulties_, skills)
        self.average_items_ = _average_items(responses, slots, self.difficulties_)
        surprise = np.log(np.where(right, walk.chance, 1 - walk.chance))
        findings = tuple(degeneracies(responses, right))
        self.fit_ = Fit(float(surprise.sum()), True, 1, time.perf_counter() - started, findings=findings)
        self.trained_on_ = describe(responses)
        return self

    @classmethod
    def from_difficulties(
        cls, items: Mapping[str, Rating], skills: Mapping[str, Sequence[str]], **parameters: Any
    ) -> Self:
        """A model for the first learners of new items, from difficulties that were judged and not fitted.

        `items` has each item's difficulty and its variance, `skills` the skills of each item. The difficulties say all:
        those of the skills are 0 without uncertainty. Raises ParameterError.
        """
        model = cls(**parameters)
        model._check_parameters()
        model.difficulties_ = {}
        of_skill: dict[str, list[Rating]] = {}
        for item, (difficulty, variance) in items.items():
            _check_rating(item, difficulty, variance)
            model.difficulties_[item] = (difficulty, variance)
            for skill in set(skills[item]):
                of_skill.setdefault(skill, []).append((difficulty, variance))
        model.skill_difficulties_ = dict.fromkeys(of_skill, (0.0, 0.0))
        model.average_items_ = {skill: _mean(ratings) for skill, ratings in of_skill.items()}
        model.fit_ = Fit(0.0, converged=True, iterations=0, seconds=0.0)
        model.trained_on_ = {
            "responses": 0,
            "students": 0,
            "items": len(items),
            "skills": len(of_skill),
            "mean_score": 0.0,
        }
        return model

    def predict(self, responses: Responses) -> Predictions:
        """An unknown item or skill has the difficulty 0, and its first variance; both are found."""
        walk = self.walk(responses)
        items = codes_in(tuple(self.difficulties_), responses.items)
        skills = codes_in(tuple(self.skill_difficulties_), responses.skills)
        met = Slots.of(responses, responses.skills).skill
        findings = [
            *unknown("item", responses.items, items, responses.item),
            *unknown("skill", responses.skills, skills, met),
        ]
        return Predictions(walk.chance, tuple(findings))

    def walk(self, responses: Responses) -> Walk:
        """A pass with the difficulties as they are."""
        self._need_fit()
        items, skills = self._table(self.difficulties_), self._table(self.skill_difficulties_)
        return self._walk(responses, items, skills, rate_items=False)

    def new_state(self) -> State:
        return {"responses": 0, "ability": [0.0, self.first_variance], "skills": {}}

    def updated(self, state: State, asked: Asked, score: float) -> State:
        """Raises ResponsesError for a score other than 0 or 1."""
        seen = self._surprise(list(self._parts(state, asked)), asked, score)
        tags = sorted(set(asked.skills))
        skills = {name: self._wandered(self.ability(state, name), 1 / len(tags), seen) for name in tags}
        return {
            "responses": state["responses"] + 1,
            "ability": self._wandered(tuple(state["ability"]), 1.0, seen),
            "skills": {**state["skills"], **skills},
        }

    def chance(self, state: State, asked: Asked) -> Estimate:
        """`why` says `unknown_item` or `unknown_skill` (not usable) where the model had to guess."""
        self._need_fit()
        strange = any(name not in self.skill_difficulties_ for name in asked.skills)
        why = "unknown_skill" if strange else "" if asked.item in self.difficulties_ else "unknown_item"
        return self._estimate(self._parts(state, asked), usable=not strange, why=why)

    def mastery(self, state: State, skill: str) -> Estimate:
        """The chance of a right answer on an average item of the skill (as often asked as in training). Not usable for
        a skill that is unknown or was degenerate in training.
        """
        self._need_fit()
        known = skill in self.skill_difficulties_
        why = degenerate_skills(self.fit_.findings).get(skill, "") if known else "unknown_skill"
        average = self.average_items_.get(skill, (0.0, self.first_variance))
        return self._estimate(self._parts(state, Asked("", (skill,)), average), usable=not why, why=why)

    def ability(self, state: State, skill: str) -> Rating:
        """Mean and variance of this learner's rating on a skill, above or below the ability in general."""
        mean, variance = state["skills"].get(skill, (0.0, self.first_variance))
        return mean, variance

    def difficulty(self, item: str) -> Estimate:
        """In log-odds, beside the difficulty of its skills."""
        self._need_fit()
        known = item in self.difficulties_
        mean, variance = self.difficulties_.get(item, (0.0, self.first_variance))
        error = 1.96 * math.sqrt(variance)
        return Estimate(mean, mean - error, mean + error, usable=known, why="" if known else "unknown_item")

    def rate(self, difficulty: float, variance: float, *, state: State, asked: Asked, score: float) -> Rating:
        """An item's difficulty and its variance after one more response of a learner in this state (before `updated`).

        Pure: whoever keeps live difficulties calls it under their own lock, and `set_difficulty` puts one in force.
        """
        parts = list(self._parts(state, asked, (difficulty, variance)))
        return moved(difficulty, variance, -1.0, *self._surprise(parts, asked, score), self.growth)

    def set_difficulty(self, item: str, difficulty: float, variance: float) -> None:
        """Put a live difficulty in force, of a known item or of a new one; raises ParameterError for no number."""
        self._need_fit()
        _check_rating(item, difficulty, variance)
        self.difficulties_ = {**self.difficulties_, item: (difficulty, variance)}

    def _parts(self, state: State, asked: Asked, item: Rating | None = None) -> Iterator[Part]:
        """What makes the log-odds: share, mean and variance of each rating."""
        self._need_fit()
        first = (0.0, self.first_variance)
        yield (1.0, *state["ability"])
        yield (-1.0, *(item or self.difficulties_.get(asked.item, first)))
        tags = sorted(set(asked.skills))
        for name in tags:
            yield (1 / len(tags), *self.ability(state, name))
            yield (-1 / len(tags), *self.skill_difficulties_.get(name, first))

    def _surprise(self, parts: Sequence[Part], asked: Asked, score: float) -> Surprise:
        if score not in {0, 1}:
            raise ResponsesError("score_not_binary", where=asked.item)
        chance = logistic(sum(share * mean for share, mean, _ in parts))
        return score - chance, chance * (1 - chance), sum(share**2 * variance for share, _, variance in parts)

    def _wandered(self, rating: Rating, share: float, seen: Surprise) -> list[float]:
        mean, variance = moved(*rating, share, *seen, self.growth)
        return [mean, variance + self.wandering]

    def _estimate(self, parts: Iterable[Part], *, usable: bool, why: str) -> Estimate:
        score, spread = 0.0, 0.0
        for share, mean, variance in parts:
            score, spread = score + share * mean, spread + share**2 * variance
        value, wide = chance_of(score, spread, self.growth), 1.96 * math.sqrt(spread)
        low, high = logistic(score - wide), logistic(score + wide)
        return Estimate(value, min(low, value), max(high, value), usable=usable, why=why)

    def _walk(self, responses: Responses, items: Floats, skills: Floats, *, rate_items: bool) -> Walk:
        right = responses.right_or_wrong()
        slots = Slots.of(responses, tuple(self.skill_difficulties_))
        pair = pairs(responses.student[slots.row], slots.skill, len(responses.skills))
        distinct, pair = np.unique(pair, return_inverse=True)
        known = codes_in(tuple(self.difficulties_), responses.items)
        walked = play(
            _order(responses), slots.bounds, responses.student.astype(np.int64), pair,
            slots.known.astype(np.int64) % len(skills), known[responses.item].astype(np.int64) % len(items), right,
            self._fresh(len(responses.students)), self._fresh(len(distinct)), items, skills, self.growth,
            self.wandering, rate_items,
        )  # fmt: skip
        return Walk(*walked)

    def _fresh(self, size: int) -> Floats:
        return np.tile([0.0, self.first_variance], (size, 1))

    def _table(self, ratings: Ratings) -> Floats:
        """(ratings + 1, 2): the last one is for what is unknown (code -1)."""
        return np.array([*ratings.values(), (0.0, self.first_variance)])

    def _kept(self) -> tuple[Facts, Arrays]:
        kept = {name: getattr(self, name) for name in ("difficulties_", "skill_difficulties_", "average_items_")}
        facts = {name: list(ratings) for name, ratings in kept.items()}
        return facts, {name: np.array(list(ratings.values())).reshape(-1, 2) for name, ratings in kept.items()}

    def _restore(self, facts: Facts, arrays: Arrays) -> None:
        for name, names in facts.items():
            setattr(self, name, _ratings(names, arrays[name]))


def _check_rating(item: str, difficulty: float, variance: float) -> None:
    if not math.isfinite(difficulty) or not 0 < variance < math.inf:
        raise ParameterError(f"{item}: difficulty {difficulty!r}, variance {variance!r}")


def _mean(ratings: Sequence[Rating]) -> Rating:
    """The mean of independent ratings, and the variance of that mean."""
    count = len(ratings)
    return sum(mean for mean, _ in ratings) / count, sum(variance for _, variance in ratings) / count**2


def _order(responses: Responses) -> Rows:
    key = positions(responses) if responses.time is None else checked_time(responses)
    return np.argsort(key, kind="stable")


def _ratings(names: Iterable[str], table: Floats) -> Ratings:
    return {name: (float(mean), float(variance)) for name, (mean, variance) in zip(names, table, strict=False)}


def _average_items(responses: Responses, slots: Slots, difficulties: Ratings) -> Ratings:
    """For each skill the mean difficulty of its items, as often as they were asked, and the variance of that mean."""
    item = responses.item[slots.row].astype(np.int64)
    pair, counts = np.unique(slots.skill * len(responses.items) + item, return_counts=True)
    skill, item = np.divmod(pair, len(responses.items))
    share = counts / np.bincount(skill, weights=counts)[skill]
    rating = np.array([difficulties[responses.items[code]] for code in item.tolist()]).reshape(-1, 2)
    means = np.bincount(skill, weights=share * rating[:, 0])
    variances = np.bincount(skill, weights=share**2 * rating[:, 1])
    return {responses.skills[code]: (float(means[code]), float(variances[code])) for code in np.unique(skill)}
