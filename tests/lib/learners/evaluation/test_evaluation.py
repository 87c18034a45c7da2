"""An evaluation cannot leak, and says exactly what was done."""

import json
from collections import Counter
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
from joblib import parallel_config

from saem.lib.learners import LearnersError, ParameterError, Predictions, Responses, ResponsesError, registry
from saem.lib.learners.evaluation import (
    data_hash,
    evaluate,
    evaluate_fitted,
    shared_students,
    student_folds,
)
from saem.lib.learners.evaluation.breakdown import by_group
from saem.lib.learners.evaluation.folds import alone
from tests.lib.learners.battery import data_for, recoded, with_rows
from tests.lib.learners.reference import SkillCounts

BOTH = data_for("skill-counts")


@pytest.fixture(autouse=True)
def reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.MODELS, "skill-counts", ("tests.lib.learners.reference", "SkillCounts"))


def test_folds_hold_whole_students_and_are_even() -> None:
    fold = student_folds(BOTH.train, 5, seed=1)
    assert all(len(set(fold[BOTH.train.student == student])) == 1 for student in set(BOTH.train.student))
    sizes = np.bincount(fold)
    assert sizes.max() - sizes.min() <= np.bincount(BOTH.train.student).max()
    assert not np.array_equal(fold, student_folds(BOTH.train, 5, seed=2))


def test_folds_depend_on_names_and_not_on_the_file() -> None:
    mixed, rows = recoded(BOTH.train, seed=2)
    np.testing.assert_array_equal(student_folds(mixed, 4, seed=1), student_folds(BOTH.train, 4, seed=1)[rows])


@pytest.mark.parametrize("folds", [0, 1, 1000])
def test_impossible_folds(folds: int) -> None:
    with pytest.raises(ParameterError, match="students"):
        evaluate("skill-counts", {}, BOTH.train, folds=folds)


def test_it_is_the_same_by_hand() -> None:
    """Every row is predicted once, by a model that was fitted without its student."""
    found = evaluate("skill-counts", {"strength": 2.0}, BOTH.train, folds=3, seed=7)
    fold = student_folds(BOTH.train, 3, seed=7)
    chance = np.empty(len(BOTH.train))
    for each in range(3):
        model = SkillCounts(strength=2.0).fit(BOTH.train.rows(fold != each))
        chance[fold == each] = model.predict(BOTH.train.rows(fold == each)).chance
        assert found.fits[each].log_likelihood == pytest.approx(model.fit_.log_likelihood)
    assert found.scores.rmse == pytest.approx(float(np.sqrt(np.mean((BOTH.train.score - chance) ** 2))), abs=1e-12)
    assert sum(part.n for part in found.fold_scores) == found.scores.n == len(BOTH.train)
    assert found.scores.auc is not None
    assert 0.5 < found.scores.auc < 1


def test_joblib_threads_give_the_same_numbers() -> None:
    alone_ = evaluate("skill-counts", {}, BOTH.train, folds=3)
    with parallel_config(backend="threading", n_jobs=2):
        spread = evaluate("skill-counts", {}, BOTH.train, folds=3)
    assert without_seconds(spread.as_json()) == without_seconds(alone_.as_json())


def without_seconds(data: dict[str, object]) -> str:
    data["fits"] = [{**fit, "seconds": 0} for fit in data["fits"]]
    return json.dumps(data, allow_nan=False)


def test_a_test_set_with_a_student_of_the_training_set_is_refused_by_name() -> None:
    leaking = with_rows(BOTH.test, [(BOTH.train.students[BOTH.train.student[0]], "item-01", "skill-1", 1.0)])
    name = BOTH.train.students[BOTH.train.student[0]]
    assert shared_students(BOTH.train, leaking) == (name,)
    with pytest.raises(ResponsesError) as refused:
        evaluate("skill-counts", {}, BOTH.train, test=leaking)
    assert (refused.value.code, refused.value.where) == ("shared_students", name)


