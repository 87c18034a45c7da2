"""The design of a logistic model: one sparse row for each response, made of that student's earlier rows alone."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from saem.lib.learners.elo.model import Walk
from saem.lib.learners.responses import UNKNOWN, Codes, Floats, Responses, codes_in
from saem.lib.learners.sequence import Rows, Slots, checked_time, pairs

from .kernels import history_before
from .recipe import Cells, Recipe, cells_of

Piece = tuple[Rows, Cells]


@dataclass(frozen=True)
class Words:
    """The items and skills that a model was fitted on."""

    items: tuple[str, ...]
    skills: tuple[str, ...]


def design(
    responses: Responses, recipe: Recipe, words: Words, walk: Walk | None = None
) -> tuple[sparse.csr_array, Codes]:
    """Features (n, q), sorted columns, and for each row its item's code or UNKNOWN.

    `walk` holds the abilities where the recipe wants them. Raises ResponsesError for scores other than 0 and 1, and as
    `checked_time` where the recipe has windows.
    """
    right = responses.right_or_wrong()
    past = _Past(recipe, right, checked_time(responses) if recipe.timed else np.zeros(len(right)))
    slots = Slots.of(responses, words.skills)
    pieces = [*_shared_pieces(responses, past), *_skill_pieces(responses, slots, past)]
    if walk is not None:
        pieces += _ability_pieces(slots, recipe, walk)
    level = codes_in(words.items, responses.items)[responses.item]
    return _matrix(pieces, (len(right), recipe.skill_offset(len(words.skills)))), level


@dataclass(frozen=True)
class _Past:
    recipe: Recipe
    right: NDArray[np.bool_]
    time: Floats

    def of_runs(self, key: Rows, row: Rows) -> Floats:
        """(len(row), raw): the history of each of these rows among those with the same key."""
        order = np.argsort(key, kind="stable")
        there, sorted_key = row[order], key[order]
        bounds = np.flatnonzero(np.diff(sorted_key, prepend=-1, append=-2) != 0)
        windows, fades = (np.array(each, dtype=np.float64) for each in (self.recipe.windows, self.recipe.fades))
        found = history_before(bounds, self.right[there], self.time[there], windows, fades)
        history = np.empty_like(found)
        history[order] = found
        return history


def _shared_pieces(responses: Responses, past: _Past) -> Iterator[Piece]:
    recipe, rows = past.recipe, np.arange(len(responses))
    yield rows, (np.zeros((len(rows), 1), dtype=np.int64), np.ones((len(rows), 1)))
    if recipe.of_student:
        history = past.of_runs(responses.student.astype(np.int64), rows)
        yield rows, _moved(cells_of(recipe.student, history, recipe), 1)
        if recipe.switch:
            column, value = _moved(cells_of(("pattern",), history, recipe), recipe.switch_offset)
            yield rows, (column, value * _same_as_before(responses)[:, None])
    if recipe.item:
        history = past.of_runs(pairs(responses.student, responses.item, len(responses.items)), rows)
        yield rows, _moved(cells_of(recipe.item, history, recipe), recipe.item_offset)


def _skill_pieces(responses: Responses, slots: Slots, past: _Past) -> Iterator[Piece]:
    recipe = past.recipe
    key = pairs(responses.student[slots.row], slots.skill, len(responses.skills))
    history = past.of_runs(key, slots.row)
    column, value = cells_of(recipe.shared, history, recipe)
    yield slots.row, (column + recipe.shared_offset, value / slots.per_row[slots.row][:, None])
    known = slots.known != UNKNOWN
    row, start = slots.row[known], recipe.skill_offset(slots.known[known].astype(np.int64))[:, None]
    yield row, (start, np.ones((len(row), 1)))
    yield row, _moved(cells_of(recipe.skill, history[known], recipe), start + 1)


def _ability_pieces(slots: Slots, recipe: Recipe, walk: Walk) -> Iterator[Piece]:
    offset = np.full((len(walk.ability), 1), recipe.abilities_offset)
    yield np.arange(len(walk.ability)), (offset, walk.ability[:, None])
    share = walk.skill_ability / slots.per_row[slots.row]
    yield slots.row, (np.full((len(share), 1), recipe.abilities_offset + 1), share[:, None])
    known = slots.known != UNKNOWN
    end = recipe.skill_offset(slots.known[known].astype(np.int64))[:, None] + recipe.skill_width
    both = np.column_stack([walk.ability[slots.row[known]], walk.skill_ability[known]])
    yield slots.row[known], (end + np.array([-2, -1]), both)


def _moved(cells: Cells, offset: int | Rows) -> Cells:
    return cells[0] + offset, cells[1]


def _same_as_before(responses: Responses) -> NDArray[np.bool_]:
    """Whether the student's response before had the same skills."""
    order = responses.by_student
    student, tag = responses.student[order], responses.tag[order]
    same = np.zeros(len(order), dtype=np.bool_)
    same[order[1:]] = (student[1:] == student[:-1]) & (tag[1:] == tag[:-1])
    return same


def _matrix(pieces: list[Piece], shape: tuple[int, int]) -> sparse.csr_array:
    rows = np.concatenate([np.repeat(row, cells[0].shape[1]) for row, cells in pieces])
    columns = np.concatenate([cells[0].ravel() for _, cells in pieces])
    values = np.concatenate([cells[1].ravel() for _, cells in pieces])
    return sparse.csr_array((values, (rows, columns)), shape=shape)
