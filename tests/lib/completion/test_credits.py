"""Hours into credits, and the converted total."""

from fractions import Fraction

import pytest

from saem.lib.completion.credits import CreditTable
from saem.lib.completion.rounding import Rounding
from saem.lib.completion.scores import Score, best_total, converted_total

STEPS = [{"hours": hours, "credits": at} for at, hours in enumerate((15, 30, 45, 60), start=1)]
TABLE = {"id": "by-15", "from": "2020-01-01", "steps": STEPS}


@pytest.mark.parametrize(
    ("hours", "minutes", "credit"),
    [(0, 0, 0), (14, 59, 0), (15, 0, 1), (29, 59, 1), (30, 0, 2), (45, 0, 3), (59, 59, 3), (60, 0, 4), (90, 0, 4)],
)
def test_floor_by_fifteen_hours(hours: int, minutes: int, credit: int):
    assert CreditTable.model_validate(TABLE).credits_for(60 * hours + minutes) == credit


def test_parts_of_a_minute_do_not_round_up():
    assert CreditTable.model_validate(TABLE).credits_for(Fraction(53_999, 60)) == 0


@pytest.mark.parametrize(("hours", "credit"), [(60, 4), (74, 4), (75, 5), (105, 7)])
def test_beyond_the_table(hours: int, credit: int):
    assert CreditTable.model_validate({**TABLE, "every_hours": 15}).credits_for(60 * hours) == credit


WEIGHTS = {"assignment": Fraction(40), "exam": Fraction(40), "participation": Fraction(20)}
SCORES = {"assignment": Score(Fraction(2), Fraction(3)), "exam": Score(Fraction("87.5"))}


def test_the_converted_total_is_exact():
    assert converted_total(SCORES, WEIGHTS) == Fraction(80, 3) + 35
    assert converted_total(SCORES, WEIGHTS, Rounding(mode="half_up", places=2)) == Fraction("61.67")
    assert converted_total({"other": Score(Fraction(100))}, WEIGHTS) == 0


def test_what_it_can_still_come_to():
    assert best_total(SCORES, WEIGHTS) == Fraction(80, 3) + 35 + 20
    assert best_total({**SCORES, "exam": Score(Fraction(1), final=False)}, WEIGHTS) == Fraction(80, 3) + 60
    assert best_total({}, WEIGHTS) == 100
