"""Points: exact, rounded once, and every bad review named and left out."""

import random
from decimal import Decimal
from fractions import Fraction
from statistics import mean, pstdev

import pytest

from saem.lib.selection import Code, Review, score
from saem.lib.selection.agreement import agreement, severities
from saem.lib.selection.scoring import Missing, rounded, total
from saem.lib.selection.sheet import exact
from saem.lib.selection.standardising import FEWEST, standardised
from tests.lib.selection.rulebook import document, interview, rules, screening


def test_points_are_of_100_by_scales_and_weights() -> None:
    given = score(rules(), ["A-001"], [*screening(1, 4, 7.5), *interview(1, 80, 61)])
    # (4/5 · 2 + 7.5/10) / 3 and (80 + 61) / 2; then 40 : 60.
    assert given.points["screening"]["A-001"] == Fraction("78.33")
    assert given.points["interview"]["A-001"] == Fraction("70.5")
    of_both = {stage: points["A-001"] for stage, points in given.points.items()}
    assert total(rules(), rules().stages, of_both) == Fraction("73.63")
    assert given.problems == given.missing == ()


def test_half_is_rounded_up_and_a_float_means_what_it_prints_as() -> None:
    assert rounded(Fraction("84.125"), 2) == Fraction("84.13")
    assert rounded(Fraction("84.5"), 0) == 85
    assert exact(0.1) == Fraction(1, 10)
    assert exact(1e-7) == Fraction(1, 10**7)


@pytest.mark.parametrize(
    ("review", "code"),
    [
        (("A-009", "R1", "interview", "talk", 5), Code.UNKNOWN_APPLICATION),
        (("A-001", "R9", "interview", "talk", 5), Code.UNKNOWN_REVIEWER),
        (("A-001", "R1", "essay", "talk", 5), Code.UNKNOWN_REVIEW_STAGE),
        (("A-001", "R1", "interview", "style", 5), Code.UNKNOWN_CRITERION),
        (("A-001", "R3", "interview", "talk", 5), Code.CONFLICT),
        (("A-001", "R1", "interview", "talk", float("nan")), Code.NOT_A_NUMBER),
        (("A-001", "R1", "interview", "talk", float("inf")), Code.NOT_A_NUMBER),
        (("A-001", "R1", "interview", "talk", True), Code.NOT_A_NUMBER),
        (("A-001", "R1", "interview", "talk", Decimal("sNaN")), Code.NOT_A_NUMBER),
        (("A-001", "R1", "interview", "talk", Decimal("1e999999")), Code.NOT_A_NUMBER),
        (("A-001", "R1", "interview", "talk", 100.01), Code.OUTSIDE_SCALE),
        (("A-001", "R1", "interview", "talk", -1), Code.OUTSIDE_SCALE),
        (("A-001", "R2", "interview", "talk", 70), Code.REPEATED_REVIEW),
    ],
)
def test_a_bad_review_is_named_and_does_not_count(review: tuple[str, str, str, str, float], code: Code) -> None:
    sound = [Review("A-001", "R2", "interview", "talk", 60)]
    given = score(
        rules(), ["A-001"], [*sound, Review(*review)], reviewers=["R1", "R2", "R3"], conflicts={("A-001", "R3")}
    )
    assert [(found.code, found.place) for found in given.problems] == [
        (code, ".".join((review[0], review[2], review[1], review[3])))
    ]
    assert given.marks["interview"] == {("A-001", "R2"): 60}
    assert Missing("A-001", "interview", 1) in given.missing


def test_a_review_without_all_criteria_is_missing() -> None:
    given = score(rules(), ["A-001"], screening(1, 3, 3)[:1])
    assert Missing("A-001", "screening", 1) in given.missing
    assert "A-001" not in given.points["screening"]


def test_only_a_spread_over_the_threshold_is_flagged() -> None:
    given = score(rules(), ["A-001", "A-002"], [*interview(1, 80, 60), *interview(2, 80, 59.9)])
    assert [(each.application, each.spread) for each in given.disagreements] == [("A-002", Fraction("20.1"))]


@pytest.mark.parametrize(("aggregation", "points"), [("mean", "50"), ("trimmed", "55"), ("median", "60")])
def test_ways_to_put_reviewers_together(aggregation: str, points: str) -> None:
    first, second = document()["stages"]
    declared = rules(stages=[first, second | {"reviews": 5, "aggregation": aggregation}])
    given = score(declared, ["A-001"], interview(1, 10, 40, 60, 65, 75))
    assert given.points["interview"]["A-001"] == Fraction(points)


def test_standardising_gives_each_reviewer_the_mean_and_spread_of_all() -> None:
    rng = random.Random(4)
    marks = {
        (f"A{number}", f"R{reviewer}"): Fraction(rng.randint(40, 60) + 15 * reviewer)
        for number in range(40)
        for reviewer in range(3)
    }
    everybody, even = list(map(float, marks.values())), standardised(marks)
    for reviewer in range(3):
        own = [float(value) for (_, name), value in even.items() if name == f"R{reviewer}"]
        assert mean(own) == pytest.approx(mean(everybody))
        assert pstdev(own) == pytest.approx(pstdev(everybody))


def test_standardising_leaves_alone_who_gave_few_marks_or_the_same_and_stays_on_the_scale() -> None:
    few = {(f"A{number}", "few"): Fraction(number) for number in range(FEWEST - 1)}
    same = {(f"A{number}", "same"): Fraction(70) for number in range(FEWEST)}
    wide = {(f"A{number}", "wide"): Fraction(100 if number else 0) for number in range(40)}
    even = standardised(few | same | wide)
    assert {pair: even[pair] for pair in few | same} == few | same
    assert all(0 <= value <= 100 for value in even.values())
    assert standardised({}) == {}


def test_agreement_is_that_of_shrout_and_fleiss() -> None:
    # Shrout and Fleiss (1979), table 2: four judges, six targets; ICC(1,1) = .17, ICC(1,4) = .44.
    table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    marks = {
        (f"A{row}", f"R{judge}"): Fraction(value) for row, line in enumerate(table) for judge, value in enumerate(line)
    }
    found = agreement(marks)
    assert (found.applications, found.reviewers) == (6, 4)
    assert found.single == pytest.approx(0.17, abs=0.005)
    assert found.together == pytest.approx(0.44, abs=0.005)


def test_agreement_without_variance_or_pairs_is_none() -> None:
    assert agreement({}).single is None
    assert agreement({("A1", "R1"): Fraction(3)}).single is None
    equal = {(f"A{number}", f"R{reviewer}"): Fraction(50) for number in range(3) for reviewer in range(2)}
    assert (agreement(equal).single, agreement(equal).together) == (None, None)


def test_a_strict_reviewer_is_found_and_the_others_are_not() -> None:
    rng = random.Random(5)
    marks = {}
    for number in range(400):
        quality = rng.gauss(60, 10)
        for reviewer in rng.sample(range(6), 2):
            marks[f"A{number}", f"R{reviewer}"] = Fraction(
                str(round(quality + rng.gauss(0, 5) - 8 * (reviewer == 2), 1))
            )
    found = {each.reviewer: each for each in severities(marks)}
    assert [name for name, each in found.items() if each.is_notable and each.difference < -5] == ["R2"]
    assert found["R2"].difference == pytest.approx(-8, abs=1.5)
    assert severities({("A1", "R1"): Fraction(1)}) == ()
