"""The models keep the room's contract: earlier rows alone, states that are JSON, folders that give back the same."""

import json
from pathlib import Path

import numpy as np
import pytest

from saem.lib.learners import MODELS, Asked, LearnerModel, NotFittedError, ParameterError, Responses, model_class
from tests.lib.learners.irt.simulated import abilities, answers, family_of_kind, long, responses, values_of_kind

NAMES = sorted(name for name, (module, _) in MODELS.items() if ".irt." in module)
GRADED = {"grm", "gpcm"}


def given(name: str, persons: int = 60, items: int = 8) -> Responses:
    kind = name if name in GRADED else "2pl"
    scores = answers(family_of_kind(kind, items), values_of_kind(kind, items), abilities(persons))
    scores[np.random.default_rng(0).random(scores.shape) < 0.2] = -1
    return responses(scores)


def fitted(name: str, **parameters: object) -> tuple[LearnerModel, Responses]:
    data = given(name)
    return model_class(name)(**parameters).fit(data), data


def test_all_six_are_registered() -> None:
    assert NAMES == ["gpcm", "grm", "irt-1pl", "irt-2pl", "irt-3pl", "irt-4pl"]


@pytest.mark.parametrize("name", NAMES)
def test_a_prediction_knows_only_earlier_rows(name: str) -> None:
    model, data = fitted(name)
    before = model.predict(data).chance
    assert ((before > 0) & (before < 1)).all()
    changed = data.score.copy()
    row = int(data.by_student[data.student_bounds[7] + 3])
    changed[row] = 1 - min(changed[row], 1)
    after = model.predict(Responses(**{**vars_of(data), "score": changed})).chance
    same = np.ones(len(data), dtype=bool)
    same[data.by_student[data.student_bounds[7] + 4 : data.student_bounds[8]]] = False
    assert np.array_equal(before[same], after[same])
    assert not np.array_equal(before[~same], after[~same])


