"""DKT and AKT under the contract, on a Python that has PyTorch.

Where this one has not, `SAEM_TEST_TORCH_PYTHON` may name one that has it and pytest; this file and the battery's
questions to both models then run there.
"""

import os
import subprocess
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from saem.lib.learners import Asked, ParameterError, Responses, ResponsesError, model_class
from saem.lib.learners.model import LearnerModel
from tests.lib.learners.promises import (
    check_online_is_offline,
    check_only_earlier_rows_count,
    check_other_students_do_not_matter,
    check_save_and_load,
)

PYTHON = os.environ.get("SAEM_TEST_TORCH_PYTHON")
HERE = Path(__file__).resolve()
BOTH = ["akt", "dkt"]
SMALL = {"width": 8, "members": 2, "epochs": 3, "window": 20, "batch_size": 8, "learning_rate": 1e-2, "device": "cpu"}
needs_torch = pytest.mark.skipif(
    find_spec("torch") is None, reason="torch is not installed; see SAEM_TEST_TORCH_PYTHON"
)


@pytest.mark.skipif(find_spec("torch") is not None, reason="these tests run here")
@pytest.mark.parametrize(
    ("file", "chosen"),
    [(HERE, ""), (HERE.parents[1] / "test_battery.py", " or ".join(BOTH))],
    ids=["models", "battery"],
)
def test_on_a_python_with_torch(file: Path, chosen: str) -> None:
    if not PYTHON:
        pytest.skip("torch is not installed; SAEM_TEST_TORCH_PYTHON may name a Python that has it")
    if subprocess.run([PYTHON, "-c", "import torch, pytest, scipy"], check=False).returncode:
        pytest.skip(f"{PYTHON} lacks torch, scipy or pytest")
    here, home = file.parent, HERE.parents[4]
    command = [PYTHON, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", here, "--confcutdir", here]
    command += ["--import-mode=importlib", "-p", "no:cacheprovider", "-W", "error", "-k", chosen, file]
    paths = os.pathsep.join(map(str, (home / "src", home)))
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def simulated(students: int, length: int, seed: int = 1) -> Responses:
    """Learners of two skills who master each after some tries; items of known difficulty."""
    generator = np.random.default_rng(seed)
    rows = []
    for student in range(students):
        knows = [False, False]
        for _ in range(generator.integers(2, length)):
            skills = [[0], [1], [0, 1]][generator.integers(3)]
            item = int(generator.integers(6)) + 6 * (sum(skills) + len(skills) - 1)
            chance = (0.85 if all(knows[skill] for skill in skills) else 0.2) + 0.02 * (item % 6)
            rows.append(
                (f"l{student}", f"i{item}", [f"s{skill}" for skill in skills], float(generator.random() < chance))
            )
            for skill in skills:
                knows[skill] |= bool(generator.random() < 0.3)
    return Responses.from_columns(*zip(*rows, strict=True))


@pytest.fixture(scope="module")
def responses() -> Responses:
    return simulated(40, 45)


@pytest.fixture(scope="module", params=BOTH)
def model(request: pytest.FixtureRequest, responses: Responses) -> LearnerModel:
    if find_spec("torch") is None:
        pytest.skip("torch is not installed; see SAEM_TEST_TORCH_PYTHON")
    return model_class(request.param)(**SMALL).fit(responses)


def test_predictions_use_earlier_rows_only(model: LearnerModel, responses: Responses) -> None:
    check_only_earlier_rows_count(model, responses)
    check_other_students_do_not_matter(model, responses)


def test_online_equals_offline_beyond_a_window(model: LearnerModel, responses: Responses) -> None:
    longest = int(np.argmax(np.diff(responses.student_bounds)))
    assert np.diff(responses.student_bounds)[longest] > 35  # three windows
    state = check_online_is_offline(model, responses, longest)
    assert len(state["history"]) < 20
    mastery = model.mastery(state, "s0")
    assert mastery.usable
    assert 0 <= mastery.low < mastery.value < mastery.high <= 1


def test_saved_and_loaded_alike(model: LearnerModel, responses: Responses, tmp_path: Path) -> None:
    check_save_and_load(model, responses, "s0", tmp_path)


def test_unknown_items_and_skills_are_said(model: LearnerModel) -> None:
    found = model.predict(Responses.from_columns(["a", "a"], ["new", "i0"], [["elsewhere"], ["s0"]], [1, 0]))
    assert {(finding.code, finding.where) for finding in found.findings} == {
        ("unknown_item", "new"),
        ("unknown_skill", "elsewhere"),
    }
    assert ((found.chance > 0) & (found.chance < 1)).all()
    estimate = model.chance(model.new_state(), Asked("new", ("s0",)))
    assert (estimate.usable, estimate.why) == (False, "unknown_item")
    mastery = model.mastery(model.new_state(), "elsewhere")
    assert (mastery.usable, mastery.why) == (False, "unknown_skill")


def test_a_score_between_is_refused_online(model: LearnerModel) -> None:
    with pytest.raises(ResponsesError, match="score_not_binary: i0"):
        model.updated(model.new_state(), Asked("i0", ("s0",)), 0.5)


@needs_torch
@pytest.mark.parametrize("name", BOTH)
def test_learns_what_there_is_to_learn(name: str) -> None:
    """On new students, far better than the share of right answers, and mastery rises with success."""
    fitted = model_class(name)(**{**SMALL, "epochs": 10, "width": 16}).fit(simulated(150, 30, seed=2))
    new = simulated(100, 30, seed=3)
    chance = fitted.predict(new).chance
    loss = -np.where(new.score == 1, np.log(chance), np.log(1 - chance)).mean()
    share = new.score.mean()
    nothing = -(share * np.log(share) + (1 - share) * np.log(1 - share))
    assert loss < nothing - 0.08
    states = {1: fitted.new_state(), 0: fitted.new_state()}
    for turn in range(6):
        states = {score: fitted.updated(state, Asked(f"i{turn}", ("s0",)), score) for score, state in states.items()}
    assert fitted.mastery(states[1], "s0").value > fitted.mastery(states[0], "s0").value + 0.2


@needs_torch
@pytest.mark.parametrize("name", BOTH)
def test_the_same_seed_gives_the_same_fit(name: str) -> None:
    torch = pytest.importorskip("torch")
    small = simulated(15, 8)
    first = model_class(name)(**{**SMALL, "epochs": 1}).fit(small).predict(small).chance
    torch.manual_seed(99)
    torch.rand(3)
    before = torch.get_rng_state()
    second = model_class(name)(**{**SMALL, "epochs": 1}).fit(small).predict(small).chance
    other = model_class(name)(**{**SMALL, "epochs": 1, "seed": 5}).fit(small).predict(small).chance
    assert (first == second).all()
    assert (first != other).any()
    assert (torch.get_rng_state() == before).all()


@needs_torch
def test_skill_level_reads_no_item(responses: Responses) -> None:
    fitted = model_class("dkt")(**{**SMALL, "level": "skill", "epochs": 1}).fit(responses)
    other = replace(responses, item=responses.item[::-1].copy())
    assert (fitted.predict(responses).chance == fitted.predict(other).chance).all()


@needs_torch
@pytest.mark.parametrize("name", BOTH)
def test_degenerate_skills_are_named_and_refused(name: str) -> None:
    rows = [
        ("a", "i", ["all"], 1),
        ("b", "i", ["all"], 1),
        ("a", "j", ["once"], 0),
        ("a", "k", [], 1),
        ("b", "k", [], 0),
    ]
    fitted = model_class(name)(**{**SMALL, "epochs": 1, "members": 1}).fit(
        Responses.from_columns(*zip(*rows, strict=True))
    )
    found = {(finding.code, finding.where) for finding in fitted.fit_.findings}
    assert {
        ("skill_all_right", "all"), ("skill_seen_once", "once"), ("skill_all_wrong", "once"), ("item_without_skill", "k"),
        ("too_few_students_to_validate", ""), ("few_responses_for_a_network", ""), ("not_converged", ""),
    } <= found  # fmt: skip
    mastery = fitted.mastery(fitted.new_state(), "all")
    assert (mastery.usable, mastery.why) == (False, "skill_all_right")
    # One network cannot know how far others would differ.
    assert (mastery.low, mastery.high) == (0, 1)


@needs_torch
@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("score", [0, 1])
def test_all_the_same_answer(name: str, score: int) -> None:
    same = Responses.from_columns([f"l{k // 3}" for k in range(60)], ["i"] * 60, [["s"]] * 60, [score] * 60)
    chance = model_class(name)(**SMALL).fit(same).predict(same).chance
    assert (np.abs(chance - score) < 0.5).all()
    assert ((chance > 0) & (chance < 1)).all()


@needs_torch
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"level": "question"}, "level"), ({"window": 5}, "window"), ({"window": 0}, "window"), ({"members": 0}, "members"),
        ({"validation": 1.0}, "validation"), ({"device": "nowhere"}, "device"), ({"width": 6}, "multiple of 4"),
    ],
)  # fmt: skip
def test_impossible_parameters_are_refused(wrong: dict[str, object], said: str, responses: Responses) -> None:
    with pytest.raises(ParameterError, match=said):
        model_class("akt")(**{**SMALL, **wrong}).fit(responses)


@needs_torch
@pytest.mark.parametrize("name", BOTH)
def test_bad_responses_are_refused(name: str, responses: Responses) -> None:
    with pytest.raises(ResponsesError, match="no_responses"):
        model_class(name)(**SMALL).fit(responses.rows(np.array([], dtype=np.int64)))
    with pytest.raises(ResponsesError, match="score_not_binary in row 0"):
        model_class(name)(**SMALL).fit(Responses.from_columns(["a"], ["i"], [["s"]], [2]))
