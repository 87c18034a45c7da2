"""Responses as windows of bounded length, each row once, with earlier rows of the same student as its context."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.responses import Booleans, Floats, Responses, codes_in

Indexes = NDArray[np.int64]
NO_ROW = -1


@dataclass(frozen=True)
class Window:
    """`rows` of one student in order; those before `fresh` are context, which another window predicts."""

    rows: Indexes
    fresh: int


@dataclass(frozen=True)
class Encoded:
    """Responses in a network's codes, rows as in the responses: `item` and `tag` from 0, where item 0 is unknown.

    `features` (rows, 2) are each item's difficulty and how unsure it is (`difficulty.item_features`). `members` (tag
    sets, skills + 1) are each tag set's shares: 1/k for each of its k known skills, or 1 in column 0.
    """

    item: Indexes
    tag: Indexes
    right: Indexes
    features: Floats
    members: Floats


@dataclass(frozen=True)
class Batch:
    """Padded to one length: `features` (windows, length, 2), the rest (windows, length); `row` is NO_ROW for context
    and padding.
    """

    item: Indexes
    tag: Indexes
    right: Indexes
    features: Floats
    row: Indexes


def windows_of(responses: Responses, length: int) -> list[Window]:
    """Every student's rows in windows of at most `length` (even); after the first, half of a window is context.

    A learner's online history is trimmed at the same places (`trimmed`), so both see the same earlier rows.
    """
    found: list[Window] = []
    half = length // 2
    for start, end in zip(responses.student_bounds, responses.student_bounds[1:], strict=False):
        rows = responses.by_student[start:end]
        firsts = range(0, max(len(rows) - half, min(len(rows), 1)), half)
        found.extend(Window(rows[first : first + length], half if first else 0) for first in firsts)
    return found


def trimmed(history: list[Any], length: int) -> list[Any]:
    """The part of a learner's history that the next prediction sees: its older half goes when a window is full."""
    return history[length // 2 :] if len(history) >= length else history


def encoded(responses: Responses, items: Sequence[str], skills: Sequence[str], table: Floats) -> Encoded:
    """In the codes of fitted `items` and `skills`, with features from their `table` (items + 1, 2).

    Raises ResponsesError for scores other than 0 and 1.
    """
    item = (codes_in(items, responses.items) + 1)[responses.item].astype(np.int64)
    right = responses.right_or_wrong().astype(np.int64)
    members = members_of(responses.tag_sets, responses.skills, skills)
    return Encoded(item, responses.tag.astype(np.int64), right, table[item], members)


def members_of(tag_sets: Sequence[Sequence[int]], names: Sequence[str], skills: Sequence[str]) -> Floats:
    """(tag sets, skills + 1): shares of the fitted `skills` in tag sets that point into `names`."""
    codes = codes_in(skills, names) + 1
    members = np.zeros((len(tag_sets), len(skills) + 1))
    for place, tags in enumerate(tag_sets):
        known = [codes[tag] for tag in tags if codes[tag] > 0] or [0]
        members[place, known] = 1.0 / len(known)
    return members


def batches_of(
    data: Encoded, windows: Sequence[Window], size: int, generator: np.random.Generator | None = None
) -> Iterator[Batch]:
    """Windows of like length together, so that little is padding; with a generator, in a random order."""
    lengths = np.array([len(window.rows) for window in windows], dtype=np.float64)
    if generator is not None:
        lengths *= generator.uniform(0.8, 1.2, len(lengths))
    order = np.argsort(lengths, kind="stable")
    starts = np.arange(0, len(order), size)
    for start in starts if generator is None else generator.permutation(starts):
        yield _padded(data, [windows[place] for place in order[start : start + size]])


def split_students(
    responses: Responses, share: float, fewest: int, generator: np.random.Generator
) -> tuple[Booleans, Booleans]:
    """Rows to train on and rows to validate on, no student in both; no validation with under `fewest` students."""
    present = np.unique(responses.student)
    held = np.zeros(len(responses.students), dtype=np.bool_)
    if share > 0 and len(present) >= fewest:
        held[generator.choice(present, size=max(1, round(share * len(present))), replace=False)] = True
    validation = held[responses.student]
    return ~validation, validation


def _padded(data: Encoded, windows: Sequence[Window]) -> Batch:
    length = max(len(window.rows) for window in windows)
    rows = np.full((len(windows), length), NO_ROW, dtype=np.int64)
    fresh = np.zeros(rows.shape, dtype=np.bool_)
    for place, window in enumerate(windows):
        rows[place, : len(window.rows)] = window.rows
        fresh[place, window.fresh : len(window.rows)] = True
    # Padding stands after every row of a window, where no row can see it.
    item, tag, right = (np.where(rows >= 0, column[rows], 0) for column in (data.item, data.tag, data.right))
    return Batch(item, tag, right, data.features[rows], np.where(fresh, rows, NO_ROW))
