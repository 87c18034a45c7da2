"""The learner model in use: the fitted one that somebody accepted, or the ratings that a new program begins with.

The ratings are kept beside any fitted model, because an item's live difficulty is always on their scale.
"""

import datetime as dt
import logging
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from saem.apps.catalog.models import Version
from saem.apps.learning.models import FittedModel, ItemRecord, ModelState, PracticeState, SkillMastery
from saem.apps.learning.practice.bank import practice_items
from saem.lib.learners import Asked, Estimate, LearnerModel, LearnersError, State, model_class
from saem.lib.learners.adaptive import Candidate, Learner, Met, PracticePolicy
from saem.lib.learners.candidates import CANDIDATES

log = logging.getLogger(__name__)

START = "elo"
MODELS_KEPT = 16
# Reading the difficulties of a thousand items takes longer than everything else; one answer hardly moves them.
FRESH_S = 30
MODEL, RATING = "model", "rating"
# These say how likely a skill is known; the others, how likely an average item of it is solved.
OF_KNOWING = ("bkt", "dina", "gdina")
KNOWN_AT, SOLVED_AT = 0.95, 0.85
FEWEST_RESPONSES = 3
WIDEST = 0.5
NOTHING_KNOWN = Estimate(0.5, 0.0, 1.0, usable=False, why="unknown_item")

# `lib.learners.elo` compiles when it is imported, so it is asked for by name; this is what it answers with.
Ratings = Any


def mastered_at(model: str) -> float:
    """From which value on a skill is mastered, by the name of the model that says it; "" for the ratings."""
    return KNOWN_AT if model in OF_KNOWING else SOLVED_AT


def is_unknown(row: SkillMastery) -> bool:
    """Too few answers, or too wide a band, to say anything."""
    return row.responses < FEWEST_RESPONSES or row.high - row.low > WIDEST


def is_mastered(row: SkillMastery, at: float) -> bool:
    """What a learner reads as 숙달."""
    return row.usable and not is_unknown(row) and row.value >= at


@dataclass(frozen=True)
class Knowing:
    """The models of one program now. `fitted` is the row of `model`, None where that is the ratings themselves."""

    ratings: Ratings
    model: LearnerModel
    fitted: int | None

    @property
    def policy(self) -> PracticePolicy:
        return PracticePolicy(mastered_at=mastered_at(self.model.name))

    def new_state(self) -> State:
        state = {RATING: self.ratings.new_state()}
        return state if self.fitted is None else {**state, MODEL: self.model.new_state()}

    def of_learner(self, state: State) -> State:
        """What the model in use knows of a learner, out of what is kept of them."""
        return cast("State", state[RATING if self.fitted is None else MODEL])

    def updated(self, state: State, asked: Asked, *, is_right: bool) -> State:
        """After one first try; a model that cannot use it stays as it was."""
        found = {RATING: self.ratings.updated(state[RATING], asked, float(is_right))}
        if self.fitted is not None:
            try:
                found[MODEL] = self.model.updated(state[MODEL], asked, float(is_right))
            except LearnersError:
                log.exception("the model %s could not take in an answer to %s", self.fitted, asked.item)
                found[MODEL] = state[MODEL]
        return found

    def mastery(self, state: State, skill: str) -> Estimate:
        return self.model.mastery(self.of_learner(state), skill)

    def learner(self, state: State, history: tuple[Met, ...], now: dt.datetime) -> Learner:
        """What the choice of the next item asks."""
        known = self.of_learner(state)

        def chance(candidate: Candidate) -> Estimate:
            try:
                return self.model.chance(known, Asked(candidate.item, candidate.skills, now.timestamp()))
            except LearnersError:
                return NOTHING_KNOWN

        return Learner(chance, lambda skill: self.model.mastery(known, skill), history, now.timestamp())

    def is_of(self, practice: PracticeState) -> bool:
        """Whether what is kept of a learner was worked out by the model in use."""
        return bool(practice.state) and practice.model_id == self.fitted

    def worked_out(self, met: Iterable[Met]) -> State:
        """What these first tries, in order, say of a learner."""
        state = self.new_state()
        for each in met:
            state = self.updated(state, Asked(each.item, each.skills, each.time), is_right=each.right)
        return state


def prepare() -> None:
    """Load the code of every model that may be in force, which nobody's first answer should wait for.

    Nothing is compiled: one answer moves a learner's state in plain Python, whatever the model.
    """
    for name in CANDIDATES:
        model_class(name)


def knowing(version: Version) -> Knowing:
    """One query for the model in force; the live difficulties are at most half a minute old."""
    ratings = _recent_start(version, int(time.monotonic() // FRESH_S))
    rows = FittedModel.objects.filter(program_id=version.program_id, state=ModelState.IN_FORCE)
    found = rows.values_list("pk", "name", "created_at").first()
    model = _fitted(*found) if found is not None else None
    return Knowing(ratings, model or ratings, found[0] if found is not None and model is not None else None)


def start_of(version: Version) -> Ratings:
    """Ratings whose item difficulties are the live ones, or the author's where an item was never answered."""
    items = practice_items(version)
    start = cast("Any", model_class(START))
    first = start().first_variance
    rows = ItemRecord.objects.filter(program_id=version.program_id).values_list("item", "difficulty", "variance")
    live = {item: (difficulty, variance) for item, difficulty, variance in rows}
    difficulties = {name: live.get(name, (item.difficulty, first)) for name, item in items.items()}
    return start.from_difficulties(difficulties, {name: item.skills for name, item in items.items()})


def forget_difficulties() -> None:
    """Read the live difficulties anew, as after a refit."""
    _recent_start.cache_clear()


@lru_cache(maxsize=MODELS_KEPT)
def _recent_start(version: Version, _moment: int) -> Ratings:
    """What an item's own record is rated from is always read anew, under its lock; predictions may be a little old."""
    return start_of(version)


@lru_cache(maxsize=MODELS_KEPT)
def _fitted(pk: int, name: str, _created_at: dt.datetime) -> LearnerModel | None:
    """A fitted row never changes. One that cannot be loaded is told of in the log, and the ratings stay in use."""
    row = FittedModel.objects.only("document", "arrays").get(pk=pk)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "model.json").write_bytes(bytes(row.document))
        Path(folder, "arrays.npz").write_bytes(bytes(row.arrays))
        try:
            return model_class(name).load(Path(folder))
        except (LearnersError, ImportError):
            log.exception("the fitted model %s cannot be loaded", pk)
            return None


def model_in_use(version: Version) -> str:
    """The name of the model in force. One query."""
    rows = FittedModel.objects.filter(program_id=version.program_id, state=ModelState.IN_FORCE)
    return rows.values_list("name", flat=True).first() or START
