"""From reviewers' numbers to points: what counted, what is missing, and where reviewers disagree.

All arithmetic is in fractions; points are rounded half up to the rules' decimals once, where they are published, and
ties are judged by the published numbers. So who adds up the published table gets the published result.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import floor

from saem.lib.selection.problems import Code, Problem, problem
from saem.lib.selection.rules import Aggregation, SelectionRules, Stage
from saem.lib.selection.standardising import standardised

WHOLE = 100
_FEWEST_TO_TRIM = 3


@dataclass(frozen=True)
class Review:
    """One number by one reviewer for one criterion of a stage; a float means the decimal that it prints as."""

    application: str
    reviewer: str
    stage: str
    criterion: str
    score: Decimal | float


@dataclass(frozen=True)
class Missing:
    """`reviews` of a stage are still to come for an application; a reviewer who left a criterion out gave none."""

    application: str
    stage: str
    reviews: int


@dataclass(frozen=True)
class Disagreement:
    """The reviewers of an application lie `spread` points apart, more than the stage allows."""

    application: str
    stage: str
    spread: Fraction


# Points of 100 of one review, by (application, reviewer) of one stage.
Marks = Mapping[tuple[str, str], Fraction]


@dataclass(frozen=True)
class Scores:
    """`points` by stage and application, rounded; an application with reviews missing in a stage has none there.

    `marks` are what each reviewer gave, of 100, before any standardising.
    """

    points: Mapping[str, Mapping[str, Fraction]]
    marks: Mapping[str, Marks]
    missing: tuple[Missing, ...]
    disagreements: tuple[Disagreement, ...]
    problems: tuple[Problem, ...]


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Half up, as schools round: 84.125 is 84.13 with two decimals. Values here are never negative."""
    unit = 10**decimals
    return Fraction(floor(value * unit + Fraction(1, 2)), unit)


def score(
    rules: SelectionRules,
    applications: Collection[str],
    reviews: Iterable[Review],
    *,
    reviewers: Collection[str] | None = None,
    conflicts: Collection[tuple[str, str]] = (),
) -> Scores:
    """Points of every stage. A review with a problem does not count and is listed.

    `reviewers` are those who may review (None: anybody); `conflicts` are pairs (application, reviewer) that may not be.
    """
    sheet = _Sheet(rules, set(applications), None if reviewers is None else set(reviewers), set(conflicts))
    for review in reviews:
        sheet.enter(review)
    marks = {stage.id: sheet.marks(stage) for stage in rules.stages}
    points, missing, disagreements = {}, list[Missing](), list[Disagreement]()
    for stage in rules.stages:
        by_application = _by_application(stage, marks[stage.id])
        points[stage.id] = {
            name: rounded(_together(stage.aggregation, given), rules.decimals)
            for name, given in by_application.items()
            if len(given) >= stage.reviews
        }
        missing += _missing(stage, applications, by_application)
        disagreements += _disagreements(stage, marks[stage.id])
    return Scores(points, marks, tuple(missing), tuple(disagreements), tuple(sheet.problems))


def total(rules: SelectionRules, stages: Sequence[Stage], points: Mapping[str, Fraction]) -> Fraction:
    """The weighted mean of an application's points in these stages, of 100, rounded. Their weights must not all be
    0.
    """
    unit, weight = 10**rules.decimals, sum(stage.weight for stage in stages)
    # In whole units, for the points are rounded: the half-up rounding of (sum of weight · points) / weight.
    whole = sum(int(points[stage.id] * unit) * stage.weight for stage in stages)
    return Fraction((2 * whole + weight) // (2 * weight), unit)


class _Sheet:
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


def _by_application(stage: Stage, marks: Marks) -> dict[str, list[Fraction]]:
    given: dict[str, list[Fraction]] = defaultdict(list)
    for (application, _), value in (standardised(marks) if stage.standardise else marks).items():
        given[application].append(value)
    return given


def _together(aggregation: Aggregation, given: Sequence[Fraction]) -> Fraction:
    ordered = sorted(given)
    if aggregation is Aggregation.TRIMMED and len(ordered) >= _FEWEST_TO_TRIM:
        ordered = ordered[1:-1]
    if aggregation is Aggregation.MEDIAN:
        ordered = ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]
    return sum(ordered, Fraction(0)) / len(ordered)


def _missing(stage: Stage, applications: Iterable[str], given: Mapping[str, Sequence[Fraction]]) -> Iterator[Missing]:
    for name in applications:
        short = stage.reviews - len(given.get(name, ()))
        if short > 0:
            yield Missing(name, stage.id, short)


def _disagreements(stage: Stage, marks: Marks) -> Iterator[Disagreement]:
    """By what the reviewers gave themselves, so that a reviewer can find the number in question."""
    if stage.disagreement is None:
        return
    given: dict[str, list[Fraction]] = defaultdict(list)
    for (application, _), value in marks.items():
        given[application].append(value)
    for name, values in given.items():
        spread = max(values) - min(values)
        if spread > Fraction(stage.disagreement):
            yield Disagreement(name, stage.id, spread)
