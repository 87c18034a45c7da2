"""Elo and online IRT: one step by hand, the truth found again, live difficulties, and data that cannot tell."""

import math
import os
from pathlib import Path

import numpy as np
import pytest

from saem.lib.learners import Asked, ParameterError, Responses, ResponsesError, model_class
from saem.lib.learners.elo.elo import Elo
from saem.lib.learners.elo.model import RatingModel
from saem.lib.learners.elo.online_irt import OnlineIRT
from saem.lib.learners.elo.rating import moved
from tests.lib.learners.logistic.builders import school
from tests.lib.learners.promises import (
    check_online_is_offline,
    check_only_earlier_rows_count,
    check_other_students_do_not_matter,
    check_save_and_load,
)
from tests.lib.learners.reference import asked_in

SCHOOL = school()
FITTED: list[RatingModel] = [Elo().fit(SCHOOL), OnlineIRT().fit(SCHOOL), OnlineIRT(drift=0.05).fit(SCHOOL)]
every = pytest.mark.parametrize("model", FITTED, ids=["elo", "online-irt", "online-irt-drift"])
needs_compiler = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="too slow uncompiled")


@every
def test_predictions_come_from_earlier_rows(model: RatingModel) -> None:
    check_only_earlier_rows_count(model, SCHOOL)
    check_other_students_do_not_matter(model, SCHOOL)
    assert model.predict(SCHOOL).chance.shape == (len(SCHOOL),)


@every
def test_online_equals_offline(model: RatingModel) -> None:
    for student in (0, 7):
        check_online_is_offline(model, SCHOOL, student)


@every
def test_saved_models_come_back(model: RatingModel, tmp_path: Path) -> None:
    check_save_and_load(model, SCHOOL, "k0", tmp_path)


@every
def test_a_second_fit_finds_the_same(model: RatingModel) -> None:
    again = type(model)(**model.parameters()).fit(SCHOOL)
    np.testing.assert_array_equal(again.predict(SCHOOL).chance, model.predict(SCHOOL).chance)
    assert again.fit_.log_likelihood == model.fit_.log_likelihood


@pytest.mark.parametrize("name", ["elo", "online-irt"])
def test_models_are_found_by_name(name: str) -> None:
    assert model_class(name).name == name


def test_elo_moves_by_the_uncertainty_function() -> None:
    model = Elo(k=0.8, decay=0.1).fit(Responses.from_columns(["a"], ["x"], [("k",)], [1]))
    assert model.difficulty("x").value == pytest.approx(-0.8 * 0.5)
    state, chance = model.new_state(), 1 / (1 + math.exp(-0.8))
    state = model.updated(state, Asked("x", ("k",)), 1)
    assert state["ability"][0] == pytest.approx(0.8 * (1 - chance))
    assert state["ability"][1] == pytest.approx(0.8 / (1 + 0.1) / 2)
    for _ in range(4):
        state = model.updated(state, Asked("x", ("k",)), 1)
    assert state["ability"][1] == pytest.approx(0.8 / (1 + 0.1 * 5) / 2)


def test_a_step_of_bayes_is_close_to_the_posterior() -> None:
    """One ability alone, against the posterior on a grid."""
    grid = np.linspace(-6, 6, 4001)
    for mean, variance, score in ((0.0, 0.5, 1.0), (1.0, 0.3, 0.0), (-0.5, 0.1, 1.0)):
        density = np.exp(-((grid - mean) ** 2) / (2 * variance)) / (1 + np.exp(-grid if score else grid))
        density /= density.sum()
        exact = float(density @ grid)
        chance = 1 / (1 + math.exp(-mean))
        found, spread = moved(mean, variance, 1.0, score - chance, chance * (1 - chance), variance, 0.0)
        assert found == pytest.approx(exact, abs=0.06 * math.sqrt(variance))
        assert spread == pytest.approx(float(density @ (grid - exact) ** 2), rel=0.06)


