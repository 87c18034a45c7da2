"""Choosing a model: on folds by student, against what is in force, and not at all on little."""

import numpy as np
import pytest

from saem.lib.learners import Responses, model_class
from saem.lib.learners.candidates import FEW_CANDIDATES, LEAST_RESPONSES, MARGIN, Note, choose_model
from saem.lib.learners.simulation import simulate_irt


def test_little_data_choose_nothing() -> None:
    responses, _truth = simulate_irt(29, 20, seed=1)
    assert len(responses) >= LEAST_RESPONSES
    assert choose_model(responses).note is Note.TOO_LITTLE_DATA


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_one_outcome_chooses_nothing(score: float) -> None:
    responses, _truth = simulate_irt(40, 20, seed=1)
    alike = Responses.from_columns(
        [responses.students[each] for each in responses.student],
        [responses.items[each] for each in responses.item],
        [("mean",)] * len(responses),
        np.full(len(responses), score),
    )
    assert choose_model(alike).note is Note.ONE_OUTCOME


def test_few_learners_choose_among_ratings_and_the_gain_is_on_unseen_students() -> None:
    responses, _truth = simulate_irt(60, 20, seed=1)
    choice = choose_model(responses)
    assert choice.note is Note.PROPOSED
    assert tuple(each.name for each in choice.contenders) == FEW_CANDIDATES
    assert choice.chosen is not None
    assert choice.plain is not None
    assert choice.chosen.evaluation is not None
    assert choice.chosen.evaluation.protocol.split == {"kind": "folds", "by": "student", "folds": 5, "seed": 0}
    assert choice.chosen.log_loss < choice.plain.log_loss - MARGIN
    assert choice.model is not None
    assert choice.model.trained_on_["responses"] == len(responses)


def test_noise_proposes_nothing() -> None:
    rng = np.random.default_rng(0)
    rows = [(f"s{student}", f"i{item}") for student in range(60) for item in range(10)]
    responses = Responses.from_columns(
        [row[0] for row in rows], [row[1] for row in rows], [("mean",)] * len(rows), rng.integers(0, 2, len(rows))
    )
    choice = choose_model(responses)
    assert choice.note is Note.NOTHING_BETTER
    assert choice.model is None
    assert choice.plain is not None


def test_the_same_model_on_the_same_answers_is_not_better_than_itself() -> None:
    responses, _truth = simulate_irt(60, 20, seed=1)
    again = choose_model(responses, in_force=model_class("elo")().fit(responses))
    assert again.note is Note.NOTHING_BETTER
    assert again.in_force is not None


def test_a_model_that_the_world_has_left_behind_is_replaced() -> None:
    before, _truth = simulate_irt(60, 20, seed=1)
    now, _other = simulate_irt(80, 20, seed=9)
    choice = choose_model(now, in_force=model_class("elo")().fit(before))
    assert choice.note is Note.PROPOSED
    assert choice.in_force is not None
    assert choice.chosen is not None
    assert choice.chosen.log_loss < choice.in_force.log_loss - MARGIN


def test_a_candidate_that_cannot_take_the_data_is_named_and_left_out() -> None:
    responses, _truth = simulate_irt(60, 20, seed=1)
    choice = choose_model(responses, candidates=("elo", "das3h"))
    left_out = {each.name: each.why for each in choice.contenders if each.why}
    assert left_out == {"das3h": "time_missing"}
    assert choice.chosen is not None
    assert choice.chosen.name == "elo"
