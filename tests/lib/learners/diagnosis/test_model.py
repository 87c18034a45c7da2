"""DINA and G-DINA under the contract: prediction from earlier rows, online states, files, findings and bad input."""

from pathlib import Path

import numpy as np
import pytest

from saem.lib.learners import Asked, NotFittedError, ParameterError, Responses, ResponsesError, model_class
from saem.lib.learners.diagnosis import Dina, Gdina
from tests.lib.learners.promises import (
    check_online_is_offline,
    check_only_earlier_rows_count,
    check_other_students_do_not_matter,
    check_save_and_load,
    codes,
)

from .worlds import Q, as_responses, simulated

BOTH = [Dina, Gdina]


@pytest.fixture(scope="module")
def responses() -> Responses:
    return as_responses(simulated(400, missing=0.1)[0])


@pytest.fixture(scope="module", params=BOTH, ids=lambda cls: cls.name)
def model(request: pytest.FixtureRequest, responses: Responses) -> Dina | Gdina:
    return request.param(tolerance=1e-4, starts=2).fit(responses)


def test_the_registry_knows_both() -> None:
    assert [model_class(cls.name) for cls in BOTH] == BOTH


def test_fit_is_reported(model: Dina | Gdina) -> None:
    assert model.fit_.converged
    assert model.fit_.starts == 2
    assert model.fit_.spread < 1
    assert model.card().trained_on["students"] == 400
    assert model.card().purpose.startswith("Which skills a learner has")


def test_predictions_use_earlier_rows_only(model: Dina | Gdina, responses: Responses) -> None:
    check_only_earlier_rows_count(model, responses)
    check_other_students_do_not_matter(model, responses)


def test_online_equals_offline(model: Dina | Gdina, responses: Responses) -> None:
    state = check_online_is_offline(model, responses, 7)
    mastery = [model.mastery(state, f"s{skill}").value for skill in range(3)]
    assert mastery == pytest.approx(model.diagnose(responses).mastery[7], abs=1e-12)


def test_mastery_rises_with_right_answers(model: Dina | Gdina) -> None:
    state = model.new_state()
    values = [model.mastery(state, "s0").value]
    for item in ("i0", "i3", "i6"):
        state = model.updated(state, Asked(item, ("s0",)), 1)
        values.append(model.mastery(state, "s0").value)
    assert values == sorted(values)
    assert values[-1] > 0.9
    assert model.mastery(state, "s0").usable


def test_intervals_shrink_with_more_learners() -> None:
    """The interval is of estimation error: sixteen times the learners, a quarter of the width."""
    widths = []
    for learners in (400, 6400):
        fitted = Dina(starts=1, tolerance=1e-4).fit(as_responses(simulated(learners, seed=5)[0]))
        state = fitted.updated(fitted.new_state(), Asked("i0", ("s0",)), 1)
        mastery = fitted.mastery(state, "s0")
        widths.append(mastery.high - mastery.low)
        assert mastery.low < 0.9 / (0.9 + 0.15) < mastery.high  # the true posterior
    assert widths[0] / widths[1] == pytest.approx(4, rel=0.5)


def test_saved_and_loaded_alike(model: Dina | Gdina, responses: Responses, tmp_path: Path) -> None:
    check_save_and_load(model, responses, "s1", tmp_path)


@pytest.mark.parametrize("cls", BOTH)
def test_the_same_seed_gives_the_same_fit(cls: type[Dina | Gdina]) -> None:
    small = as_responses(simulated(60)[0])
    first, second = (cls(tolerance=1e-3, seed=3).fit(small) for _ in range(2))
    assert (first.solution_.chance == second.solution_.chance).all()


def test_unknown_items_and_skills_are_said(model: Dina | Gdina) -> None:
    other = Responses.from_columns(["a"] * 3, ["new", "newer", "i0"], [["s0"], ["elsewhere"], ["s0"]], [1, 0, 1])
    found = model.predict(other)
    assert [(finding.code, finding.where) for finding in found.findings if finding.code == "unknown_item"] == [
        ("unknown_item", "new"), ("unknown_item", "newer"),
    ]  # fmt: skip
    assert ("unknown_skill", "elsewhere") in [(finding.code, finding.where) for finding in found.findings]
    assert ((found.chance > 0.2) & (found.chance < 0.9)).all()
    # Unknown items say nothing of the learner.
    assert found.chance[2] == pytest.approx(model.chance(model.new_state(), Asked("i0", ("s0",))).value)
    unknown = model.chance(model.new_state(), Asked("new", ("s0",)))
    assert (unknown.usable, unknown.why, unknown.value) == (False, "unknown_item", pytest.approx(found.chance[0]))
    assert unknown.low < unknown.value < unknown.high
    state = model.new_state()
    assert model.updated(state, Asked("new", ("s0",)), 1) == state
    assert (model.mastery(state, "elsewhere").usable, model.mastery(state, "elsewhere").why) == (False, "unknown_skill")


def test_dina_names_guess_and_slip(responses: Responses) -> None:
    fitted = Dina(starts=1, tolerance=1e-4).fit(responses)
    assert fitted.guess_.shape == fitted.slip_.shape == (len(Q),)
    assert np.median(fitted.guess_) == pytest.approx(0.15, abs=0.08)
    assert np.median(fitted.slip_) == pytest.approx(0.1, abs=0.08)


def test_gdina_tests_items_of_several_skills(responses: Responses) -> None:
    tests = Gdina(starts=1, tolerance=1e-4).fit(responses).item_tests()
    assert len(tests) == 6
    assert all(test.freedom == 2 for test in tests)


