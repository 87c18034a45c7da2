"""A small school of simulated learners, and what every counting model must keep."""

import json
from pathlib import Path

import numpy as np

from saem.lib.learners import Asked, LearnerModel, Responses

DAY = 86400.0


def school(*, students: int = 30, rows: int = 12, items: int = 8, skills: int = 3, seed: int = 1) -> Responses:
    """Learners who get better; a third of the items carry two skills. Rows of the students are interleaved."""
    rng = np.random.default_rng(seed)
    student = np.tile(np.arange(students), rows)
    item = rng.integers(0, items, len(student))
    ability, difficulty = rng.normal(0, 1, students), rng.normal(0, 1, items)
    chance = 1 / (1 + np.exp(-(ability[student] - difficulty[item] + 0.1 * np.repeat(np.arange(rows), students))))
    tags = [
        (f"k{each % skills}", f"k{(each + 1) % skills}") if each % 3 == 0 else (f"k{each % skills}",) for each in item
    ]
    time = np.repeat(np.cumsum(rng.exponential(4 * DAY, rows)), students)
    return Responses.from_columns(
        [f"s{each}" for each in student], [f"i{each}" for each in item], tags,
        (rng.random(len(student)) < chance).astype(float), time,
    )  # fmt: skip


def asked(responses: Responses, row: int) -> Asked:
    """The question of a row, as it would be asked online."""
    names = tuple(responses.skills[code] for code in responses.tag_sets[responses.tag[row]])
    time = None if responses.time is None else float(responses.time[row])
    return Asked(responses.items[responses.item[row]], names, time)


def replayed(model: LearnerModel, responses: Responses, student: int) -> list[float]:
    """The chances of one student's rows, each asked online before its answer; the state goes through JSON each time."""
    state, chances = model.new_state(), []
    for row in np.flatnonzero(responses.student == student):
        question = asked(responses, int(row))
        chances.append(model.chance(state, question).value)
        before = json.dumps(state, allow_nan=False)
        after = model.updated(state, question, float(responses.score[row]))
        assert json.dumps(state) == before
        state = json.loads(json.dumps(after, allow_nan=False))
    return chances


def check_only_earlier_rows_count(model: LearnerModel, responses: Responses) -> None:
    """Turning the answers from one row on changes no prediction up to that row, and some after it."""
    whole = model.predict(responses).chance
    middle = len(responses) // 2
    turned = responses.rows(np.arange(len(responses)))
    turned.score[middle:] = 1 - turned.score[middle:]
    other = model.predict(turned).chance
    same_student = responses.student == responses.student[middle]
    np.testing.assert_array_equal(other[: middle + 1], whole[: middle + 1])
    assert np.any(other[middle + 1 :][same_student[middle + 1 :]] != whole[middle + 1 :][same_student[middle + 1 :]])


def check_other_students_do_not_matter(model: LearnerModel, responses: Responses) -> None:
    whole = model.predict(responses).chance
    order = np.argsort(-responses.student, kind="stable")
    np.testing.assert_allclose(model.predict(responses.rows(order)).chance, whole[order], rtol=1e-12)


def check_save_and_load(model: LearnerModel, responses: Responses, folder: Path) -> None:
    model.save(folder)
    again = type(model).load(folder)
    np.testing.assert_array_equal(again.predict(responses).chance, model.predict(responses).chance)
    question = asked(responses, 0)
    assert again.chance(again.new_state(), question) == model.chance(model.new_state(), question)
    assert again.fit_ == model.fit_
    assert again.mastery(again.new_state(), "k0") == model.mastery(model.new_state(), "k0")
