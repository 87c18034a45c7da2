"""Scores of parts, and the converted total of 100 (환산점수) that they come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from saem.lib.completion.rounding import Rounding

EXACT = Rounding()


@dataclass(frozen=True)
class Score:
    """`points` of `out_of`, exact. Not `final` while it may still be improved."""

    points: Fraction
    out_of: Fraction = Fraction(100)
    final: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.points <= self.out_of or self.out_of <= 0:
            raise ValueError(f"{self.points} of {self.out_of} is no score")

    @property
    def share(self) -> Fraction:
        return self.points / self.out_of


def converted_total(
    scores: Mapping[str, Score], weights: Mapping[str, Fraction], rounding: Rounding = EXACT
) -> Fraction:
    """The weighted total, of the sum of the weights (100): the sum of weight x points / out_of.

    A part without a score counts as nothing; a score without a weight does not count.
    """
    return rounding.of(
        sum((weight * scores[part].share for part, weight in weights.items() if part in scores), Fraction())
    )


def best_total(scores: Mapping[str, Score], weights: Mapping[str, Fraction]) -> Fraction:
    """What the total can still come to: every part that is not final in full."""
    final = {part: score for part, score in scores.items() if score.final}
    return sum((weight * (final[part].share if part in final else 1) for part, weight in weights.items()), Fraction())
