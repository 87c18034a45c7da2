"""PFA, Best-LR, DAS3H: what each must keep, the truth found again, and data that cannot tell."""

import json
import math
import os
from pathlib import Path

import numpy as np
import pytest

from saem.lib.learners import Asked, Estimate, ParameterError, Responses, ResponsesError, model_class
from saem.lib.learners.logistic.best_lr import BestLR, BestLRPlus
from saem.lib.learners.logistic.das3h import DAS3H
from saem.lib.learners.logistic.model import LogisticModel
from saem.lib.learners.logistic.pfa import PerformanceFactors
from tests.lib.learners.promises import (
    check_online_is_offline,
    check_only_earlier_rows_count,
    check_other_students_do_not_matter,
    check_save_and_load,
    codes,
)
from tests.lib.learners.reference import asked_in

from .builders import DAY, school

SCHOOL = school()
FITTED: list[LogisticModel] = [
    model.fit(SCHOOL)
    for model in (PerformanceFactors(), PerformanceFactors(logs=False), BestLR(), BestLRPlus(), DAS3H())
]
every = pytest.mark.parametrize("model", FITTED, ids=["pfa", "pfa-raw", "best-lr", "best-lr+", "das3h"])
needs_compiler = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="too slow uncompiled")


@every
def test_predictions_come_from_earlier_rows(model: LogisticModel) -> None:
    check_only_earlier_rows_count(model, SCHOOL)
    check_other_students_do_not_matter(model, SCHOOL)
    assert model.predict(SCHOOL).chance.shape == (len(SCHOOL),)


@every
def test_online_equals_offline(model: LogisticModel) -> None:
    for student in (0, 7):
        check_online_is_offline(model, SCHOOL, student)


@every
def test_saved_models_come_back(model: LogisticModel, tmp_path: Path) -> None:
    check_save_and_load(model, SCHOOL, "k0", tmp_path)


@every
def test_a_second_fit_finds_the_same(model: LogisticModel) -> None:
    again = type(model)(**model.parameters()).fit(SCHOOL)
    np.testing.assert_array_equal(again.predict(SCHOOL).chance, model.predict(SCHOOL).chance)
    assert again.fit_.converged
    assert again.fit_.log_likelihood == model.fit_.log_likelihood


@every
def test_the_likelihood_is_that_of_the_training_rows(model: LogisticModel) -> None:
    chance, right = model.predict(SCHOOL).chance, SCHOOL.right_or_wrong()
    assert model.fit_.log_likelihood == pytest.approx(
        float(np.log(np.where(right, chance, 1 - chance)).sum()), rel=1e-6
    )


@every
def test_what_was_never_seen_is_named_and_less_sure(model: LogisticModel) -> None:
    strange = Responses.from_columns(["z", "z"], ["new", "i1"], [("k1",), ("odd", "k1")], [1, 0], [0, 1])
    found = model.predict(strange)
    assert np.all((found.chance > 0) & (found.chance < 1))
    named = {(finding.code, finding.where) for finding in found.findings}
    assert named == {("unknown_skill", "odd")} | ({("unknown_item", "new")} if model.recipe().items else set())
    state = model.new_state()
    known, odd = (model.chance(state, Asked("i1", names, 0)) for names in (("k1",), ("k1", "odd")))
    assert (known.usable, known.why, odd.usable, odd.why) == (True, "", False, "unknown_skill")
    assert odd.high - odd.low > known.high - known.low
    if model.recipe().items:
        new = model.chance(state, Asked("new", ("k1",), 0))
        assert new.why == "unknown_item"
        assert new.high - new.low > known.high - known.low


@every
def test_names_without_a_training_row_stay_unknown(model: LogisticModel) -> None:
    part = SCHOOL.rows(
        np.array([SCHOOL.skills[0] not in {SCHOOL.skills[c] for c in SCHOOL.tag_sets[t]} for t in SCHOOL.tag])
    )
    fitted = type(model)(**model.parameters()).fit(part)
    assert ("unknown_skill", SCHOOL.skills[0]) in {(f.code, f.where) for f in fitted.predict(SCHOOL).findings}