def shuffled_lesson(*, students: int, rows: int, items: int) -> tuple[Responses, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    ability, difficulty = rng.normal(0, 1, students), rng.normal(0, 1, items)
    student = np.repeat(np.arange(students), rows)
    item = np.concatenate([rng.permutation(items)[:rows] for _ in range(students)])
    right = rng.random(len(student)) < 1 / (1 + np.exp(difficulty[item] - ability[student]))
    names = [f"s{each}" for each in student], [f"i{each}" for each in item]
    return Responses.from_columns(*names, [("k",)] * len(item), right.astype(float)), ability, difficulty


@needs_compiler
@pytest.mark.parametrize("model", [Elo(), OnlineIRT(variance=1.0)], ids=["elo", "online-irt"])
def test_difficulties_are_found_again(model: RatingModel) -> None:
    lesson, _, truth = shuffled_lesson(students=400, rows=40, items=50)
    model.fit(lesson)
    found = np.array([model.difficulty(f"i{at}").value for at in range(50)])
    assert np.corrcoef(found, truth)[0, 1] > 0.97


@needs_compiler
def test_bayes_knows_how_far_it_may_be_off() -> None:
    lesson, _, truth = shuffled_lesson(students=400, rows=40, items=50)
    model = OnlineIRT(variance=1.0).fit(lesson)
    found = [model.difficulty(f"i{at}") for at in range(50)]
    values = np.array([each.value for each in found])
    # The scale's origin is shared with the skill's difficulty, so differences are what can be judged.
    off = values - values.mean() - (truth - truth.mean())
    inside = np.abs(off) < np.array([each.high - each.low for each in found]) / 2
    assert 0.75 < inside.mean() <= 1


def test_the_order_is_of_time_or_else_of_turns() -> None:
    columns = (["a", "a", "b"], ["x", "y", "x"], [("k",)] * 3, [1, 1, 0])
    first_turns = Elo().fit(Responses.from_columns(*columns))
    by_time = Elo().fit(Responses.from_columns(*columns, [0, 2, 1]))
    other_time = Elo().fit(Responses.from_columns(*columns, [0, 1, 2]))
    assert first_turns.difficulties_ == by_time.difficulties_
    assert first_turns.difficulties_ != other_time.difficulties_
    with pytest.raises(ResponsesError, match="time_not_in_order in row 1"):
        Elo().fit(Responses.from_columns(*columns, [5, 2, 1]))


@every
def test_live_difficulties(model: RatingModel) -> None:
    state, question = model.new_state(), Asked("fresh", ("k1",))
    assert model.difficulty("fresh").why == "unknown_item"
    harder = model.rate(0.0, model.first_variance, state=state, asked=question, score=0)
    assert harder[0] > 0
    assert harder[1] < model.first_variance
    assert model.rate(0.0, model.first_variance, state=state, asked=question, score=0) == harder
    live = type(model)(**model.parameters()).fit(SCHOOL)
    before = live.chance(state, question)
    live.set_difficulty("fresh", *harder)
    after = live.chance(state, question)
    assert (before.why, after.why) == ("unknown_item", "")
    assert after.value < before.value
    with pytest.raises(ParameterError, match="fresh"):
        live.set_difficulty("fresh", math.nan, 1.0)


def test_a_fit_rates_items_as_rate_does() -> None:
    one = Responses.from_columns(["a"], ["x"], [("k",)], [0])
    for model in (Elo(), OnlineIRT()):
        fitted = type(model)().fit(one)
        blank = type(model)().fit(one)
        blank.difficulties_, blank.skill_difficulties_ = {}, {}
        first = (0.0, blank.first_variance)
        assert blank.rate(*first, state=blank.new_state(), asked=asked_in(one, 0), score=0) == pytest.approx(
            fitted.difficulties_["x"]
        )


@every
def test_what_was_never_seen_is_named_and_less_sure(model: RatingModel) -> None:
    strange = Responses.from_columns(["z", "z"], ["new", "i1"], [("k1",), ("odd",)], [1, 0])
    found = model.predict(strange)
    assert {(f.code, f.where) for f in found.findings} == {("unknown_item", "new"), ("unknown_skill", "odd")}
    assert np.all((found.chance > 0) & (found.chance < 1))
    check_online_is_offline(model, strange, 0)
    state = model.new_state()
    known, new, odd = (
        model.chance(state, Asked(*each)) for each in (("i1", ("k1",)), ("new", ("k1",)), ("i1", ("odd",)))
    )
    assert [each.why for each in (known, new, odd)] == ["", "unknown_item", "unknown_skill"]
    assert [each.usable for each in (known, new, odd)] == [True, True, False]
    assert new.high - new.low > known.high - known.low
    assert model.mastery(state, "odd").why == "unknown_skill"


@every
def test_mastery_grows_and_refuses_degenerate_skills(model: RatingModel) -> None:
    low = high = model.new_state()
    for _ in range(6):
        low, high = model.updated(low, Asked("i1", ("k1",)), 0), model.updated(high, Asked("i1", ("k1",)), 1)
    assert 0 < model.mastery(low, "k1").value < model.mastery(high, "k1").value < 1
    rows = Responses.from_columns(["a", "b", "a"], ["x", "x", "y"], [("good",), ("good",), ("once",)], [1, 1, 0])
    fitted = type(model)().fit(rows)
    assert [fitted.mastery(fitted.new_state(), k).why for k in ("good", "once")] == [
        "skill_all_right",
        "skill_seen_once",
    ]
    assert not fitted.mastery(fitted.new_state(), "good").usable


@every
def test_bad_scores_and_parameters_are_refused(model: RatingModel) -> None:
    fresh = type(model)()
    with pytest.raises(ResponsesError, match="score_not_binary in row 1"):
        fresh.fit(Responses.from_columns(["a", "a"], ["x", "y"], [("k",), ("k",)], [1, 2]))
    with pytest.raises(ResponsesError, match="no_responses"):
        fresh.fit(Responses.from_columns([], [], [], []))
    with pytest.raises(ResponsesError, match="score_not_binary"):
        model.updated(model.new_state(), asked_in(SCHOOL, 0), 0.5)
    for wrong in (Elo(k=0), Elo(decay=-1), OnlineIRT(variance=math.inf), OnlineIRT(drift=-1)):
        with pytest.raises(ParameterError):
            wrong.fit(SCHOOL)


@every
def test_one_outcome_is_bounded_and_found(model: RatingModel) -> None:
    fitted = type(model)().fit(SCHOOL.rows(SCHOOL.score == 1))
    assert "one_outcome" in fitted.limits()
    assert np.all(fitted.predict(SCHOOL).chance < 1)


def test_a_model_from_difficulties_alone_asks_them_of_new_learners() -> None:
    items = {"easy": (-1.0, 0.25), "hard": (2.0, 0.25)}
    model = Elo.from_difficulties(items, {"easy": ("a",), "hard": ("a", "b")}, k=0.4)
    state = model.new_state()
    easy, hard = (model.chance(state, Asked(item, ("a",))) for item in items)
    assert (easy.value, hard.value) == pytest.approx((1 / (1 + math.exp(-1)), 1 / (1 + math.exp(2))))
    assert easy.usable
    assert model.mastery(state, "a").value == pytest.approx(1 / (1 + math.exp(0.5)))
    assert model.mastery(state, "c").why == "unknown_skill"
    assert model.limits() == ()
    after = model.updated(state, Asked("hard", ("a", "b")), 1.0)
    assert model.mastery(after, "a").value > model.mastery(state, "a").value


@pytest.mark.parametrize("rating", [(math.nan, 0.2), (0.0, 0.0), (0.0, math.inf)], ids=str)
def test_a_difficulty_that_is_no_number_is_refused(rating: tuple[float, float]) -> None:
    with pytest.raises(ParameterError, match="broken"):
        Elo.from_difficulties({"broken": rating}, {"broken": ("a",)})
