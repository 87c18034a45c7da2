"""Skills that say nothing are named, and nobody is said to have mastered them."""

import numpy as np
import pytest

from saem.lib.learners import Asked
from saem.lib.learners.bkt import BKT
from saem.lib.learners.bkt.degenerate import covariance_of, degenerate

from .builders import COMPILED, Truth, draw, responses

RNG = np.random.default_rng(8)
SOUND = np.array([0.2, 0.0, 0.4, 0.2, 0.1])


def judged(theta: np.ndarray, *, totals: tuple[int, int, int] = (100, 500, 300), error: float = 0.1) -> str:
    """What is said of one tag whose two starts ended alike."""
    summit, likelihood = np.tile(theta, (1, 2, 1)), np.full((1, 2), -200.0)
    return degenerate(theta[None], np.array([totals], dtype=float), np.eye(5)[None] * error**2, summit, likelihood)[0]


def changed(**chances: float) -> np.ndarray:
    theta = SOUND.copy()
    for place, name in enumerate(("learn", "forget", "prior", "guess", "slip")):
        theta[place] = chances.get(name, theta[place])
    return theta


@pytest.mark.parametrize(
    ("code", "theta", "about"),
    [
        ("", SOUND, {}),
        ("one_response", SOUND, {"totals": (1, 1, 1)}),
        ("all_right", SOUND, {"totals": (20, 60, 60)}),
        ("all_wrong", SOUND, {"totals": (20, 60, 0)}),
        ("never_repeated", SOUND, {"totals": (60, 60, 30)}),
        ("guess_and_slip_near_one", changed(guess=0.6, slip=0.37), {}),
        ("learn_near_zero", changed(learn=1e-5), {}),
        ("learn_near_one", changed(learn=0.98), {}),
        ("not_identified", SOUND, {"error": 3.0}),
    ],
)
def test_each_kind_has_its_code(code: str, theta: np.ndarray, about: dict[str, object]) -> None:
    assert judged(theta, **about) == code


def test_starts_that_fit_alike_but_differ_are_not_identified() -> None:
    summit = np.stack([SOUND, changed(prior=0.6, learn=0.1)])[None]
    covariance, totals = np.eye(5)[None] * 0.01, np.array([[100.0, 500.0, 300.0]])
    assert degenerate(SOUND[None], totals, covariance, summit, np.array([[-200.0, -200.05]])) == ("not_identified",)
    assert degenerate(SOUND[None], totals, covariance, summit, np.array([[-200.0, -207.0]])) == ("",)


def test_information_that_is_not_positive_leaves_everything_open() -> None:
    information = np.diag([4.0, 0.0, 4.0, -1.0, 4.0])[None]
    assert np.isinf(np.diagonal(covariance_of(information, SOUND[None])[0])[[0, 2, 3, 4]]).all()
    at_bound = covariance_of(np.diag([4.0, 0.0, 4.0, 0.0, 4.0])[None], changed(guess=1e-6)[None])[0]
    np.testing.assert_allclose(np.diagonal(at_bound), [0.25, 0, 0.25, 0, 0.25])


@pytest.fixture(scope="module")
def model() -> BKT:
    strange = {
        "lonely": [[1]],
        "easy": [[1, 1, 1]] * 9,
        "hard": [[0, 0]] * 9,
        "single": [[k % 2] for k in range(12)],
        "falling": [[1, 1, 0, 0, 0], [1, 0, 0, 0], [1, 1, 1, 0, 0]] * 5,
    }
    return BKT(starts=2, tolerance=0.01, most_iterations=80).fit(responses(strange))


@pytest.mark.parametrize(
    ("skill", "code"),
    [
        ("lonely", "one_response"),
        ("easy", "all_right"),
        ("hard", "all_wrong"),
        ("single", "never_repeated"),
        ("falling", "guess_and_slip_near_one"),
    ],
)
def test_fitted_skills_are_named_and_refused(model: BKT, skill: str, code: str) -> None:
    assert (code, skill) in [(one.code, one.where) for one in model.fit_.findings]
    assert code in model.limits()
    assert model.skills_[skill].why == code
    state = model.new_state()
    for _ in range(8):
        state = model.updated(state, Asked("item", (skill,)), 1)
    mastery = model.mastery(state, skill)
    assert (mastery.usable, mastery.why, mastery.low, mastery.high) == (False, code, 0.0, 1.0)
    assert 0 < model.chance(state, Asked("item", (skill,))).value < 1


def test_a_wrong_answer_never_raises_mastery(model: BKT) -> None:
    for skill in model.skills_:
        state = model.new_state()
        worse = model.updated(state, Asked("item", (skill,)), 0)
        better = model.updated(state, Asked("item", (skill,)), 1)
        assert model.mastery(worse, skill).value <= model.mastery(better, skill).value + 1e-9


@COMPILED
def test_a_sound_skill_is_called_mastered() -> None:
    sound = BKT().fit(responses({"sound": draw(Truth(), [10] * 600, RNG)}))
    assert sound.skills_["sound"].why == ""
    state = sound.new_state()
    for _ in range(8):
        state = sound.updated(state, Asked("item", ("sound",)), 1)
    mastery = sound.mastery(state, "sound")
    assert mastery.usable
    assert 0.95 < mastery.low <= mastery.value <= mastery.high


def test_a_fit_that_was_cut_short_says_so() -> None:
    short = BKT(starts=1, most_iterations=3).fit(responses({"skill": draw(Truth(), [5] * 20, RNG)}))
    assert not short.fit_.converged
    assert ("not_converged", "skill") in [(one.code, one.where) for one in short.fit_.findings]