@every
def test_mastery_grows_with_right_answers_and_refuses_the_unknown(model: LogisticModel) -> None:
    low = high = model.new_state()
    for at in range(6):
        low = model.updated(low, Asked("i1", ("k1",), at * DAY), 0)
        high = model.updated(high, Asked("i1", ("k1",), at * DAY), 1)
    weak, strong = model.mastery(low, "k1"), model.mastery(high, "k1")
    assert 0 < weak.low < weak.value < weak.high < 1
    assert weak.value < strong.value
    assert (weak.usable, model.mastery(low, "odd").usable, model.mastery(low, "odd").why) == (
        True,
        False,
        "unknown_skill",
    )


@every
def test_bad_scores_and_empty_data_are_refused(model: LogisticModel) -> None:
    fresh = type(model)(**model.parameters())
    with pytest.raises(ResponsesError, match="score_not_binary in row 1"):
        fresh.fit(Responses.from_columns(["a", "a"], ["x", "y"], [("k",), ("k",)], [1, 2], [0, 1]))
    with pytest.raises(ResponsesError, match="no_responses"):
        fresh.fit(Responses.from_columns([], [], [], [], []))
    with pytest.raises(ResponsesError, match="score_not_binary"):
        model.updated(model.new_state(), asked_in(SCHOOL, 0), 0.5)
    for wrong in ({"l2": 0.0}, {"l2": math.nan}, {"tolerance": -1.0}, {"max_iterations": 0}):
        with pytest.raises(ParameterError):
            type(model)(**{**model.parameters(), **wrong}).fit(SCHOOL)


@pytest.mark.parametrize("name", ["pfa", "best-lr", "best-lr+", "das3h"])
def test_models_are_found_by_name(name: str) -> None:
    assert model_class(name).name == name


def test_mastery_is_the_chance_on_an_average_item() -> None:
    model = FITTED[2]
    chances = [model.chance(model.new_state(), Asked(f"i{at}", ("k1",))).value for at in range(8)]
    assert min(chances) < model.mastery(model.new_state(), "k1").value < max(chances)


def test_das3h_needs_times() -> None:
    timeless = Responses.from_columns(["a"], ["x"], [("k",)], [1])
    with pytest.raises(ResponsesError, match="time_missing"):
        DAS3H().fit(timeless)
    model = FITTED[4]
    state = model.updated(model.new_state(), Asked("i1", ("k1",), 100.0), 1)
    for time, code in ((None, "time_missing"), (99.0, "time_not_in_order"), (math.inf, "time_not_a_number")):
        with pytest.raises(ResponsesError, match=code):
            model.chance(state, Asked("i1", ("k1",), time))
    with pytest.raises(ParameterError, match="windows"):
        DAS3H(windows=(math.inf,)).fit(SCHOOL)


def test_das3h_forgets_what_no_window_needs() -> None:
    model, state = FITTED[4], FITTED[4].new_state()
    for day in range(100):
        state = model.updated(state, Asked("i1", ("k1",), day * DAY), day % 2)
    assert state["skills"]["k1"]["counts"] == [50, 50]
    assert len(state["skills"]["k1"]["events"]) == 31


def test_degenerate_skills_are_named_and_not_judged() -> None:
    rows = [("a", "k"), ("a", "good"), ("b", "good"), ("a", "bad"), ("b", "bad"), ("b", "k"), ("c", "once"), ("c", "k")]
    score = [1, 1, 1, 0, 0, 0, 1, 1]
    some = Responses.from_columns([s for s, _ in rows], [k for _, k in rows], [(k,) for _, k in rows], score)
    model = BestLR().fit(some)
    found = {(finding.code, finding.where) for finding in model.fit_.findings}
    wanted = {("skill_all_right", "good"), ("skill_all_wrong", "bad"), ("skill_seen_once", "once")}
    assert wanted | {("item_all_right", "good"), ("item_seen_once", "once")} <= found
    assert [model.mastery(model.new_state(), k).usable for k in ("k", "good", "bad", "once")] == [
        True,
        False,
        False,
        False,
    ]
    assert model.mastery(model.new_state(), "good").why == "skill_all_right"


