"""What a fitted model says of responses: abilities, fit of items and persons, and differences between groups."""

from collections.abc import Collection

import numpy as np

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.responses import Responses

from .abilities import Abilities, Ability, abilities
from .dif import Dif, compare_groups
from .item_fit import ItemFit, item_fit
from .model import ItemResponseModel
from .person_fit import PersonFit, person_fit
from .table import Table, dense


def abilities_of(model: ItemResponseModel, responses: Responses, method: Ability = Ability.EAP) -> Abilities:
    """The ability of each of `responses.students`, the items as they were fitted."""
    curves = model.curves_
    return abilities(model.table(responses), curves.family, curves.values, grid=curves.grid, method=method)


def item_fit_of(model: ItemResponseModel, responses: Responses) -> ItemFit:
    """The fit of each of the model's items to these responses."""
    curves = model.curves_
    return item_fit(model.table(responses), curves.family, curves.values, curves.grid)


def person_fit_of(model: ItemResponseModel, responses: Responses, method: Ability = Ability.MAP) -> PersonFit:
    """The fit of each of `responses.students` at their abilities by this method."""
    curves, table = model.curves_, model.table(responses)
    found = abilities(table, curves.family, curves.values, grid=curves.grid, method=method)
    return person_fit(table, curves.family, curves.values, found, curves.grid)


def compare_students(model: ItemResponseModel, responses: Responses, focal: Collection[str]) -> Dif:
    """DIF of a right-or-wrong model's items for the students named in `focal` against all others.

    Where not everyone answered everything, students are matched by the model's abilities. Of several answers to an
    item the first counts. Raises ParameterError for a graded model or an empty group.
    """
    if model.curves_.scoring.points.shape[1] > 2:  # noqa: PLR2004  # right and wrong
        raise ParameterError("DIF is for right-or-wrong models")
    scores = _first_answers(model, responses)
    chosen = np.isin(list(responses.students), list(focal))
    complete = bool((scores >= 0).all())
    ability = None if complete else abilities_of(model, responses).theta
    return compare_groups(scores, chosen, model.items_, ability=ability)


def _first_answers(model: ItemResponseModel, responses: Responses) -> np.ndarray:
    """(students, items): 1 for right, 0 for wrong, -1 for never asked."""
    pairs = np.stack([responses.student, responses.item], axis=1)
    rows = np.sort(np.unique(pairs, axis=0, return_index=True)[1])
    table: Table = model.table(responses.rows(rows))
    scores = np.full((table.persons, table.items), -1, dtype=np.int64)
    right = dense(table.picks[0]).astype(np.int64)
    asked = np.ones_like(right) if table.asked is None else dense(table.asked)
    scores[table.order] = np.where(asked > 0, right, -1)
    return scores
