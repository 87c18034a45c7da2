"""From reviewers' numbers to points: what counted, what is missing, and where reviewers disagree.

All arithmetic is in fractions; points are rounded half up to the rules' decimals once, where they are published, and
ties are judged by the published numbers. So who adds up the published table gets the published result.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from saem.lib.selection.problems import Problem
from saem.lib.selection.rules import Aggregation, SelectionRules, Stage
from saem.lib.selection.sheet import Marks, Review, Sheet
from saem.lib.selection.standardising import standardised

_FEWEST_TO_TRIM = 3


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
    sheet = Sheet(rules, set(applications), None if reviewers is None else set(reviewers), set(conflicts))
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
