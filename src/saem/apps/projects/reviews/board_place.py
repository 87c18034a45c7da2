"""A team's place on the board in four steps, never without the uncertainty of scores and never without baselines.

1 nothing on the board, or surely worse than the best baseline; 2 the 95 % band holds the baseline, so nobody can tell;
3 surely better than it; 4 surely better, and nobody on the board is surely better than the team.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from saem.apps.catalog.queries import assignment_of
from saem.apps.projects.contents import titled_baselines
from saem.apps.projects.models import Team
from saem.apps.projects.queries import rule_in, run_of
from saem.apps.projects.standings import Direction, Standings, standings
from saem.lib.grading import Measure


@dataclass(frozen=True, kw_only=True)
class BoardPlace:
    """`code` is a code of the message table; without `step` the board has no share in the mark.

    `baseline` is the title of the best one in both languages.
    """

    code: str
    step: int | None = None
    metric: str = ""
    score: float | None = None
    low: float | None = None
    high: float | None = None
    best_rank: int | None = None
    worst_rank: int | None = None
    total: int = 0
    baseline: Mapping[str, str] = field(default_factory=dict)
    baseline_score: float | None = None


@dataclass(frozen=True, kw_only=True)
class BoardSide:
    """The board and the best baseline of a class's project, read once for many teams."""

    measure: Measure | None
    table: Standings | None
    baselines: Sequence[tuple[Mapping[str, str], float]]

    def place_of(self, enrolments: Sequence[int]) -> BoardPlace:
        """Of a team by its members: the best of their lines."""
        if self.measure is None or self.table is None:
            return BoardPlace(code="place.no_board")
        if not self.baselines:
            return BoardPlace(code="place.no_baseline", metric=str(self.measure))
        title, score = self.baselines[0]
        found = np.flatnonzero(np.isin(self.table.enrolments, list(enrolments)))
        if not len(found):
            return BoardPlace(
                code="place.nothing", step=1, metric=str(self.measure), total=len(self.table),
                baseline=title, baseline_score=score,
            )  # fmt: skip
        return self._placed(int(found[0]), title, score)

    def _placed(self, index: int, title: Mapping[str, str], baseline: float) -> BoardPlace:
        table = self.table
        assert table is not None
        assert self.measure is not None
        low, high = float(table.lows[index]), float(table.highs[index])
        # A score without a band says nothing about chance.
        is_sure = not math.isclose(low, high)
        step, code = self._step(index, low, high, baseline) if is_sure else (None, "place.no_band")
        return BoardPlace(
            code=code, step=step, metric=str(self.measure), score=float(table.scores[index]), low=low, high=high,
            best_rank=int(table.best_ranks[index]), worst_rank=int(table.worst_ranks[index]), total=len(table),
            baseline=title, baseline_score=baseline,
        )  # fmt: skip

    def _step(self, index: int, low: float, high: float, baseline: float) -> tuple[int, str]:
        assert self.table is not None
        is_better = low > baseline if self.table.higher_is_better else high < baseline
        is_worse = high < baseline if self.table.higher_is_better else low > baseline
        if is_worse:
            return 1, "place.worse"
        if not is_better:
            return 2, "place.unclear"
        return (4, "place.top") if int(self.table.best_ranks[index]) == 1 else (3, "place.better")


def board_side(team: Team) -> BoardSide:
    """What the places of a class's teams are read from; `team` is any of them."""
    cohort = team.classroom.cohort
    run = run_of(cohort.pk, team.project)
    assignment = assignment_of(rule_in(run, cohort), team.project)
    measure = assignment.spec.measure
    if measure is None:
        return BoardSide(measure=None, table=None, baselines=())
    direction = Direction(higher_is_better=measure.higher_is_better)
    table = standings(cohort.pk, team.project, run.board_stamp, direction)
    return BoardSide(measure=measure, table=table, baselines=titled_baselines(assignment))
