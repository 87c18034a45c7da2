"""The board: best public scores, with ranks that respect the uncertainty of each score."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from saem.apps.cohorts.models import Enrolment
from saem.apps.projects.models import ProjectRun
from saem.apps.projects.standings import Direction, Standings, standings

TOP = 3
ROWS_A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a board as it is shown: a student, or a baseline (then without a rank)."""

    title: str
    score: float
    low: float | None = None
    high: float | None = None
    best_rank: int | None = None
    worst_rank: int | None = None
    submissions: int | None = None
    is_mine: bool = False
    is_baseline: bool = False
    private_score: float | None = None
    private_rank: int | None = None

    @property
    def rank(self) -> str:
        """`3`, or `1–3` where bands overlap; nothing for a baseline."""
        if self.best_rank is None:
            return ""
        return str(self.best_rank) if self.best_rank == self.worst_rank else f"{self.best_rank}–{self.worst_rank}"


@dataclass(frozen=True, kw_only=True)
class Board:
    """The board of one project as one student, or who looks over their shoulder, may see it."""

    standings: Standings
    mine: int
    is_revealed: bool

    def lines(self, indexes: Iterable[int]) -> list[Line]:
        """Some lines in the order asked for; one query."""
        indexes = list(indexes)
        keys = [int(self.standings.enrolments[index]) for index in indexes]
        names = dict(Enrolment.objects.filter(pk__in=keys).values_list("pk", "nickname"))
        return [self._line(index, names) for index in indexes]

    def _line(self, index: int, names: Mapping[int, str]) -> Line:
        board = self.standings
        enrolment, private = int(board.enrolments[index]), float(board.privates[index])
        shows_private = self.is_revealed and not math.isnan(private)
        return Line(
            title=names.get(enrolment, ""),
            score=float(board.scores[index]),
            low=float(board.lows[index]),
            high=float(board.highs[index]),
            best_rank=int(board.best_ranks[index]),
            worst_rank=int(board.worst_ranks[index]),
            submissions=int(board.submissions[index]),
            is_mine=enrolment == self.mine,
            private_score=private if shows_private else None,
            private_rank=int(board.private_ranks[index]) if shows_private else None,
        )


def board_for(enrolment: Enrolment, run: ProjectRun, direction: Direction) -> Board:
    table = standings(run.cohort_id, run.project, run.board_stamp, direction)
    return Board(standings=table, mine=enrolment.pk, is_revealed=run.revealed_at is not None)


def with_baselines(lines: Sequence[Line], baselines: Sequence[tuple[str, float]], direction: Direction) -> list[Line]:
    """Baselines as lines among the students', where their scores belong; ahead of them when equal."""
    marks = [Line(title=title, score=score, is_baseline=True) for title, score in baselines]
    sign = -1 if direction.higher_is_better else 1
    return sorted([*marks, *lines], key=lambda line: sign * line.score)


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """The few lines of the board that one student looks for first."""

    lines: list[Line]
    total: int
    mine: Line | None


def excerpt(
    enrolment: Enrolment, run: ProjectRun, *, direction: Direction, baselines: Sequence[tuple[str, float]]
) -> Excerpt:
    """The top, one's own line and its neighbour ahead, and the baselines."""
    board = board_for(enrolment, run, direction)
    total = len(board.standings)
    chosen = set(range(min(TOP, total)))
    own = board.standings.index_of(enrolment.pk)
    if own is not None:
        ahead = board.standings.ahead_of(own)
        chosen |= {own} if ahead is None else {own, ahead}
    lines = board.lines(sorted(chosen))
    return Excerpt(
        lines=with_baselines(lines, baselines, direction),
        total=total,
        mine=next((line for line in lines if line.is_mine), None),
    )


@dataclass(frozen=True, kw_only=True)
class BoardPage:
    """One page of the whole board, with one's own line pinned above it."""

    page: Page[int]
    lines: list[Line]
    mine: Line | None


def board_page(
    enrolment: Enrolment,
    run: ProjectRun,
    *,
    direction: Direction,
    baselines: Sequence[tuple[str, float]],
    number: str | None,
) -> BoardPage:
    """A page of the board; baselines stand on the page where their scores belong."""
    board = board_for(enrolment, run, direction)
    paginator = Paginator(range(len(board.standings)), ROWS_A_PAGE)
    page = paginator.get_page(number)
    own = board.standings.index_of(enrolment.pk)
    shown = list(page.object_list)
    pinned = [own] if own is not None and own not in shown else []
    lines = board.lines([*shown, *pinned])
    here = [
        mark
        for mark in baselines
        if min(board.standings.better_than(mark[1]) // ROWS_A_PAGE + 1, paginator.num_pages) == page.number
    ]
    return BoardPage(
        page=page,
        lines=with_baselines(lines[: len(shown)], here, direction),
        mine=next((line for line in lines if line.is_mine), None),
    )
