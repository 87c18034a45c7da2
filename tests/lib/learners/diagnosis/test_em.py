"""EM, its information and its classifications on arrays, against brute force and known truth."""

import itertools

import numpy as np
import pytest

from saem.lib.learners import ParameterError, ResponsesError
from saem.lib.learners.diagnosis import (
    Patterns,
    Solution,
    classify,
    compare_items,
    dina_design,
    fit_classes,
    gdina_design,
    merge_patterns,
    parameter_covariance,
    profiles_of,
)  # fmt: skip
from saem.lib.learners.diagnosis.em import EDGE, starting_chances

from .worlds import Q, simulated


def log_likelihood_by_hand(q: np.ndarray, score: np.ndarray, chance: np.ndarray, prior: np.ndarray) -> float:
    """One learner, one class and one item at a time, from the definition of DINA."""
    total = 0.0
    for learner in score:
        likelihood = 0.0
        for profile, share in zip(profiles_of(q.shape[1]), prior, strict=True):
            product = share
            for item, answer in enumerate(learner):
                if not np.isnan(answer):
                    has_all = all(profile[skill] for skill in np.flatnonzero(q[item]))
                    one = chance[2 * item + int(has_all)]
                    product *= one if answer else 1 - one
            likelihood += product
        total += np.log(likelihood)
    return total


def test_log_likelihood_is_exact_with_missing_answers() -> None:
    score, _, _ = simulated(40, missing=0.3)
    solution = fit_classes(dina_design(Q), merge_patterns(score), starting_chances(dina_design(Q)))
    by_hand = log_likelihood_by_hand(Q, score, solution.chance, solution.prior)
    assert solution.log_likelihood == pytest.approx(by_hand, abs=1e-8)


@pytest.mark.parametrize("design_of", [dina_design, gdina_design])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_log_likelihood_never_falls(design_of, seed: int) -> None:
    generator = np.random.default_rng(seed)
    score = generator.integers(0, 2, (60, len(Q))).astype(np.float64)  # answers that no skill explains
    design = design_of(Q)
    solution = fit_classes(design, merge_patterns(score), starting_chances(design, generator), tolerance=1e-5)
    assert np.diff(solution.trace).min() > -1e-9
    assert solution.converged
    assert solution.iterations > 3


def test_guess_and_slip_never_exceed_one() -> None:
    score, _, _ = simulated(150)
    score[:, 0] = 1 - score[:, 0]  # an item that skilled learners fail
    design = dina_design(Q)
    solution = fit_classes(design, merge_patterns(score), starting_chances(design))
    guess, slip = solution.chance[design.lowest], 1 - solution.chance[design.highest]
    assert (guess + slip <= 1 + 1e-12).all()
    assert guess[0] + slip[0] == pytest.approx(1)


def test_an_unconverged_fit_says_so() -> None:
    score, _, _ = simulated(100)
    design = dina_design(Q)
    solution = fit_classes(design, merge_patterns(score), starting_chances(design), most_iterations=2)
    assert not solution.converged
    assert solution.log_likelihood == solution.trace[-1] > solution.trace[0]


@pytest.mark.parametrize("options", [{"tolerance": 0.0}, {"tolerance": -1.0}, {"most_iterations": 0}])
def test_impossible_options_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(ParameterError):
        fit_classes(dina_design(Q), merge_patterns(np.ones((1, len(Q)))), np.full(2 * len(Q), 0.5), **options)


def test_a_score_between_is_refused_by_its_row() -> None:
    score = np.ones((3, len(Q)))
    score[2, 1] = 0.5
    with pytest.raises(ResponsesError, match="score_not_binary in row 2"):
        merge_patterns(score)


def test_patterns_merge_only_what_is_equal() -> None:
    patterns = merge_patterns(np.array([[1, 0, np.nan], [1, 0, 0], [1, 0, np.nan]]))
    assert sorted(patterns.count) == [1, 2]
    assert patterns.learner[0] == patterns.learner[2] != patterns.learner[1]
    assert (patterns.right + patterns.wrong)[patterns.learner[0]].tolist() == [1, 1, 0]


def test_gdina_gives_every_subset_a_chance() -> None:
    design = gdina_design(np.array([[1, 0, 1], [0, 1, 0]], dtype=np.bool_))
    # Classes count skill 0 as 1, skill 1 as 2, skill 2 as 4.
    assert design.group.tolist() == [[0, 1, 0, 1, 2, 3, 2, 3], [4, 4, 5, 5, 4, 4, 5, 5]]
    assert design.item.tolist() == [0, 0, 0, 0, 1, 1]
    assert (design.lowest.tolist(), design.highest.tolist()) == ([0, 4], [3, 5])


