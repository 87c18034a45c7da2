"""Takes reviewers' numbers in: each once, on its scale, by who may; everything else is a problem and does not count."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from saem.lib.selection.problems import Code, Problem, problem
from saem.lib.selection.rules import SelectionRules, Stage

WHOLE = 100


@dataclass(frozen=True)
class Review:
    """One number by one reviewer for one criterion of a stage; a float means the decimal that it prints as."""

    application: str
    reviewer: str
    stage: str
    criterion: str
    score: Decimal | float


# Points of 100 of one review, by (application, reviewer) of one stage.
Marks = Mapping[tuple[str, str], Fraction]


class Sheet:
    """Takes reviews in and keeps the first of each; the second of the same is a problem, never a silent change."""

    def __init__(
        self, rules: SelectionRules, known: set[str], reviewers: set[str] | None, conflicts: set[tuple[str, str]]
    ) -> None:
        self.known, self.reviewers, self.conflicts = known, reviewers, conflicts
        self.scales = {
            stage.id: {
                each.id: (each.weight, Fraction(each.minimum), Fraction(each.maximum)) for each in stage.criteria
            }
            for stage in rules.stages
        }
        self.given: dict[str, dict[tuple[str, str], dict[str, Fraction]]] = {stage.id: {} for stage in rules.stages}
        self.values: dict[tuple[str, str, str], Fraction | Code] = {}
        self.problems: list[Problem] = []

    def enter(self, review: Review) -> None:
        found = self._refusal(review) or self._value(review)
        if isinstance(found, Fraction):
            row = self.given[review.stage].setdefault((review.application, review.reviewer), {})
            if review.criterion not in row:
                row[review.criterion] = found
                return
            found = Code.REPEATED_REVIEW
        place = f"{review.application}.{review.stage}.{review.reviewer}.{review.criterion}"
        self.problems.append(problem(place, found, score=str(review.score)))

    def _value(self, review: Review) -> Fraction | Code:
        """Of 100; remembered by how a number prints, for there are few different ones and true prints unlike 1."""
        asked = (review.stage, review.criterion, str(review.score))
        if asked not in self.values:
            value, (_, low, high) = exact(review.score), self.scales[review.stage][review.criterion]
            if value is None:
                self.values[asked] = Code.NOT_A_NUMBER
            else:
                on_scale = low <= value <= high
                self.values[asked] = (value - low) / (high - low) * WHOLE if on_scale else Code.OUTSIDE_SCALE
        return self.values[asked]

    def _refusal(self, review: Review) -> Code | None:
        if review.application not in self.known:
            return Code.UNKNOWN_APPLICATION
        if self.reviewers is not None and review.reviewer not in self.reviewers:
            return Code.UNKNOWN_REVIEWER
        if review.stage not in self.scales:
            return Code.UNKNOWN_REVIEW_STAGE
        if review.criterion not in self.scales[review.stage]:
            return Code.UNKNOWN_CRITERION
        return Code.CONFLICT if (review.application, review.reviewer) in self.conflicts else None

    def marks(self, stage: Stage) -> Marks:
        """Of 100, for whoever gave a number for every criterion."""
        weights = {name: weight for name, (weight, _, _) in self.scales[stage.id].items()}
        whole = sum(weights.values())
        return {
            pair: sum((weights[name] * value for name, value in row.items()), Fraction(0)) / whole
            for pair, row in self.given[stage.id].items()
            if len(row) == len(weights)
        }


def exact(number: Decimal | float) -> Fraction | None:
    """The decimal that a number prints as, or None for what is no finite number (NaN, infinity, true)."""
    return None if isinstance(number, bool) else _fraction(str(number))


def _fraction(text: str) -> Fraction | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    # A hostile 1e999999 is a number, but must not become an integer of a million digits.
    return Fraction(number) if number.is_finite() and abs(number.adjusted()) <= 30 else None  # noqa: PLR2004
