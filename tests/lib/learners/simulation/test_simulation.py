"""What simulators say is true is what their responses show."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from saem.lib.learners import ParameterError, Responses
from saem.lib.learners.evaluation import calibration, data_hash
from saem.lib.learners.simulation import (
    ASSISTMENTS_2009,
    Shape,
    draw_slots,
    simulate_bkt,
    simulate_dina,
    simulate_gpcm,
    simulate_graded,
    simulate_irt,
    simulate_pfa,
)
from saem.lib.learners.simulation.shapes import rows_by_step, steps

MANY = Shape(students=400, skills=3, items=30, responses=40_000, student_spread=0.3, skill_spread=0.2)
SIMULATORS = [simulate_bkt, simulate_pfa, simulate_irt, simulate_graded, simulate_gpcm, simulate_dina]


@pytest.mark.parametrize("simulate", SIMULATORS)
def test_a_seed_says_everything(simulate: Any) -> None:
    (one, truth), (same, same_truth), (other, _truth) = simulate(seed=1), simulate(seed=1), simulate(seed=2)
    assert data_hash(one) == data_hash(same) != data_hash(other)
    for field in fields(truth):
        np.testing.assert_array_equal(getattr(truth, field.name), getattr(same_truth, field.name))
    assert (one.student[one.by_student] == np.sort(one.student)).all()
    assert one.time is None or (np.diff(one.time[one.by_student])[np.diff(np.sort(one.student)) == 0] > 0).all()


def test_the_shape_of_a_large_log() -> None:
    slots = draw_slots(ASSISTMENTS_2009, np.random.default_rng(0))
    assert (len(slots.student), len(slots.item_skill)) == (278_336, 17_708)
    assert len(np.unique(slots.student)) == 3_114
    assert len(np.unique(slots.skill)) == 149
    np.testing.assert_array_equal(slots.item_skill[slots.item], slots.skill)
    pairs = len(np.unique(slots.student.astype(np.int64) * 149 + slots.skill))
    assert 35_000 < pairs < 47_000
    sizes, lengths = np.sort(np.bincount(slots.skill)), np.sort(np.bincount(slots.student))
    assert sizes[-15:].sum() > 0.4 * sizes.sum(), "the largest tenth of skills has many of the rows"
    assert lengths[-1] > 15 * np.median(lengths)


@pytest.mark.parametrize("sizes", [(10, 2, 5, 9), (2, 10, 20, 9), (2, 4, 3, 50)])
def test_shapes_that_cannot_be(sizes: tuple[int, int, int, int]) -> None:
    with pytest.raises(ParameterError):
        draw_slots(Shape(*sizes), np.random.default_rng(0))


def test_steps_count_earlier_rows_with_the_same_keys() -> None:
    student, skill = np.array([0, 1, 0, 0, 1, 0]), np.array([0, 0, 1, 0, 0, 0])
    assert steps(student, skill).tolist() == [0, 0, 0, 1, 1, 2]
    assert [rows.tolist() for rows in rows_by_step(steps(student, skill))] == [[0, 1, 2], [3, 4], [5]]


def test_bkt_learners_start_learn_forget_and_answer_as_told() -> None:
    responses, truth = simulate_bkt(MANY, forgetting=True, seed=4)
    step, skill = steps(responses.student, responses.tag), responses.tag
    order = np.lexsort((step, responses.tag, responses.student))
    follows = np.flatnonzero(step[order][1:] == step[order][:-1] + 1)
    before, after = order[follows], order[follows + 1]
    for code in range(3):
        first = (step == 0) & (skill == code)
        assert truth.knew[first].mean() == pytest.approx(truth.prior[code], abs=0.09)
        here = before[skill[before] == code], after[skill[before] == code]
        knew, knows = truth.knew[here[0]], truth.knew[here[1]]
        assert knows[~knew].mean() == pytest.approx(truth.learn[code], abs=0.03)
        assert 1 - knows[knew].mean() == pytest.approx(truth.forget[code], abs=0.01)
        rows = skill == code
        assert responses.score[rows & ~truth.knew].mean() == pytest.approx(truth.guess[code], abs=0.03)
        assert 1 - responses.score[rows & truth.knew].mean() == pytest.approx(truth.slip[code], abs=0.01)


def test_item_effects_make_items_harder_and_easier() -> None:
    responses, truth = simulate_bkt(MANY, item_spread=1.0, seed=4)
    residual = np.bincount(responses.item, weights=responses.score, minlength=30) / np.bincount(
        responses.item, minlength=30
    )
    assert np.corrcoef(truth.item_effect, residual)[0, 1] > 0.8
    assert calibration(responses.score, truth.chance).error < 0.01
    assert not simulate_bkt(MANY, seed=4)[1].item_effect.any()


@pytest.mark.parametrize("log_counts", [False, True])
def test_pfa_learners_answer_as_told(log_counts: bool) -> None:
    responses, truth = simulate_pfa(MANY, log_counts=log_counts, two_skills=0.3, seed=4)
    assert calibration(responses.score, truth.chance).error < 0.01
    assert {len(codes) for codes in responses.tag_sets} == {1, 2}
    logit = 0.0
    # By hand: the chances of one student, row after row.
    right, wrong = np.zeros(3), np.zeros(3)
    for row in np.flatnonzero(responses.student == 5)[:60]:
        codes = list(responses.tag_sets[responses.tag[row]])
        seen = (np.log1p(right), np.log1p(wrong)) if log_counts else (right, wrong)
        logit = truth.ability[5] + (truth.easiness + truth.right * seen[0] + truth.wrong * seen[1])[codes].sum()
        assert truth.chance[row] == pytest.approx(1 / (1 + np.exp(-logit)))
        (right if responses.score[row] else wrong)[codes] += 1


@pytest.mark.parametrize("parameters", [1, 2, 3, 4])
def test_irt_items_answer_as_told(parameters: int) -> None:
    responses, truth = simulate_irt(1_500, 12, parameters=parameters, seed=2)
    assert len(responses) == 1_500 * 12
    assert calibration(responses.score, truth.chance()[responses.student, responses.item]).error < 0.015
    assert (truth.guess.any(), (truth.upper < 1).any()) == (parameters >= 3, parameters == 4)
    assert (len(set(truth.discrimination)) > 1) == (parameters >= 2)


def test_booklets_leave_answers_out_by_design() -> None:
    responses, _truth = simulate_irt(90, 14, booklets=3, anchors=2, seed=2)
    met = np.zeros((90, 14), dtype=bool)
    met[responses.student, responses.item] = True
    assert met[:, :2].all()
    assert set(met.sum(axis=1)) == {6}
    assert met[:, 2:].sum(axis=0).tolist() == [30] * 12
    assert not (met[:, 2] & met[:, 13]).any()
    for booklets, anchors in ((0, 0), (3, 15), (14, 2)):
        with pytest.raises(ParameterError):
            simulate_irt(90, 14, booklets=booklets, anchors=anchors)


@pytest.mark.parametrize("simulate", [simulate_graded, simulate_gpcm])
def test_points_come_as_told(simulate: Any) -> None:
    responses, truth = simulate(3_000, 5, points=3, seed=2)
    chances = truth.graded_chances() if simulate is simulate_graded else truth.credit_chances()
    assert (chances > 0).all()
    np.testing.assert_allclose(chances.sum(axis=2), 1.0)
    assert (np.diff(truth.thresholds, axis=1) > 0).all()
    for score in range(4):
        share = [np.mean(responses.score[responses.item == item] == score) for item in range(5)]
        np.testing.assert_allclose(share, chances[:, :, score].mean(axis=0), atol=0.03)


def test_one_point_is_a_logistic_item() -> None:
    _responses, truth = simulate_gpcm(50, 4, points=1, seed=1)
    expected = 1 / (1 + np.exp(-truth.discrimination * (truth.theta[:, None] - truth.thresholds[:, 0])))
    np.testing.assert_allclose(truth.graded_chances()[:, :, 1], expected)
    np.testing.assert_allclose(truth.credit_chances()[:, :, 1], expected)


def test_dina_items_need_all_their_skills() -> None:
    responses, truth = simulate_dina(2_000, 18, skills=4, seed=2)
    able = (truth.holds[:, None, :] | ~truth.q).all(axis=2)
    rates = [(responses.score[(responses.item == item) & able[responses.student, item]].mean(),
              responses.score[(responses.item == item) & ~able[responses.student, item]].mean()) for item in range(18)]  # fmt: skip
    np.testing.assert_allclose([1 - rate[0] for rate in rates], truth.slip, atol=0.06)
    np.testing.assert_allclose([rate[1] for rate in rates], truth.guess, atol=0.06)
    needs = {(item, codes_of(responses, row)) for row, item in enumerate(responses.item.tolist())}
    assert needs == {(item, tuple(np.flatnonzero(truth.q[item]).tolist())) for item in range(18)}
    assert truth.q[:4].sum(axis=1).tolist() == [1] * 4


def codes_of(responses: Responses, row: int) -> tuple[int, ...]:
    return responses.tag_sets[responses.tag[row]]


def test_a_q_matrix_with_an_empty_row_or_column_is_refused() -> None:
    for q in ([[1, 0], [0, 0]], [[1, 0], [1, 0]]):
        with pytest.raises(ParameterError):
            simulate_dina(5, q=np.array(q, dtype=bool))
    with pytest.raises(ParameterError):
        simulate_dina(5, 2, skills=3)
