"""Chances of right answers in whole tables of responses."""

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.findings import Finding
from saem.lib.learners.model import Predictions
from saem.lib.learners.responses import UNKNOWN, Responses, codes_in

from .naming import tag_names
from .sequences import Floats, Integers, Narrow, rows_by
from .table import Table
from .task import FORGET, GUESS, LEARN, SLIP
from .tracing import Rates, Rows, trace


def predict_rows(table: Table, responses: Responses, *, item_effects: bool) -> Predictions:
    """Each row from the same student's earlier rows; see `BKT.predict`."""
    right = responses.right_or_wrong()
    names = tag_names(responses)
    rows = codes_in(table.names, names)
    found = _unknown("unknown_skill", np.flatnonzero(rows == UNKNOWN), names, responses.tag)
    rows[rows == UNKNOWN] = len(table.names)
    cell, theta = responses.tag, table.theta[rows]
    change, emission = theta[:, [LEARN, FORGET]], theta[:, [GUESS, SLIP]]
    if item_effects:
        cell, tag_of, emission = _cells(table, responses, rows, emission)
        change = change[tag_of]
        unknown = np.flatnonzero(codes_in(table.items, responses.items) == UNKNOWN)
        found += _unknown("unknown_item", unknown, responses.items, responses.item)
    by_student = rows_by(responses.student, len(responses.students))
    rates = Rates(change, table.prior[rows], emission, table.cuts)
    chance = trace(by_student, Rows(responses.student, responses.tag, cell, right), rates)
    return Predictions(chance, tuple(found))


def _unknown(code: str, codes: NDArray[np.int64], names: tuple[str, ...], column: Narrow) -> list[Finding]:
    """A finding for each of these codes that some row has, with the first such row."""
    found = []
    for one in codes:
        rows = np.flatnonzero(column == one)
        if len(rows):
            found.append(Finding(code, names[one], int(rows[0])))
    return found


def _cells(table: Table, responses: Responses, rows: Narrow, emission: Floats) -> tuple[Narrow, Integers, Floats]:
    """The cell of each row, one for each item of a tag; each cell's tag, and its guess and slip: the item's own where
    that was fitted with its skill, else the skill's.
    """
    keys, cell = np.unique(responses.tag.astype(np.int64) * len(responses.items) + responses.item, return_inverse=True)
    tags, items = np.divmod(keys, max(1, len(responses.items)))
    own = [
        table.pairs.get((int(rows[tag]), responses.items[item]), UNKNOWN) for tag, item in zip(tags, items, strict=True)
    ]
    chosen = emission[tags]
    fitted = np.array(own, dtype=np.int64) != UNKNOWN
    chosen[fitted] = table.emission[np.array(own, dtype=np.int64)[fitted]]
    return cell.astype(np.int32), tags, chosen