def test_dina_recovers_guess_slip_shares_and_skills() -> None:
    score, profiles, chance = simulated(3000, missing=0.2)
    design = dina_design(Q)
    patterns = merge_patterns(score)
    solution = fit_classes(design, patterns, starting_chances(design))
    covariance = parameter_covariance(design, patterns, solution)
    assert covariance is not None
    errors = covariance.chance_errors()
    assert 0.004 < errors.min() < errors.max() < 0.04
    # Each truth within its own error: z scores with mean square near 1, none wild.
    z = (solution.chance - chance) / errors
    assert 0.5 < np.mean(z**2) < 2
    assert np.abs(z).max() < 4
    assert np.abs(solution.prior - 1 / 8).max() < 0.03
    found = classify(design, patterns, solution)
    right = (found.profile == profiles).mean(axis=0)
    assert right == pytest.approx(found.skill_accuracy, abs=0.02)
    assert (found.profile == profiles).all(axis=1).mean() == pytest.approx(found.profile_accuracy, abs=0.03)
    assert ((found.mastery > 0.5) == profiles).mean() > 0.88


def test_errors_match_the_curvature_of_the_likelihood() -> None:
    """The observed information by numerical second differences of the log-likelihood, for a one-skill test."""
    q = np.ones((4, 1), dtype=np.bool_)
    score, _, _ = simulated(4000, q=q)
    design, patterns = dina_design(q), merge_patterns(score)
    solution = fit_classes(design, patterns, starting_chances(design), tolerance=1e-10)
    covariance = parameter_covariance(design, patterns, solution)
    assert covariance is not None
    free = int(np.flatnonzero(covariance.class_is_free)[0])
    point = np.append(solution.chance, solution.prior[free])

    def value(at: np.ndarray) -> float:
        prior = np.full(2, 1 - at[-1])
        prior[free] = at[-1]
        return _log_likelihood(patterns, at[:-1], prior)

    information = -_second_differences(value, point, 1e-3)
    expected = np.sqrt(np.diag(np.linalg.inv(information)))
    assert np.append(covariance.chance_errors(), np.sqrt(covariance.matrix[-1, -1])) == pytest.approx(expected, rel=0.1)


def _log_likelihood(patterns: Patterns, chance: np.ndarray, prior: np.ndarray) -> float:
    pairs = chance.reshape(-1, 2)
    joint = patterns.right @ np.log(pairs) + patterns.wrong @ np.log(1 - pairs) + np.log(prior)
    return float(patterns.count @ np.log(np.exp(joint).sum(axis=1)))


def _second_differences(value, point: np.ndarray, step: float) -> np.ndarray:
    steps = step * np.eye(len(point))
    matrix = np.zeros((len(point),) * 2)
    for a, b in itertools.product(range(len(point)), repeat=2):
        corners = [value(point + i * steps[a] + j * steps[b]) * i * j for i in (-1, 1) for j in (-1, 1)]
        matrix[a, b] = sum(corners) / (4 * step**2)
    return matrix


def test_wald_test_finds_the_items_that_need_gdina() -> None:
    """Data of additive items reject DINA; data of DINA reject it about as often as chance would."""
    rejected = {}
    for name, design_of in {"dina": dina_design, "additive": gdina_design}.items():
        score, _, _ = simulated(3000, design_of=design_of, seed=3)
        design, patterns = gdina_design(Q), merge_patterns(score)
        solution = fit_classes(design, patterns, starting_chances(design), tolerance=1e-4)
        covariance = parameter_covariance(design, patterns, solution)
        assert covariance is not None
        tests = compare_items(design, solution, covariance)
        assert [test.item for test in tests] == list(range(9, 15))
        assert {test.freedom for test in tests} == {2}
        rejected[name] = sum(test.p_value < 0.01 for test in tests)
    assert rejected["additive"] == 6
    assert rejected["dina"] <= 1


def test_gdina_fits_at_least_as_well_as_dina() -> None:
    score, _, _ = simulated(500)
    patterns = merge_patterns(score)
    small = fit_classes(dina_design(Q), patterns, starting_chances(dina_design(Q)))
    large = fit_classes(gdina_design(Q), patterns, starting_chances(gdina_design(Q)))
    assert large.log_likelihood > small.log_likelihood


def test_chances_keep_off_their_bounds_and_have_no_error_there() -> None:
    score, _, _ = simulated(200)
    score[:, 0] = 1.0
    design, patterns = dina_design(Q), merge_patterns(score)
    solution = fit_classes(design, patterns, starting_chances(design))
    assert solution.chance[:2] == pytest.approx(1 - EDGE)
    covariance = parameter_covariance(design, patterns, solution)
    assert covariance is not None
    assert np.isnan(covariance.chance_errors()[:2]).all()


def test_no_errors_where_the_answers_do_not_determine_them() -> None:
    design, patterns = dina_design(Q), merge_patterns(np.array([[1.0] * len(Q), [0.0] * len(Q)]))
    solution = Solution(np.tile([0.3, 0.7], len(Q)), np.full(8, 1 / 8), 0.0, converged=True, iterations=1, trace=())
    assert parameter_covariance(design, patterns, solution) is None


def test_ten_skills() -> None:
    q = np.vstack([np.eye(10, dtype=np.bool_)] * 2)
    score, profiles, _ = simulated(300, q=q, guess=0.05, slip=0.05)
    design, patterns = dina_design(q), merge_patterns(score)
    solution = fit_classes(design, patterns, starting_chances(design), most_iterations=20)
    assert design.classes == 1024
    assert ((classify(design, patterns, solution).mastery > 0.5) == profiles).mean() > 0.9