@pytest.mark.parametrize("cls", BOTH)
def test_degenerate_items_and_skills_are_named(cls: type[Dina | Gdina]) -> None:
    score, _, _ = simulated(80)
    score[:, [0, 3, 6]] = 1.0  # all of skill 0 alone
    score[:, [9, 11, 12, 14]] = np.nan
    score[:, 1] = 0.0
    fitted = cls(starts=1, tolerance=1e-3).fit(as_responses(score))
    found = [(finding.code, finding.where) for finding in fitted.fit_.findings]
    assert {("item_all_right", "i0"), ("item_all_wrong", "i1"), ("skill_all_right", "s0")} <= set(found)
    assert ("chance_at_bound", "i1") in found
    mastery = fitted.mastery(fitted.new_state(), "s0")
    assert (mastery.usable, mastery.why) == (False, "skill_all_right")


def test_a_skill_that_no_item_needs_alone_is_refused() -> None:
    q = np.array([[1, 0]] * 4 + [[1, 1]] * 4, dtype=np.bool_)
    fitted = Dina(starts=1, tolerance=1e-3).fit(as_responses(simulated(80, q=q)[0], q))
    assert codes(fitted)["skill_not_identified"] == "s1"
    mastery = fitted.mastery(fitted.new_state(), "s1")
    assert (mastery.usable, mastery.why) == (False, "skill_not_identified")
    assert fitted.mastery(fitted.new_state(), "s0").usable


@pytest.mark.parametrize("cls", BOTH)
def test_one_response_is_no_diagnosis(cls: type[Dina | Gdina]) -> None:
    fitted = cls().fit(Responses.from_columns(["a"], ["i"], [["s"]], [1]))
    assert {"skill_seen_once", "skill_in_few_items", "item_all_right", "standard_errors_missing"} <= set(codes(fitted))
    mastery = fitted.mastery(fitted.new_state(), "s")
    assert (mastery.low, mastery.high, mastery.usable) == (0, 1, False)
    assert 0 < fitted.predict(Responses.from_columns(["b"], ["i"], [["s"]], [0])).chance[0] < 1


@pytest.mark.parametrize("cls", BOTH)
@pytest.mark.parametrize("answer", [0.0, 1.0])
def test_all_the_same_answer(cls: type[Dina | Gdina], answer: float) -> None:
    fitted = cls(starts=1).fit(as_responses(np.full((20, len(Q)), answer)))
    chance = fitted.predict(as_responses(np.full((2, len(Q)), answer))).chance
    assert np.isfinite(fitted.fit_.log_likelihood)
    assert np.abs(chance - answer).max() < 0.001
    assert {"item_all_right", "item_all_wrong"} & set(codes(fitted))


def test_a_reversed_item_is_named_by_gdina_and_pooled_by_dina() -> None:
    score, _, _ = simulated(300)
    score[:, 4] = 1 - score[:, 4]
    responses = as_responses(score)
    assert codes(Gdina(tolerance=1e-3).fit(responses))["item_reversed"] == "i4"
    assert codes(Dina(tolerance=1e-3).fit(responses))["item_separates_nobody"] == "i4"


def test_an_item_asked_again_counts_again_and_is_said() -> None:
    responses = Responses.from_columns(["a", "a", "b"], ["i", "i", "i"], [["s"]] * 3, [0, 1, 1])
    fitted = Dina(starts=1).fit(responses)
    again = next(finding for finding in fitted.fit_.findings if finding.code == "item_asked_again")
    assert (again.where, again.row) == ("i", 1)


def test_tags_that_differ_are_joined_and_said() -> None:
    responses = Responses.from_columns(["a", "b", "c"], ["i"] * 3, [["s"], ["t"], ["s"]], [0, 1, 1])
    fitted = Dina(starts=1).fit(responses)
    assert codes(fitted)["item_tags_differ"] == "i"
    assert fitted.q_.needs.tolist() == [[True, True]]


def test_items_without_rows_are_left_out(responses: Responses) -> None:
    fitted = Dina(starts=1, tolerance=1e-3).fit(responses.rows(responses.item != 0))
    assert len(fitted.q_.items) == len(Q) - 1


@pytest.mark.parametrize("cls", BOTH)
def test_bad_input_is_refused_by_name(cls: type[Dina | Gdina], responses: Responses) -> None:
    with pytest.raises(ResponsesError, match="item_without_skill: j"):
        cls().fit(Responses.from_columns(["a", "a"], ["i", "j"], [["s"], []], [1, 0]))
    with pytest.raises(ResponsesError, match="score_not_binary in row 1"):
        cls().fit(Responses.from_columns(["a", "a"], ["i", "j"], [["s"], ["s"]], [1, 2]))
    with pytest.raises(ResponsesError, match="no_responses"):
        cls().fit(responses.rows(np.array([], dtype=np.int64)))
    with pytest.raises(ParameterError, match="11 skills"):
        cls().fit(Responses.from_columns(["a"], ["i"], [[f"s{k}" for k in range(11)]], [1]))
    with pytest.raises(ParameterError, match="starts"):
        cls(starts=0).fit(responses)
    with pytest.raises(NotFittedError):
        cls().predict(responses)
    with pytest.raises(NotFittedError):
        cls().new_state()


def test_a_score_between_is_refused_online(model: Dina | Gdina) -> None:
    with pytest.raises(ResponsesError, match="score_not_binary: i0"):
        model.updated(model.new_state(), Asked("i0", ("s0",)), 0.5)
