"""Windows, codes and difficulties: what a network is fed. Needs no PyTorch."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import saem.lib.learners
from saem.lib.learners import ParameterError, Responses, ResponsesError, model_class

FOLDER = Path(saem.lib.learners.__file__).parent / "deep"


def _module(name: str) -> ModuleType:
    """A module of the package without its `__init__`, which asks for PyTorch."""
    found = sys.modules.get(f"saem.lib.learners.deep.{name}")
    if found is not None:
        return found
    spec = importlib.util.spec_from_file_location(f"saem.lib.learners.deep.{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[module.__name__] = module
    spec.loader.exec_module(module)
    return module


sequences = _module("sequences")
difficulty = _module("difficulty")


def responses_of(lengths: list[int]) -> Responses:
    students = [f"l{who}" for who, length in enumerate(lengths) for _ in range(length)]
    items = [f"i{place % 5}" for place in range(len(students))]
    return Responses.from_columns(
        students, items, [["a", "b"]] * len(students), [place % 2 for place in range(len(students))]
    )


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="PyTorch is installed")
@pytest.mark.parametrize("name", ["akt", "dkt"])
def test_without_pytorch_a_sentence_says_what_is_missing(name: str) -> None:
    with pytest.raises(ParameterError, match="PyTorch"):
        model_class(name)


@pytest.mark.parametrize("length", [2, 4, 10])
def test_every_row_is_fresh_once_after_the_rows_an_online_history_holds(length: int) -> None:
    responses = responses_of([1, 2, 3, 4, 5, 9, 10, 11, 24])
    windows = sequences.windows_of(responses, length)
    fresh = np.concatenate([window.rows[window.fresh :] for window in windows])
    assert sorted(fresh) == list(range(len(responses)))
    seen = {
        row: list(window.rows[:place])
        for window in windows
        for place, row in enumerate(window.rows)
        if place >= window.fresh
    }
    for start, end in zip(responses.student_bounds, responses.student_bounds[1:], strict=False):
        history: list[int] = []
        for row in responses.by_student[start:end]:
            assert seen[row] == history
            history = sequences.trimmed([*history, row], length)
    assert max(len(window.rows) for window in windows) <= length


def test_padding_and_context_have_no_row() -> None:
    responses = responses_of([7, 2])
    table = difficulty.item_features(responses)
    data = sequences.encoded(responses, responses.items, responses.skills, table)
    batches = list(sequences.batches_of(data, sequences.windows_of(responses, 4), 10))
    rows = np.concatenate([batch.row.ravel() for batch in batches])
    assert sorted(rows[rows != sequences.NO_ROW]) == list(range(9))
    # Seven rows make windows 0-3, 2-5 and 4-6; two rows one window.
    assert batches[0].row.shape == (4, 4)
    assert (rows == sequences.NO_ROW).sum() == 16 - 9


def test_unknown_items_and_skills_have_their_own_code() -> None:
    responses = Responses.from_columns(["x"] * 3, ["i0", "new", "i1"], [["a"], ["a", "z"], ["z"]], [1, 0, 1])
    data = sequences.encoded(responses, ("i0", "i1"), ("a", "b"), np.arange(6.0).reshape(3, 2))
    assert data.item.tolist() == [1, 0, 2]
    assert data.features.tolist() == [[2, 3], [0, 1], [4, 5]]
    assert data.members[data.tag].tolist() == [[0, 1, 0], [0, 1, 0], [1, 0, 0]]


def test_several_skills_share() -> None:
    members = sequences.members_of([(0, 1), ()], ("a", "b"), ("a", "b"))
    assert members.tolist() == [[0, 0.5, 0.5], [1, 0, 0]]


def test_a_score_between_is_refused() -> None:
    responses = Responses.from_columns(["x"], ["i"], [["a"]], [0.5])
    with pytest.raises(ResponsesError, match="score_not_binary in row 0"):
        sequences.encoded(responses, ("i",), ("a",), np.zeros((2, 2)))


def test_students_are_split_and_never_in_both() -> None:
    responses = responses_of([3] * 20)
    train, validation = sequences.split_students(responses, 0.1, 10, np.random.default_rng(0))
    assert (train ^ validation).all()
    assert len(np.unique(responses.student[validation])) == 2
    assert not set(responses.student[train]) & set(responses.student[validation])
    train, validation = sequences.split_students(responses, 0.1, 21, np.random.default_rng(0))
    assert train.all()
    assert not validation.any()


def test_difficulties_are_those_of_a_penalised_rasch_model() -> None:
    generator = np.random.default_rng(1)
    truth = np.linspace(-1.5, 1.5, 20)
    chance = 1 / (1 + np.exp(-(generator.normal(size=(400, 1)) - truth)))
    learner, item = np.nonzero(np.ones(chance.shape))
    score = (generator.random(chance.shape) < chance)[learner, item]
    responses = Responses.from_columns(
        [f"l{one}" for one in learner], [f"i{one}" for one in item], [["a"]] * len(item), score
    )
    features = difficulty.item_features(responses)
    # Joint estimation stretches the scale a little, so the order and the distances are compared, not the unit.
    assert np.corrcoef(features[1:, 0], truth)[0, 1] > 0.99
    assert features[:, 1] == pytest.approx([1, *[1 / np.sqrt(401)] * 20])
    assert features[0].tolist() == [0, 1]


def test_a_row_does_not_see_its_own_students_answers() -> None:
    responses = responses_of([5] * 30)
    before = difficulty.out_of_fold_features(responses, np.random.default_rng(3))
    mine = responses.student == 4
    flipped = Responses.from_columns(
        [responses.students[code] for code in responses.student], [responses.items[code] for code in responses.item],
        [["a", "b"]] * len(responses), np.where(mine, 1 - responses.score, responses.score),
    )  # fmt: skip
    after = difficulty.out_of_fold_features(flipped, np.random.default_rng(3))
    assert (before[mine] == after[mine]).all()
    assert (before[~mine] != after[~mine]).any()


@pytest.mark.parametrize("score", [0, 1])
def test_difficulties_of_all_the_same_answer_are_finite(score: int) -> None:
    responses = Responses.from_columns(["x", "y"], ["i", "i"], [["a"], ["a"]], [score, score])
    features = difficulty.item_features(responses)
    assert np.isfinite(features).all()
    assert np.abs(features).max() < 3
