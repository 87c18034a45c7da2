"""The numbers are scikit-learn's; what means nothing has a name."""

import random

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from saem.lib.agreement import (
    AgreementError,
    Mark,
    MarkError,
    NoPairsError,
    OneCategoryError,
    OneMarkerError,
    Scale,
    drifts,
    kappa,
    pairs,
    report,
    weighted_kappa,
)

FIVE = Scale(1, 5)


def marked(number: int, seed: int, noise: float = 0.8) -> list[tuple[int, int]]:
    rng = np.random.default_rng(seed)
    truth = rng.normal(3, 1.2, number)
    both = np.clip(np.rint(truth[:, None] + rng.normal(0, noise, (number, 2))), 1, 5).astype(int)
    return [(int(one), int(other)) for one, other in both]


def double(values: list[tuple[int, int]], markers: tuple[str, str] = ("a", "b")) -> list[Mark]:
    return [
        Mark(f"w{place:03d}", "c", marker, value, when=place)
        for place, both in enumerate(values)
        for marker, value in zip(markers, both, strict=True)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_kappa_is_scikit_learns(seed: int) -> None:
    values = marked(random.Random(seed).randint(2, 80), seed)
    ours = kappa(values, FIVE, samples=0).value
    theirs = cohen_kappa_score(*zip(*values, strict=True), weights="quadratic", labels=[1, 2, 3, 4, 5])
    assert ours == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_interchangeable_markers_are_scikit_learns_with_both_orders(seed: int) -> None:
    values = marked(40, seed)
    both = values + [(other, one) for one, other in values]
    theirs = cohen_kappa_score(*zip(*both, strict=True), weights="quadratic")
    assert kappa(values, FIVE, is_ordered=False, samples=0).value == pytest.approx(theirs, abs=1e-12)
    assert kappa([(b, a) for a, b in values], FIVE, is_ordered=False, samples=0).value == pytest.approx(
        theirs, abs=1e-12
    )


def test_the_interval_is_that_of_a_plain_bootstrap() -> None:
    values, rng = marked(60, 3), random.Random(1)
    plain = sorted(kappa(rng.choices(values, k=60), FIVE, samples=0).value for _ in range(1_500))
    found = kappa(values, FIVE, samples=5_000, seed=4)
    assert found.low == pytest.approx(plain[37], abs=0.03)
    assert found.high == pytest.approx(plain[-38], abs=0.03)
    assert found == kappa(values, FIVE, samples=5_000, seed=4)
    assert found != kappa(values, FIVE, samples=5_000, seed=5)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    truth = kappa(marked(200_000, 99), FIVE, samples=0).value
    found = [kappa(marked(60, seed), FIVE, samples=400, seed=seed) for seed in range(150)]
    held = sum(each.low is not None and each.high is not None and each.low <= truth <= each.high for each in found)
    # A percentile interval of 60 works holds a little less than the 95 % it is named for.
    assert 0.87 <= held / len(found) <= 0.99


def test_pairs_of_one_work_are_drawn_together() -> None:
    values = marked(20, 6)
    threefold = kappa(values * 3, FIVE, works=[str(place) for place in range(20)] * 3, seed=1)
    once = kappa(values, FIVE, seed=1)
    assert (threefold.works, threefold.value) == (20, pytest.approx(once.value))
    assert threefold.low == pytest.approx(once.low, abs=0.05)


def test_samples_that_say_nothing_are_counted() -> None:
    found = kappa([(3, 3)] * 30 + [(1, 1)], FIVE, samples=1_000)
    assert found.value == 1.0
    # All works of a sample are alike in about (30/31)**31 of them.
    assert 280 < found.undefined < 440
    assert found.low == 1.0


def test_too_few_works_have_no_interval() -> None:
    found = kappa([(1, 2)], FIVE)
    assert (found.low, found.high, found.works) == (None, None, 1)


def test_one_category_is_an_error_and_never_nan() -> None:
    with pytest.raises(OneCategoryError):
        kappa([(3, 3)] * 5, FIVE)
    with pytest.raises(OneCategoryError):
        weighted_kappa(np.diag([0.0, 4.0]))
    assert kappa([(3, 3)] * 5 + [(3, 4)], FIVE, samples=0).value == 0.0


def test_nothing_is_an_error() -> None:
    with pytest.raises(NoPairsError):
        kappa([], FIVE)
    with pytest.raises(NoPairsError):
        weighted_kappa(np.zeros((3, 3)))
    with pytest.raises(NoPairsError):
        pairs([], FIVE)
    with pytest.raises(NoPairsError):
        pairs([Mark("w1", "c", "a", 1), Mark("w2", "c", "b", 1)], FIVE)


@pytest.mark.parametrize("wrong", [{"samples": -1}, {"confidence": 1.0}, {"confidence": float("nan")}])
def test_numbers_out_of_range(wrong: dict[str, float]) -> None:
    with pytest.raises(AgreementError):
        kappa([(1, 2)], FIVE, **wrong)  # type: ignore[arg-type]


def test_one_marker_is_named() -> None:
    with pytest.raises(OneMarkerError, match="kim"):
        pairs([Mark("w1", "c", "kim", 1), Mark("w2", "c", "kim", 2), Mark("w1", "c", "lee", None)], FIVE)


def test_marks_that_cannot_be() -> None:
    with pytest.raises(MarkError, match="6"):
        pairs([Mark("w", "c", "a", 6)], FIVE)
    with pytest.raises(MarkError, match="twice"):
        pairs([Mark("w", "c", "a", 1), Mark("w", "c", "a", 1)], FIVE)
    with pytest.raises(MarkError, match="no scale"):
        report([Mark("w", "unknown", "a", 1)], {"c": FIVE})
    with pytest.raises(MarkError):
        Scale(3, 3)
    with pytest.raises(MarkError):
        Scale(0, 1_000)


def test_missing_marks_are_left_out_and_counted() -> None:
    marks = [
        *double([(1, 2), (3, 3), (5, 4)]),
        Mark("w900", "c", "a", 4),
        Mark("w901", "c", "a", 4),
        Mark("w901", "c", "b", None),
    ]
    (found,) = report(marks, {"c": FIVE}, samples=0)
    assert (found.pairs, found.single, found.missing) == (3, 2, 1)
    assert (found.same, found.near) == (1 / 3, 1.0)
    assert found.kappa is not None
    assert found.kappa.value == pytest.approx(cohen_kappa_score([1, 3, 5], [2, 3, 4], weights="quadratic"))


def test_each_criterion_says_what_it_can() -> None:
    marks = [
        Mark(each.work, name, each.marker, each.value) for each in double([(1, 1), (4, 1), (2, 4)]) for name in "xy"
    ]
    marks += [Mark(each.work, "same", each.marker, 3) for each in double([(1, 1)] * 4)]
    marks += [Mark("w", "alone", "a", 3)]
    found = {each.criterion: each for each in report(marks, dict.fromkeys(("x", "same", "alone", "y", "none"), FIVE))}
    assert list(found) == ["x", "same", "alone", "y", "none"]
    assert [each.undefined for each in found.values()] == [None, "one_category", "one_marker", None, "no_pairs"]
    assert found["same"].same == 1.0
    assert found["alone"].same is None
    assert found["x"].gaps == {0: 1, 2: 1, 3: 1}
    assert found["x"].widest == (("w001", 3), ("w002", 2))


def test_three_markers_make_three_pairs_of_a_work() -> None:
    marks = [Mark("w", "c", marker, value) for marker, value in zip("cab", (1, 2, 4), strict=True)]
    assert [(each.first.marker, each.second.marker, each.values) for each in pairs(marks, FIVE)] == [
        ("a", "b", (2, 4)),
        ("a", "c", (2, 1)),
        ("b", "c", (4, 1)),
    ]
    (found,) = report(marks, {"c": FIVE}, samples=0)
    assert found.pairs == 3


def test_drift_is_found_with_its_size() -> None:
    rng = np.random.default_rng(5)
    values = []
    for place in range(200):
        truth = rng.integers(20, 80)
        values.append((int(truth + rng.integers(-2, 3)), int(truth + rng.integers(-2, 3) - round(place / 20))))
    steady, drifting = drifts(pairs(double(values), Scale(0, 100)))
    assert drifting.is_notable
    assert drifting.slope == pytest.approx(-10, abs=1.2)
    assert drifting.mean == pytest.approx(-5, abs=0.5)
    # Two who always mark together share one slope.
    assert steady.slope == pytest.approx(-drifting.slope)


def test_a_third_marker_tells_who_drifts() -> None:
    rng, marks = np.random.default_rng(6), []
    for place in range(300):
        truth = int(rng.integers(20, 80))
        for marker in rng.choice(["a", "b", "c"], 2, replace=False):
            drift = round(place / 15) if marker == "b" else 0
            marks.append(Mark(f"w{place:03d}", "c", str(marker), truth + drift + int(rng.integers(-2, 3)), when=place))
    slopes = {each.marker: each.slope for each in drifts(pairs(marks, Scale(0, 200)))}
    assert slopes["b"] == pytest.approx(20, abs=3)
    assert max(abs(slopes["a"]), abs(slopes["c"])) < 15


def test_no_drift_is_rarely_notable() -> None:
    notable = sum(drifts(pairs(double(marked(40, seed)), FIVE))[0].is_notable for seed in range(200))
    assert 1 <= notable <= 22


def test_few_marks_or_one_moment_have_no_slope() -> None:
    assert drifts(pairs(double([(1, 2)] * 4), FIVE))[0].slope is None
    marks = [Mark(each.work, "c", each.marker, each.value) for each in double(marked(20, 1))]
    assert drifts(pairs(marks, FIVE))[0].slope is None
    (one, _) = drifts(pairs(double([(1, 3)]), FIVE))
    assert (one.mean, one.error, one.is_notable) == (-2.0, None, False)