def test_names_without_rows_are_not_shared_students() -> None:
    """Both halves were cut from one file and still hold each other's names."""
    assert set(BOTH.train.students) == set(BOTH.test.students)
    found = evaluate("skill-counts", {}, BOTH.train, test=BOTH.test)
    model = SkillCounts().fit(BOTH.train)
    assert found.scores == evaluate_fitted(model, BOTH.train, BOTH.test).scores
    assert found.protocol.split == {"kind": "test", "test": data_hash(BOTH.test)}


def test_a_fold_knows_no_name_of_another() -> None:
    first = alone(BOTH.train.rows(BOTH.train.student == BOTH.train.student[0]))
    assert len(first.students) == 1
    assert len(first.items) == len(np.unique(first.item))
    assert {code for codes in first.tag_sets for code in codes} == set(range(len(first.skills)))
    whole = BOTH.train.rows(BOTH.train.student == BOTH.train.student[0])
    assert data_hash(first) == data_hash(whole)
    with_new_skill = with_rows(
        BOTH.train, [("someone", "an-item", "a-new-skill", 1.0), ("someone", "an-item", "a-new-skill", 0.0)]
    )
    found = evaluate("skill-counts", {}, with_new_skill, folds=3)
    assert [(finding.code, finding.where) for finding in found.findings] == [("unknown_skill", "a-new-skill")]


def test_the_protocol_is_canonical_and_hashed() -> None:
    protocol = evaluate("skill-counts", {}, BOTH.train, folds=3, seed=7).protocol
    document = json.loads(protocol.text)
    assert json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")) == protocol.text
    assert protocol.hash == f"sha256:{sha256(protocol.text.encode()).hexdigest()}"
    assert document["protocol"] == 1
    assert document["split"] == {"kind": "folds", "by": "student", "folds": 3, "seed": 7}
    assert (document["model"], document["parameters"]) == ("skill-counts", {"strength": 4.0})
    assert document["data"] == data_hash(BOTH.train)
    assert set(document["definitions"]) >= {"auc", "rmse", "log_loss", "calibration", "folds", "row"}


def test_what_changes_a_number_changes_the_hash() -> None:
    hashes = Counter(
        evaluate("skill-counts", parameters, responses, folds=folds, seed=seed).protocol.hash
        for parameters, responses, folds, seed in (
            ({}, BOTH.train, 3, 0), ({"strength": 4.0}, BOTH.train, 3, 0), ({"strength": 1.0}, BOTH.train, 3, 0),
            ({}, BOTH.train, 4, 0), ({}, BOTH.train, 3, 1), ({}, BOTH.test, 3, 0),
        )
    )  # fmt: skip
    # A default that is written out is the same parameter.
    assert sorted(hashes.values()) == [1, 1, 1, 1, 2]


def test_models_are_compared_where_everything_else_is_equal() -> None:
    one, other = (evaluate("skill-counts", {"strength": s}, BOTH.train, folds=3).protocol for s in (1.0, 2.0))
    assert one.comparison_hash == other.comparison_hash
    assert one.comparison_hash != evaluate("skill-counts", {}, BOTH.train, folds=4).protocol.comparison_hash


def test_the_data_hash_sees_rows_and_not_codes() -> None:
    mixed, _rows = recoded(BOTH.train, seed=9)
    assert data_hash(mixed) == data_hash(BOTH.train)
    score = BOTH.train.score.copy()
    score[3] = 1 - score[3]
    turned = BOTH.train.rows(np.arange(len(BOTH.train))[::-1])
    hashes = {
        data_hash(each)
        for each in (
            BOTH.train, replace(BOTH.train, score=score), replace(BOTH.train, time=None), turned,
            BOTH.train.rows(np.arange(1, len(BOTH.train))),
        )
    }  # fmt: skip
    assert len(hashes) == 5


