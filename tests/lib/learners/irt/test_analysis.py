"""What a fitted model says of named students and items."""

import numpy as np
import pytest

from saem.lib.learners import Asked, ParameterError, Responses, model_class
from saem.lib.learners.irt.abilities import Ability
from saem.lib.learners.irt.analysis import abilities_of, compare_students, item_fit_of, person_fit_of
from tests.lib.learners.irt.simulated import abilities, answers, family_of_kind, responses, values_of_kind

PERSONS, ITEMS = 1_600, 14
FAMILY, VALUES = family_of_kind("2pl", ITEMS), values_of_kind("2pl", ITEMS)
THETA = abilities(PERSONS)
FOCAL = np.arange(PERSONS) % 2 == 1
STUDENTS = [f"student {each}" for each in np.flatnonzero(FOCAL)]


def data(*, harder: float = 0.0, missing: bool = False) -> Responses:
    other = VALUES.copy()
    other[5, 1] -= harder
    scores = np.where(FOCAL[:, None], answers(FAMILY, other, THETA), answers(FAMILY, VALUES, THETA))
    if missing:
        scores[np.arange(PERSONS) // 2 % 2 == 0, :4] = -1
    return responses(scores)


def test_abilities_and_fit_of_named_students() -> None:
    given = data(missing=True)
    model = model_class("irt-2pl")().fit(given)
    order = [int(name.split()[1]) for name in given.students]
    found = abilities_of(model, given)
    assert np.corrcoef(found.theta, THETA[order])[0, 1] > 0.8
    state = model.new_state()
    for row in given.by_student[given.student_bounds[4] : given.student_bounds[5]]:
        state = model.updated(state, asked_in(given, row), float(given.score[row]))
    assert found.theta[4] == pytest.approx(model.ability(state).value, abs=1e-9)
    fit = person_fit_of(model, given, Ability.MAP)
    assert abs(fit.lz_star.mean()) < 0.15
    assert (item_fit_of(model, given).p > 0.001).all()


@pytest.mark.parametrize("missing", [False, True])
def test_the_item_that_is_harder_for_some(missing: bool) -> None:
    given = data(harder=1.2, missing=missing)
    model = model_class("irt-2pl")().fit(given)
    assert compare_students(model, given, STUDENTS).flagged() == ("item 5",)


def test_first_answers_are_compared() -> None:
    given = data(harder=1.2)
    repeated = given.rows(np.concatenate([np.arange(len(given)), np.arange(len(given))[::-1]]))
    model = model_class("irt-2pl")().fit(given)
    once, twice = (compare_students(model, each, STUDENTS) for each in (given, repeated))
    assert once == twice


def test_graded_models_are_not_compared() -> None:
    scores = answers(family_of_kind("grm", 5), values_of_kind("grm", 5), abilities(80))
    given = responses(scores)
    model = model_class("grm")().fit(given)
    with pytest.raises(ParameterError, match="right-or-wrong"):
        compare_students(model, given, ["student 1"])


def asked_in(given: Responses, row: int) -> Asked:
    return Asked(given.items[given.item[row]])
