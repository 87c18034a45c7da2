"""One question to one learner, as one row of the design: the online half of `design.py`."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.elo.model import RatingModel
from saem.lib.learners.model import Asked, State
from saem.lib.learners.responses import Floats

from .memory import history_of, tags_of, time_of
from .recipe import Cells, Recipe, cells_of

Codes = Mapping[str, int]


def question(
    state: State, asked: Asked, recipe: Recipe, skills: Codes, ratings: RatingModel | None
) -> tuple[NDArray[np.int64], Floats]:
    """Columns and values of the row that `design` would make; `skills` are the model's codes by name."""
    now, tags = time_of(state, asked, recipe), tags_of(asked)
    pieces = [*_shared(state, asked, recipe, now)]
    for tag in tags:
        start = recipe.skill_offset(skills[tag]) if tag in skills else None
        pieces += _of_skill(recipe, history_of(state["skills"].get(tag, {}), recipe, now), start, len(tags))
        if ratings is not None:
            special = ratings.ability(state["ratings"], tag)[0]
            pieces += _abilities(recipe, state["ratings"]["ability"][0], special, start, len(tags))
    columns, values = zip(*pieces, strict=True)
    return np.concatenate(columns, axis=1)[0], np.concatenate(values, axis=1)[0]


def _of_skill(recipe: Recipe, history: Floats, start: int | None, tags: int) -> Iterator[Cells]:
    column, value = cells_of(recipe.shared, history, recipe)
    yield column + recipe.shared_offset, value / tags
    if start is not None:
        column, value = cells_of(recipe.skill, history, recipe)
        yield _cells([start], [1.0])
        yield column + start + 1, value


def _abilities(recipe: Recipe, general: float, special: float, start: int | None, tags: int) -> Iterator[Cells]:
    yield _cells([recipe.abilities_offset + 1], [special / tags])
    if start is not None:
        end = start + recipe.skill_width
        yield _cells([end - 2, end - 1], [general, special])


def _shared(state: State, asked: Asked, recipe: Recipe, now: float) -> Iterator[Cells]:
    yield _cells([0], [1.0])
    student = history_of(state["student"], recipe, now)
    column, value = cells_of(recipe.student, student, recipe)
    yield column + 1, value
    if recipe.switch and state.get("before") == list(tags_of(asked)):
        column, value = cells_of(("pattern",), student, recipe)
        yield column + recipe.switch_offset, value
    if recipe.item:
        column, value = cells_of(recipe.item, history_of(state["items"].get(asked.item, {}), recipe, now), recipe)
        yield column + recipe.item_offset, value
    if recipe.abilities:
        yield _cells([recipe.abilities_offset], [state["ratings"]["ability"][0]])


def _cells(columns: list[int], values: list[float]) -> Cells:
    return np.array([columns], dtype=np.int64), np.array([values])