def test_a_student_seen_once_is_found_by_the_row() -> None:
    model = PerformanceFactors().fit(Responses.from_columns(["a", "b", "a"], ["x"] * 3, [("k",)] * 3, [1, 0, 0]))
    once = [finding for finding in model.fit_.findings if finding.code == "student_seen_once"]
    assert [(finding.row, finding.where) for finding in once] == [(1, "1 in all")]
    assert "b" not in json.dumps([finding.where for finding in model.fit_.findings])


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_one_outcome_is_bounded_and_found(score: float) -> None:
    rows = SCHOOL.rows(SCHOOL.score == score)
    model = BestLRPlus().fit(rows)
    assert codes(model)["one_outcome"] == ("right" if score else "wrong")
    assert model.fit_.converged
    assert all(abs(each.value) < 30 for each in model.coefficients().values())


def test_perfect_separation_is_bounded_and_found() -> None:
    item = ["easy", "hard"] * 20
    student = [f"s{at // 4}" for at in range(40)]
    some = Responses.from_columns(student, item, [("k",)] * 40, [float(name == "easy") for name in item])
    model = BestLR().fit(some)
    assert "perfect_separation" in codes(model)
    assert "perfect_separation" in model.limits()
    assert model.fit_.converged
    assert abs(model.coefficients()["item easy"].value) < 10
    assert "perfect_separation" not in codes(FITTED[2])


def test_stopping_at_the_cap_is_said() -> None:
    model = BestLR(max_iterations=1).fit(SCHOOL)
    assert not model.fit_.converged
    assert "not_converged" in codes(model)


def test_many_unknown_items_are_counted_beyond_the_first() -> None:
    strange = Responses.from_columns(["z"] * 50, [f"new{at}" for at in range(50)], [("k1",)] * 50, [1] * 50)
    named = [f.where for f in FITTED[2].predict(strange).findings if f.code == "unknown_item"]
    assert (len(named), named[-1]) == (21, "(and 30 more)")


def truly(*, students: int, rows: int, easy: list[float], right: float, wrong: float) -> Responses:
    """Learners of PFA's own world, with log counts."""
    rng = np.random.default_rng(11)
    columns: list[tuple[str, str, float]] = []
    for student in range(students):
        counts = np.zeros((len(easy), 2))
        for _ in range(rows):
            skill = int(rng.integers(len(easy)))
            score = easy[skill] + right * np.log1p(counts[skill, 0]) + wrong * np.log1p(counts[skill, 1])
            is_right = rng.random() < 1 / (1 + np.exp(-score))
            columns.append((f"s{student}", f"k{skill}", float(is_right)))
            counts[skill, 0 if is_right else 1] += 1
    names = [(skill,) for _, skill, _ in columns]
    return Responses.from_columns(
        [s for s, _, _ in columns], [k for _, k, _ in columns], names, [y for *_, y in columns]
    )


def distance(found: Estimate, truth: float) -> float:
    """In standard errors."""
    return (found.value - truth) / ((found.high - found.low) / (2 * 1.96))


@needs_compiler
def test_pfa_finds_the_truth_within_its_errors() -> None:
    easy, worth = [-0.8, 0.0, 0.6, 1.0], (0.7, 0.15)
    model = PerformanceFactors(l2=0.01).fit(truly(students=500, rows=40, easy=easy, right=worth[0], wrong=worth[1]))
    found = model.coefficients()
    skills = range(len(easy))
    off = [distance(found[f"skill k{at}/counts/{which}"], worth[which]) for at in skills for which in (0, 1)]
    start = [distance(model.mastery(model.new_state(), f"k{at}"), 1 / (1 + np.exp(-easy[at]))) for at in skills]
    assert np.max(np.abs([*off, *start])) < 3.5
    assert 0.4 < np.sqrt(np.mean(np.square([*off, *start]))) < 1.6
    assert np.mean([found[f"skill k{at}/counts/0"].value for at in skills]) == pytest.approx(worth[0], abs=0.05)