@pytest.mark.parametrize("name", NAMES)
def test_other_students_order_does_not_matter(name: str) -> None:
    model, data = fitted(name)
    shuffled = np.random.default_rng(1).permutation(len(data.students))[data.student].argsort(kind="stable")
    assert np.allclose(model.predict(data.rows(shuffled)).chance, model.predict(data).chance[shuffled], atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_online_is_offline_row_by_row(name: str) -> None:
    model, data = fitted(name)
    offline = model.predict(data).chance
    for student in (0, 5):
        state = model.new_state()
        for row in data.by_student[data.student_bounds[student] : data.student_bounds[student + 1]]:
            asked = Asked(data.items[data.item[row]])
            assert model.chance(state, asked).value == pytest.approx(offline[row], abs=1e-9)
            kept = json.dumps(state)
            following = model.updated(state, asked, float(data.score[row]))
            assert json.dumps(state) == kept
            state = json.loads(json.dumps(following))


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_gives_back_the_same_model(name: str, tmp_path: Path) -> None:
    model, data = fitted(name)
    model.save(tmp_path / "model")
    again = model_class(name).load(tmp_path / "model")
    assert np.array_equal(again.predict(data).chance, model.predict(data).chance)
    assert again.fit_ == model.fit_
    assert again.card() == model.card()
    if name not in GRADED:
        assert np.array_equal(again.bank().errors, model.bank().errors, equal_nan=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_fit_is_the_same_twice(name: str) -> None:
    one, data = fitted(name, starts=2, seed=4)
    other, _ = fitted(name, starts=2, seed=4)
    assert one.fit_.log_likelihood == other.fit_.log_likelihood
    assert np.array_equal(one.predict(data).chance, other.predict(data).chance)


@pytest.mark.parametrize("name", NAMES)
def test_mastery_rises_with_right_answers(name: str) -> None:
    model, data = fitted(name)
    state = model.new_state()
    start = model.mastery(state, "skill 0")
    assert start.usable
    assert 0 < start.low < start.value < start.high < 1
    for item in data.items:
        state = model.updated(state, Asked(item), 3.0 if name in GRADED else 1.0)
    now = model.mastery(state, "skill 0")
    assert now.value > start.value
    assert now.high - now.low < start.high - start.low
    assert model.ability(state).value > 1.0


@pytest.mark.parametrize("name", NAMES)
def test_unknown_items_and_skills(name: str) -> None:
    model, _ = fitted(name)
    known = model.predict(long([0, 0], [0, 1], [1, 1])).chance
    strange = model.predict(long([0, 0, 0], [0, 99, 1], [1, 1, 1]))
    assert [(finding.code, finding.where) for finding in strange.findings] == [("unknown_item", "item 99")]
    assert np.allclose(strange.chance[[0, 2]], known)
    assert 0 < strange.chance[1] < 1
    state = model.new_state()
    assert model.updated(state, Asked("item 99"), 1.0) == state
    assert model.chance(state, Asked("item 99")).why == "unknown_item"
    assert not model.mastery(state, "no skill").usable


def test_first_answers_only() -> None:
    rows = long([0, 0, 0, 0], [1, 1, 1, 2], [0, 1, 1, 1])
    every, _ = fitted("irt-2pl")
    first, _ = fitted("irt-2pl", repeats="first")
    once = first.predict(rows.rows(np.array([0, 3]))).chance
    assert first.predict(rows).chance[3] == pytest.approx(once[1])
    assert every.predict(rows).chance[3] > once[1]
    state = first.new_state()
    for score in (0.0, 1.0, 1.0):
        state = first.updated(state, Asked("item 1"), score)
    assert first.chance(state, Asked("item 2")).value == pytest.approx(once[1])


def test_repeated_answers_count_each_time() -> None:
    data = given("irt-2pl")
    twice = data.rows(np.repeat(np.arange(len(data)), 2))
    once = model_class("irt-2pl")().fit(data)
    first = model_class("irt-2pl")(repeats="first").fit(twice)
    assert first.fit_.log_likelihood == pytest.approx(once.fit_.log_likelihood)
    assert model_class("irt-2pl")().fit(twice).fit_.log_likelihood != pytest.approx(once.fit_.log_likelihood)


def test_anchors_come_back_from_the_folder(tmp_path: Path) -> None:
    anchors = {
        "item 0": {"discrimination": 1.2, "difficulty": 0.5},
        "item 3": {"discrimination": 0.9, "difficulty": -0.4},
    }
    model, data = fitted("irt-2pl", anchors=anchors)
    assert model.bank().difficulty[data.items.index("item 0")] == pytest.approx(0.5)
    model.save(tmp_path / "model")
    again = model_class("irt-2pl").load(tmp_path / "model")
    assert again.anchors == anchors
    assert np.array_equal(again.predict(data).chance, model.predict(data).chance)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"repeats": "last"}, "repeats"),
        ({"errors": "guess"}, "errors"),
        ({"starts": 0}, "starts"),
        ({"tolerance": float("nan")}, "tolerance"),
        ({"anchors": {"nobody": {"discrimination": 1, "difficulty": 0}}}, "anchored"),
        ({"anchors": {"item 1": {"discrimination": 1, "difficulty": 0, "guess": 0.2}}}, "guess"),
    ],
)
def test_impossible_parameters(parameters: dict[str, object], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        fitted("irt-2pl", **parameters)


def test_asked_before_it_was_fitted() -> None:
    with pytest.raises(NotFittedError):
        model_class("irt-2pl")().predict(given("irt-2pl"))


def test_graded_items_make_no_bank() -> None:
    with pytest.raises(ParameterError, match="graded"):
        fitted("grm")[0].bank()


def vars_of(data: Responses) -> dict[str, object]:
    names = ("students", "items", "skills", "tag_sets", "student", "item", "tag", "score", "time")
    return {name: getattr(data, name) for name in names}