def test_a_row_of_several_groups_counts_in_each_and_the_hash_says_so() -> None:
    names = [("all", "odd" if student % 2 else "even") for student in BOTH.train.student.tolist()]
    found = evaluate("skill-counts", {}, BOTH.train, folds=3, groups=names)
    plain = evaluate("skill-counts", {}, BOTH.train, folds=3)
    everybody, even, odd = found.groups
    assert everybody.scores == found.scores
    assert everybody.scores.n == even.scores.n + odd.scores.n
    assert everybody.students == even.students + odd.students == len(np.unique(BOTH.train.student))
    assert "group_gap_error" in found.protocol.text
    assert "group_gap_error" not in plain.protocol.text, "without groups a hash stays what it was"


def test_the_error_of_a_gap_knows_that_one_students_rows_are_alike() -> None:
    """Against many draws of students whose whole answers go one way."""
    rng = np.random.default_rng(4)
    student = np.repeat(np.arange(40, dtype=np.int32), 10)
    gaps, errors = [], []
    for _draw in range(400):
        outcome = np.repeat(rng.random(40) < 0.6, 10).astype(float)
        (found,) = by_group(["x"] * 400, student, outcome, np.full(400, 0.6))
        gaps.append(found.gap)
        errors.append(found.gap_error)
    assert np.mean(errors) == pytest.approx(np.std(gaps), rel=0.1)
    assert np.std(gaps) > 2 * np.sqrt(0.24 / 400), "rows alone would promise too much"


def test_one_student_has_no_error_of_the_gap() -> None:
    (found,) = by_group(["x", "x"], np.zeros(2, np.int32), np.array([1.0, 0.0]), np.array([0.5, 0.5]))
    assert (found.students, found.gap_error) == (1, None)


def test_groups_have_errors_of_their_own() -> None:
    groups = ["odd" if student % 2 else "even" for student in BOTH.train.student.tolist()]
    found = evaluate("skill-counts", {}, BOTH.train, folds=3, groups=groups)
    assert [one.group for one in found.groups] == ["even", "odd"]
    assert sum(one.scores.n for one in found.groups) == len(BOTH.train)
    assert found.protocol.hash != evaluate("skill-counts", {}, BOTH.train, folds=3).protocol.hash
    with pytest.raises(ParameterError, match="groups"):
        evaluate("skill-counts", {}, BOTH.train, folds=3, groups=["odd"])


def test_points_count_as_shares_of_their_item() -> None:
    responses = Responses.from_columns(["s", "s", "t", "t"], ["i", "j", "i", "j"], [["a"]] * 4, [4, 1, 1, 0])

    model = SkillCounts().fit(BOTH.train)
    model.predict = lambda responses: Predictions(np.full(len(responses), 0.5))
    found = evaluate_fitted(model, BOTH.train, responses)
    assert found.scores.rmse == pytest.approx(np.sqrt((0.25 + 0.25 + 0.0625 + 0.25) / 4))
    assert (found.scores.auc, found.scores.accuracy) == (None, None)


@pytest.mark.parametrize("chance", [0.0, np.nan, 1.0])
def test_what_is_no_chance_is_not_evaluated(chance: float) -> None:
    model = SkillCounts().fit(BOTH.train)
    model.predict = lambda responses: Predictions(np.full(len(responses), chance))
    with pytest.raises(LearnersError, match="for a chance"):
        evaluate_fitted(model, BOTH.train, BOTH.test)
    model.predict = lambda _responses: Predictions(np.array([0.5]))
    with pytest.raises(LearnersError, match="shape"):
        evaluate_fitted(model, BOTH.train, BOTH.test)


def test_used_wrongly() -> None:
    with pytest.raises(ParameterError, match="no model is called"):
        evaluate("nothing", {}, BOTH.train)
    with pytest.raises(ParameterError, match="no parameter depth; it has strength"):
        evaluate("skill-counts", {"depth": 3}, BOTH.train)
    with pytest.raises(ParameterError, match="JSON"):
        _ = replace(evaluate("skill-counts", {}, BOTH.train, folds=2).protocol, parameters={"strength": np.inf}).hash
    with pytest.raises(ResponsesError, match="no_responses"):
        evaluate("skill-counts", {}, BOTH.train.rows(np.zeros(0, dtype=np.int64)))
