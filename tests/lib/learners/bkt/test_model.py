"""Fit, predict, follow a learner, keep: the estimator."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from saem.lib.learners import Asked, ParameterError, Responses, ResponsesError, model_class
from saem.lib.learners.bkt import BKT

from .builders import Truth, draw, forward, responses

RNG = np.random.default_rng(4)
PRACTICE = responses({
    "add": draw(Truth(), [5] * 30, RNG),
    "add~times": draw(Truth(prior=0.1, learn=0.3), [4] * 24, RNG),
})  # fmt: skip
OPTIONS = [
    {},
    {"forgetting": True},
    {"item_effects": True},
    {"individual_prior": True},
    {"forgetting": True, "item_effects": True, "individual_prior": True},
]
every_option = pytest.mark.parametrize("options", OPTIONS, ids=lambda options: "-".join(options) or "plain")


def fitted(**options: object) -> BKT:
    return BKT(starts=2, tolerance=0.01, most_iterations=60, **options).fit(PRACTICE)


def asked(rows: Responses, row: int) -> Asked:
    return Asked(rows.items[rows.item[row]], tuple(rows.skills[code] for code in rows.tag_sets[rows.tag[row]]))


def test_the_registry_knows_it() -> None:
    assert model_class("bkt") is BKT


@every_option
def test_chances_multiply_to_the_likelihood(options: dict[str, bool]) -> None:
    model = fitted(**options)
    chance = model.predict(PRACTICE).chance
    assert ((chance > 0) & (chance < 1)).all()
    likelihood = np.log(np.where(PRACTICE.score == 1, chance, 1 - chance)).sum()
    assert likelihood == pytest.approx(model.fit_.log_likelihood, rel=1e-9)


def test_the_likelihood_is_that_of_the_parameters() -> None:
    model = fitted()
    total = 0.0
    for name, skill in model.skills_.items():
        theta = [skill.learn, skill.forget, skill.prior, skill.guess, skill.slip]
        for student in range(len(PRACTICE.students)):
            rows = (PRACTICE.student == student) & (PRACTICE.tag == PRACTICE.tag_names.index(name))
            total += forward(theta, PRACTICE.score[rows].astype(int).tolist())
    assert total == pytest.approx(model.fit_.log_likelihood)
    assert sum(skill.log_likelihood for skill in model.skills_.values()) == pytest.approx(total)


@every_option
def test_a_replayed_learner_is_a_predicted_one(options: dict[str, bool]) -> None:
    model = fitted(**options)
    chance = model.predict(PRACTICE).chance
    for student in (0, 7):
        state = model.new_state()
        for row in np.flatnonzero(PRACTICE.student == student):
            estimate = model.chance(state, asked(PRACTICE, row))
            assert estimate.value == pytest.approx(chance[row], abs=1e-12)
            assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
            before = json.dumps(state)
            new = model.updated(state, asked(PRACTICE, row), PRACTICE.score[row])
            assert json.dumps(state) == before
            state = json.loads(json.dumps(new))
            assert state == new


@every_option
def test_a_long_replay_is_a_prediction_too(options: dict[str, bool]) -> None:
    """After so many right answers the chance of not knowing is far below the last digit of that of knowing."""
    model, rows = fitted(**options), responses({"add": [[1] * 60 + [0] * 60 + [1] * 5]})
    chance, state = model.predict(rows).chance, model.new_state()
    for row in range(len(rows)):
        assert model.chance(state, asked(rows, row)).value == pytest.approx(chance[row], abs=1e-12)
        assert 0 <= model.mastery(state, "add").low <= model.mastery(state, "add").high <= 1
        state = json.loads(json.dumps(model.updated(state, asked(rows, row), rows.score[row]), allow_nan=False))
    assert model.mastery(state, "add").value < 1


def test_a_state_that_was_kept_without_the_chance_of_not_knowing_goes_on() -> None:
    model, question = fitted(), Asked("add-item-0", ("add",))
    state = model.updated(model.new_state(), question, 1)
    older = {key: value for key, value in state.items() if key != "knows_not"}
    assert model.mastery(older, "add") == model.mastery(state, "add")
    newer = model.updated(older, question, 0)
    assert newer["knows"]["add"] == pytest.approx(model.updated(state, question, 0)["knows"]["add"], abs=1e-14)


def test_right_answers_raise_mastery_and_wrong_ones_lower_it() -> None:
    model, question = fitted(), Asked("add-item-0", ("add",))
    state = model.new_state()
    masteries = [model.mastery(state, "add").value]
    for score in (1, 1, 1, 0):
        state = model.updated(state, question, score)
        masteries.append(model.mastery(state, "add").value)
    assert masteries[0] < masteries[1] < masteries[2] < masteries[3] > masteries[4]


def test_a_combination_is_a_skill_of_its_own() -> None:
    model = fitted()
    assert set(model.skills_) == {"add", "add~times"}
    state = model.updated(model.new_state(), Asked("x", ("times", "add")), 1)
    assert list(state["knows"]) == ["add~times"]
    assert model.mastery(state, "times~add") == model.mastery(state, "add~times")
    assert model.mastery(state, "times").why == "unknown_skill"


@every_option
def test_kept_and_read_back(options: dict[str, bool], tmp_path: Path) -> None:
    model = fitted(**options)
    model.save(tmp_path)
    again = BKT.load(tmp_path)
    np.testing.assert_array_equal(again.predict(PRACTICE).chance, model.predict(PRACTICE).chance)
    assert again.fit_ == model.fit_
    assert again.skills_ == model.skills_
    assert again.parameters() == model.parameters()


def test_what_nobody_was_trained_on_is_said() -> None:
    model = fitted(item_effects=True)
    strange = responses({"add": [[1, 0]], "divide": [[1, 1, 0]]})
    predicted = model.predict(strange)
    assert ("unknown_skill", "divide", 2) in [(one.code, one.where, one.row) for one in predicted.findings]
    assert "divide-item-0" in [one.where for one in predicted.findings if one.code == "unknown_item"]
    assert ((predicted.chance > 0) & (predicted.chance < 1)).all()
    state = model.new_state()
    for row in (2, 3, 4):
        estimate = model.chance(state, asked(strange, row))
        assert estimate.value == pytest.approx(predicted.chance[row])
        assert (estimate.usable, estimate.why) == (False, "unknown_skill")
        state = model.updated(state, asked(strange, row), strange.score[row])
    mastery = model.mastery(state, "divide")
    assert (mastery.usable, mastery.low, mastery.high) == (False, 0, 1)


def test_later_rows_and_other_students_change_nothing() -> None:
    model = fitted(individual_prior=True)
    chance = model.predict(PRACTICE).chance
    # Students in another order, each with the rows in theirs; and one student left out.
    order = np.argsort(-PRACTICE.student, kind="stable")
    order = order[PRACTICE.student[order] != 5]
    np.testing.assert_array_equal(model.predict(PRACTICE.rows(order)).chance, chance[order])
    row = int(np.flatnonzero(PRACTICE.student == 3)[2])
    score = PRACTICE.score.copy()
    score[row] = 1 - score[row]
    other = model.predict(replace(PRACTICE, score=score)).chance
    untouched = (PRACTICE.student != 3) | (np.arange(len(score)) <= row)
    np.testing.assert_array_equal(other[untouched], chance[untouched])
    assert not np.array_equal(other, chance)


def test_the_same_seed_gives_the_same_fit_on_any_number_of_workers() -> None:
    one, same, two = fitted(), fitted(), fitted(jobs=2)
    assert one.fit_.log_likelihood == same.fit_.log_likelihood == two.fit_.log_likelihood
    np.testing.assert_array_equal(one.table_.theta, two.table_.theta)
    assert one.fit_.spread == two.fit_.spread >= 0


def test_chosen_rows_leave_skills_without_responses_out() -> None:
    only = PRACTICE.rows(PRACTICE.tag == PRACTICE.tag_names.index("add~times"))
    model = BKT(starts=1, tolerance=0.1).fit(only)
    assert set(model.skills_) == {"add~times"}
    assert model.predict(PRACTICE).findings[0].where == "add"


@pytest.mark.parametrize(
    "options", [{"starts": 0}, {"tolerance": 0.0}, {"tolerance": float("nan")}, {"jobs": 0}, {"most_iterations": 0}]
)
def test_impossible_parameters_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(ParameterError, match=next(iter(options))):
        BKT(**options).fit(PRACTICE)


def test_scores_that_are_not_right_or_wrong_are_refused() -> None:
    half = Responses.from_columns(["s", "s"], ["i", "i"], [("k",), ("k",)], [1, 2])
    with pytest.raises(ResponsesError) as caught:
        BKT().fit(half)
    assert (caught.value.code, caught.value.row) == ("score_not_binary", 1)
    model = fitted()
    with pytest.raises(ResponsesError):
        model.predict(half)
    for score in (0.5, float("nan")):
        with pytest.raises(ResponsesError, match="score_not_binary"):
            model.updated(model.new_state(), Asked("i", ("add",)), score)


def test_no_responses_are_refused_and_predict_nothing() -> None:
    none = PRACTICE.rows(np.zeros(0, dtype=np.int64))
    with pytest.raises(ResponsesError, match="no_responses"):
        BKT().fit(none)
    assert len(fitted().predict(none).chance) == 0


def test_time_that_goes_back_names_its_row() -> None:
    rows = Responses.from_columns("aabb", "iiii", [("k",)] * 4, [1, 0, 1, 1], [5.0, 6.0, 9.0, 2.0])
    told = {one.code: one.row for one in BKT(starts=1, tolerance=0.1).fit(rows).fit_.findings}
    assert told["time_goes_back"] == 3
