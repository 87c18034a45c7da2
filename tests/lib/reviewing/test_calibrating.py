"""What reviews are worth: near to calibrated marks is worth more, and few marks say little."""

import random

import pytest

from saem.lib.reviewing import (
    Given,
    Marking,
    RangeError,
    RepeatedError,
    UnknownError,
    reliabilities,
    weighted_marks,
)

SCALES = {"c": (1.0, 5.0), "d": (0.0, 100.0)}
EXPERT = {("s1", "c"): 4.0, ("s1", "d"): 60.0, ("s2", "c"): 2.0}


def given(reviewer: str, **values: float) -> list[Given]:
    return [Given(reviewer, name[:-1], name[-1], value) for name, value in values.items()]


def test_marks_follow_the_gap_on_its_line() -> None:
    marks = given("right", s1c=4, s1d=60) + given("strict", s1c=3, s1d=30) + given("wrong", s1c=1, s2c=5)
    right, strict, wrong = reliabilities(marks, EXPERT, SCALES)
    assert (right.mark, right.gap, right.bias) == (100.0, 0.0, 0.0)
    assert strict.bias == pytest.approx(-0.275)
    assert strict.gap == pytest.approx(((0.25**2 + 0.3**2) / 2) ** 0.5)
    assert strict.mark == pytest.approx(100 * (0.5 - 0.27613) / 0.4, abs=0.01)
    assert (wrong.mark, wrong.bias) == (0.0, 0.0)
    assert right.weight > strict.weight > wrong.weight
    assert right.weight + strict.weight + wrong.weight == pytest.approx(3)


def test_who_marked_no_sample_has_no_mark_and_the_usual_weight() -> None:
    marks = given("near", s1c=4, s1d=61) + given("far", s1c=1, s1d=0) + given("none", wxc=3)
    far, near, none = reliabilities(marks, EXPERT, SCALES)
    assert (none.mark, none.gap, none.bias, none.compared) == (None, None, None, 0)
    assert far.weight < none.weight < near.weight


def test_few_marks_move_a_weight_less_than_many() -> None:
    expert = {(f"s{number}", "c"): 3.0 for number in range(9)}
    few = [Given("few", "s0", "c", 3.0)]
    many = [Given("many", f"s{number}", "c", 3.0) for number in range(9)]
    others = [Given("others", f"s{number}", "c", 5.0) for number in range(9)]
    by_name = {each.reviewer: each.weight for each in reliabilities(few + many + others, expert, SCALES)}
    assert by_name["many"] > by_name["few"] > by_name["others"]


def test_everybody_exact_is_everybody_alike() -> None:
    found = reliabilities(given("a", s1c=4) + given("b", s1c=4), EXPERT, SCALES)
    assert [each.weight for each in found] == [1.0, 1.0]
    assert reliabilities([], EXPERT, SCALES) == ()
    assert [each.weight for each in reliabilities(given("a", wxc=3), {}, SCALES)] == [1.0]


def test_weighing_brings_marks_nearer_to_the_truth() -> None:
    rng, expert, marks = random.Random(3), {}, []
    truth = {f"w{number}": rng.uniform(2, 4) for number in range(60)}
    for number in range(30):
        name, noise = f"r{number}", 0.2 if number % 2 else 1.5
        for work in [*rng.sample(sorted(truth), 10), "s0", "s1", "s2"]:
            value = truth.get(work, 3.0) + rng.gauss(0, noise)
            marks.append(Given(name, work, "c", min(5.0, max(1.0, value))))
    expert = {(f"s{number}", "c"): 3.0 for number in range(3)}
    found = reliabilities(marks, expert, SCALES)
    weighed = weighted_marks(marks, found, SCALES)
    plain = weighted_marks(marks, [type(each)(each.reviewer, 0, None, None, None, 1.0) for each in found], SCALES)
    gaps = [
        sum(abs(means[work, "c"] - truth[work]) for work in truth if (work, "c") in means) for means in (weighed, plain)
    ]
    assert gaps[0] < 0.75 * gaps[1]


def test_a_weighted_mean_is_one() -> None:
    found = reliabilities(given("a", s1c=4) + given("b", s1c=2), EXPERT, SCALES)
    weights = {each.reviewer: each.weight for each in found}
    means = weighted_marks([Given("a", "w", "c", 5), Given("b", "w", "c", 1)], found, SCALES)
    assert means == {("w", "c"): pytest.approx((5 * weights["a"] + weights["b"]) / 2)}


def test_values_that_cannot_be() -> None:
    with pytest.raises(RangeError, match="6"):
        reliabilities(given("a", s1c=6), EXPERT, SCALES)
    with pytest.raises(RangeError):
        reliabilities(given("a", s1c=float("nan")), EXPERT, SCALES)
    with pytest.raises(RangeError, match="scale"):
        reliabilities(given("a", s1c=1), EXPERT, {"c": (1, 1)})
    with pytest.raises(UnknownError):
        reliabilities(given("a", s1x=1), EXPERT, SCALES)
    with pytest.raises(RepeatedError):
        reliabilities(given("a", s1c=1) * 2, EXPERT, SCALES)
    with pytest.raises(UnknownError, match="stranger"):
        weighted_marks(given("stranger", s1c=1), [], SCALES)


@pytest.mark.parametrize("wrong", [{"full": 0.5}, {"none": 1.1}, {"full": -0.1}, {"prior": 0}, {"prior": float("nan")}])
def test_markings_out_of_range(wrong: dict[str, float]) -> None:
    with pytest.raises(RangeError):
        Marking(**wrong)
