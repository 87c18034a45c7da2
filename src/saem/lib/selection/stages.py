"""Runs an intake through its stages: who is ranked how, who goes on, and what each person's result rests on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from saem.lib.selection.applications import Application
from saem.lib.selection.choosing import Choice, choose
from saem.lib.selection.errors import RepeatedError
from saem.lib.selection.lottery import Draw, key
from saem.lib.selection.problems import repeated
from saem.lib.selection.quotas import Bound, bounds, widened
from saem.lib.selection.rules import SelectionRules, Stage, TieBreak, TieRule, total_weight
from saem.lib.selection.scoring import Scores, total

TOTAL = "total"
# What sorts an application by one rule; smaller comes first, and kinds of one rule are alike.
Key = Callable[[Application], object]


@dataclass(frozen=True)
class Ranked:
    """`rank` counts from 1; `total` is of 100. `decided_by` is what put it behind the one before: "total", "stage:ID"
    or the name of another tie-break; empty for the first.
    """

    id: str
    rank: int
    total: Fraction
    decided_by: str = ""


@dataclass(frozen=True)
class StageResult:
    """One stage; everybody who came to it is in exactly one of `waiting`, `below_minimum`, `advanced`, `not_advanced`.

    While somebody is `waiting` (reviews are missing) nobody is ranked and nobody goes on. `ranking` is of those who
    have the minimum, empty in a stage that only bars. `choice` says why, where quotas had a say.
    """

    stage: str
    waiting: tuple[str, ...] = ()
    below_minimum: tuple[str, ...] = ()
    advanced: tuple[str, ...] = ()
    not_advanced: tuple[str, ...] = ()
    ranking: tuple[Ranked, ...] = ()
    choice: Choice | None = None

    @property
    def is_decided(self) -> bool:
        return not self.waiting


def run(
    rules: SelectionRules, applications: Sequence[Application], scores: Scores, draw: Draw
) -> tuple[StageResult, ...]:
    """The stages that can be decided, and the first that cannot yet.

    The rules and applications must be without problems. In the last stage everybody who has the minimum is `advanced`;
    its ranking is what `choose_seats` chooses from. Raises RepeatedError for an application that is given twice.
    """
    twice = repeated(application.id for application in applications)
    if twice:
        raise RepeatedError(twice[0])
    people = {application.id: application for application in applications}
    quotas, standing, results = bounds_for(rules, applications), list(people), list[StageResult]()
    for stage in rules.stages:
        results.append(
            _stage(rules, stage, [people[name] for name in standing], scores=scores, draw=draw, quotas=quotas)
        )
        if not results[-1].is_decided:
            break
        standing = list(results[-1].advanced)
    return tuple(results)


def choose_seats(rules: SelectionRules, applications: Iterable[Application], last: StageResult) -> Choice:
    """Who gets a seat, from the ranking of the last stage."""
    return choose([ranked.id for ranked in last.ranking], bounds_for(rules, applications), rules.seats)


def bounds_for(rules: SelectionRules, applications: Iterable[Application]) -> tuple[Bound, ...]:
    return bounds(rules, {application.id: application.attributes for application in applications})


def rank(
    rules: SelectionRules,
    stages: Sequence[Stage],
    applications: Iterable[Application],
    points: Mapping[str, Mapping[str, Fraction]],
    draw: Draw,
) -> tuple[Ranked, ...]:
    """By the weighted mean of these stages, then by the tie-breaks; a tie-break by a later stage is passed over.

    `points` are by stage and application. No two are equal, for a lottery ends the tie-breaks.
    """
    named = [(TOTAL, _total_key(rules, stages, points))]
    known = {stage.id for stage in stages}
    named += [
        (f"stage:{tie.stage}" if tie.stage else tie.by.value, _tie_key(tie, points, draw))
        for tie in rules.tie_breaks
        if tie.stage is None or tie.stage in known
    ]
    rows = sorted(((tuple(by(each) for _, by in named), each.id) for each in applications), key=lambda row: row[0])
    return tuple(_ranked(rows, [name for name, _ in named], 10**rules.decimals))


def _ranked(rows: Sequence[tuple[tuple[object, ...], str]], names: Sequence[str], unit: int) -> Iterator[Ranked]:
    before: tuple[object, ...] = ()
    for place, (keys, application) in enumerate(rows, start=1):
        differs = (name for name, ours, theirs in zip(names, keys, before, strict=bool(before)) if ours != theirs)
        own = keys[0]
        assert isinstance(own, int)
        yield Ranked(application, place, Fraction(-own, unit), next(differs, ""))
        before = keys


def _total_key(rules: SelectionRules, stages: Sequence[Stage], points: Mapping[str, Mapping[str, Fraction]]) -> Key:
    # Whole units of the last published decimal, which compare faster than fractions.
    unit = 10**rules.decimals
    return lambda each: -int(unit * total(rules, stages, {stage.id: points[stage.id][each.id] for stage in stages}))


def _tie_key(tie: TieBreak, points: Mapping[str, Mapping[str, Fraction]], draw: Draw) -> Key:
    if tie.stage is not None:
        of_stage = points[tie.stage]
        return lambda each: -of_stage[each.id]
    # Whoever has no date comes after all who have one; `check_applications` says so before.
    sorts: dict[TieRule, Key] = {
        TieRule.YOUNGER: lambda each: -each.born.toordinal() if each.born else 0,
        TieRule.OLDER: lambda each: each.born.toordinal() if each.born else float("inf"),
        TieRule.APPLIED_FIRST: lambda each: each.applied.timestamp() if each.applied else float("inf"),
        TieRule.LOTTERY: lambda each: key(draw, each.id),
    }
    return sorts[tie.by]


def _stage(
    rules: SelectionRules,
    stage: Stage,
    standing: Sequence[Application],
    *,
    scores: Scores,
    draw: Draw,
    quotas: Sequence[Bound],
) -> StageResult:
    own = scores.points[stage.id]
    waiting = tuple(each.id for each in standing if each.id not in own)
    if waiting:
        return StageResult(stage.id, waiting=waiting)
    passed = [each for each in standing if stage.minimum is None or own[each.id] >= Fraction(stage.minimum)]
    passed_names = {each.id for each in passed}
    below = tuple(each.id for each in standing if each.id not in passed_names)
    so_far = rules.stages_until(stage.id)
    if not total_weight(so_far):
        return StageResult(stage.id, below_minimum=below, advanced=tuple(each.id for each in passed))
    ranking = rank(rules, so_far, passed, scores.points, draw)
    order, going_on = [ranked.id for ranked in ranking], rules.advancing(stage)
    if going_on is None:
        return StageResult(stage.id, below_minimum=below, advanced=tuple(order), ranking=ranking)
    choice = choose(order, widened(quotas, going_on, rules.seats) if stage.quotas_apply else (), going_on)
    advanced = set(choice.chosen)
    stopped = tuple(name for name in order if name not in advanced)
    return StageResult(stage.id, (), below, choice.chosen, stopped, ranking, choice)
