"""The board: best public scores, with ranks that respect the uncertainty of each score."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from saem.apps.cohorts.models import Enrolment
from saem.apps.projects.models import BoardRow

TOP = 3
ROWS_A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Direction:
    """Which way a metric is good."""

    higher_is_better: bool

    @property
    def order(self) -> tuple[str, ...]:
        return ("-score" if self.higher_is_better else "score", "updated_at", "pk")


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


def rows_of(cohort_id: int, project: str) -> QuerySet[BoardRow]:
    """The board of a project in a cohort, without students who were taken out."""
    left = Enrolment.objects.filter(classroom__cohort_id=cohort_id, left_at__isnull=False).values("pk")
    return BoardRow.objects.filter(cohort_id=cohort_id, project=project).exclude(enrolment__in=left)


def _count(rows: QuerySet[BoardRow]) -> Coalesce:
    # Counted without GROUP BY: one index range for each shown line.
    counted = rows.order_by().annotate(number=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    return Coalesce(Subquery(counted.values("number")), 0)


def ranked(rows: QuerySet[BoardRow], direction: Direction, *, with_private: bool) -> QuerySet[BoardRow]:
    """Rows with `better` (how many are surely better), `worse` and, once revealed, `privately_better`.

    Somebody is surely better only where the whole 95 % band is on the better side of this one's band, so bands that
    overlap share a range of ranks. The counting is the database's: a page costs the same however long the board is.
    """
    above, below = Q(low__gt=OuterRef("high")), Q(high__lt=OuterRef("low"))
    better, worse = (above, below) if direction.higher_is_better else (below, above)
    ranked_rows = rows.annotate(better=_count(rows.filter(better)), worse=_count(rows.filter(worse)))
    if with_private:
        side = "gt" if direction.higher_is_better else "lt"
        privately = rows.filter(**{f"private_score__{side}": OuterRef("private_score")})
        ranked_rows = ranked_rows.annotate(privately_better=_count(privately))
    return ranked_rows.select_related("enrolment").order_by(*direction.order)


def _line(row: BoardRow, *, total: int, mine: int | None, with_private: bool) -> Line:
    shows_private = with_private and row.private_score is not None
    return Line(
        title=row.enrolment.nickname,
        score=row.score,
        low=row.low,
        high=row.high,
        best_rank=row.better + 1,  # type: ignore[attr-defined]  # annotated by ranked()
        worst_rank=total - row.worse,  # type: ignore[attr-defined]
        submissions=row.submissions,
        is_mine=row.enrolment_id == mine,
        private_score=row.private_score if shows_private else None,
        private_rank=row.privately_better + 1 if shows_private else None,  # type: ignore[attr-defined]
    )


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
    enrolment: Enrolment,
    project: str,
    *,
    direction: Direction,
    baselines: Sequence[tuple[str, float]],
    is_revealed: bool,
) -> Excerpt:
    """The top, one's own line and its neighbours, and the baselines; at most four queries."""
    rows = rows_of(enrolment.classroom.cohort_id, project)
    total = rows.aggregate(number=Count("pk"))["number"]
    board = ranked(rows, direction, with_private=is_revealed)
    chosen = {row.pk: row for row in board[:TOP]}
    own = rows.filter(enrolment=enrolment).first()
    if own is not None and own.pk not in chosen:
        side, order = ("gt", "score") if direction.higher_is_better else ("lt", "-score")
        ahead = rows.filter(**{f"score__{side}": own.score}).order_by(order, "-pk").values_list("pk", flat=True)[:1]
        chosen |= {row.pk: row for row in board.filter(Q(pk=own.pk) | Q(pk__in=list(ahead)))}
    lines = [_line(row, total=total, mine=enrolment.pk, with_private=is_revealed) for row in chosen.values()]
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
    project: str,
    *,
    direction: Direction,
    baselines: Sequence[tuple[str, float]],
    is_revealed: bool,
    number: str | None,
) -> BoardPage:
    """A page of the board; baselines stand on the page where their scores belong."""
    rows = rows_of(enrolment.classroom.cohort_id, project)
    board = ranked(rows, direction, with_private=is_revealed)
    # Pages are cut before ranks are counted: rows that are skipped would be ranked too.
    paginator = Paginator(rows.order_by(*direction.order).values_list("pk", flat=True), ROWS_A_PAGE)
    page = paginator.get_page(number)
    total = paginator.count

    def line(row: BoardRow) -> Line:
        return _line(row, total=total, mine=enrolment.pk, with_private=is_revealed)

    lines = [line(row) for row in board.filter(pk__in=list(page.object_list))]
    mine = next((one for one in lines if one.is_mine), None)
    if mine is None:
        own = board.filter(enrolment=enrolment).first()
        mine = line(own) if own is not None else None
    here = [
        mark
        for mark, place in zip(baselines, _places(rows, baselines, direction), strict=True)
        if min(place // ROWS_A_PAGE + 1, paginator.num_pages) == page.number
    ]
    return BoardPage(page=page, lines=with_baselines(lines, here, direction), mine=mine)


def _places(rows: QuerySet[BoardRow], baselines: Sequence[tuple[str, float]], direction: Direction) -> list[int]:
    """How many students are better than each baseline; one query for all of them."""
    side = "gt" if direction.higher_is_better else "lt"
    counted = rows.aggregate(
        **{
            f"place_{place}": Count("pk", filter=Q(**{f"score__{side}": score}))
            for place, (_title, score) in enumerate(baselines)
        }
    )
    return [counted[f"place_{place}"] for place in range(len(baselines))]
