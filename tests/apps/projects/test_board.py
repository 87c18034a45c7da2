"""The board: ranks that respect uncertainty, baselines among the rows, and a cost that does not grow."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.people.models import User
from saem.apps.projects.board import ROWS_A_PAGE, Line, board_page, excerpt, with_baselines
from saem.apps.projects.board_rows import board_changed, lock_run
from saem.apps.projects.models import BoardRow, ProjectRun, Submission, SubmissionKind
from saem.apps.projects.queries import run_of
from saem.apps.projects.standings import Direction, Standings, standings, standings_of
from tests import cast

pytestmark = pytest.mark.django_db

LOWER, HIGHER = Direction(higher_is_better=False), Direction(higher_is_better=True)
PROJECT = "heights"


def a_row(enrolment: Enrolment, score: float, half: float = 0.0, private: float | None = None) -> BoardRow:
    submission = Submission.objects.create(
        enrolment=enrolment,
        project=PROJECT,
        kind=SubmissionKind.PREDICTIONS,
        token="0c6f3b1e-0000-4000-8000-000000000001",
        name="a.csv",
        size=1,
        sha256="",
    )
    return BoardRow.objects.create(
        cohort=enrolment.classroom.cohort,
        project=PROJECT,
        enrolment=enrolment,
        submission=submission,
        score=score,
        low=score - half,
        high=score + half,
        private_score=private,
    )


def revealed_run(classroom: Classroom) -> ProjectRun:
    return ProjectRun(cohort_id=classroom.cohort_id, project=PROJECT, revealed_at=timezone.now())


def board_of(classroom: Classroom, direction: Direction) -> Standings:
    run = run_of(classroom.cohort_id, PROJECT)
    return standings(run.cohort_id, PROJECT, run.board_stamp, direction)


def ranks(classroom: Classroom, direction: Direction) -> dict[float, tuple[int, int]]:
    board = board_of(classroom, direction)
    return {
        float(score): (int(best), int(worst))
        for score, best, worst in zip(board.scores, board.best_ranks, board.worst_ranks, strict=True)
    }


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        (LOWER, {1.0: (1, 2), 1.5: (1, 3), 2.2: (2, 3), 9.0: (4, 5), 9.1: (4, 5)}),
        (HIGHER, {9.1: (1, 2), 9.0: (1, 2), 2.2: (3, 4), 1.5: (3, 5), 1.0: (4, 5)}),
    ],
)
def test_overlapping_bands_share_a_range_of_ranks(direction, expected):
    classroom = cast.a_classroom()
    for score in (1.0, 1.5, 2.2, 9.0, 9.1):
        a_row(cast.a_student(classroom), score, half=0.4)
    assert ranks(classroom, direction) == expected


def naive(rows: list[tuple[float | None, ...]], *, higher: bool) -> list[tuple[int, int, int | None]]:
    """(best rank, worst rank, private rank) of each row, counted as the words on the page say it."""

    def beats(one: float, other: float) -> bool:
        return one > other if higher else one < other

    found = []
    for _enrolment, _number, _score, low, high, private in rows:
        worst_end, best_end = (low, high) if higher else (high, low)
        better = sum(beats(row[3] if higher else row[4], best_end) for row in rows)
        worse = sum(beats(worst_end, row[4] if higher else row[3]) for row in rows)
        privately = None
        if private is not None:
            privately = 1 + sum(row[5] is not None and beats(row[5], private) for row in rows)
        found.append((better + 1, len(rows) - worse, privately))
    return found


@pytest.mark.parametrize("higher", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_ranks_are_those_of_a_naive_count(seed, higher):
    """Random boards: ties, bands of no width, overlapping bands, missing private scores, and the empty board."""
    chance = random.Random(seed)
    rows = []
    for number in range(chance.choice((0, 1, 2, 30))):
        score = round(chance.uniform(0, 1), chance.choice((1, 1, 3)))
        half = chance.choice((0.0, 0.1, 0.1, chance.random() / 4))
        private = None if chance.random() < 0.2 else round(chance.uniform(0, 1), 1)
        rows.append((number, 1, score, score - half, score + half, private))
    rows.sort(key=lambda row: row[2], reverse=higher)
    board = standings_of(rows, higher_is_better=higher)
    ranked = zip(board.best_ranks, board.worst_ranks, board.private_ranks, rows, strict=True)
    found = [(int(b), int(w), None if row[5] is None else int(p)) for b, w, p, row in ranked]
    assert found == naive(rows, higher=higher)
    for probe in (-1.0, 0.3, 0.5, 2.0):
        assert board.better_than(probe) == sum((row[2] > probe) if higher else (row[2] < probe) for row in rows)


def test_a_kept_board_is_counted_anew_when_a_row_changes_or_a_student_leaves_or_comes_back():
    classroom = cast.a_classroom()
    first, second = cast.a_student(classroom), cast.a_student(classroom)
    a_row(first, 1.0)
    a_row(second, 2.0)
    board_changed(lock_run(classroom.cohort_id, PROJECT))
    kept = board_of(classroom, LOWER)
    assert ranks(classroom, LOWER) == {1.0: (1, 1), 2.0: (2, 2)}
    assert board_of(classroom, LOWER) is kept, "nothing has changed"

    BoardRow.objects.filter(enrolment=second).update(score=0.5, low=0.5, high=0.5)
    board_changed(lock_run(classroom.cohort_id, PROJECT))
    assert ranks(classroom, LOWER) == {0.5: (1, 1), 1.0: (2, 2)}

    Enrolment.objects.filter(pk=second.pk).update(left_at="2026-10-01T00:00:00Z")
    assert ranks(classroom, LOWER) == {1.0: (1, 1)}
    Enrolment.objects.filter(pk=second.pk).update(left_at=None)
    assert ranks(classroom, LOWER) == {0.5: (1, 1), 1.0: (2, 2)}


def test_a_range_of_ranks_in_words():
    line = Line(title="나", score=1.0, best_rank=1, worst_rank=3)
    assert line.rank == "1–3"
    assert Line(title="나", score=1.0, best_rank=2, worst_rank=2).rank == "2"
    assert Line(title="기준", score=1.0, is_baseline=True).rank == ""


def test_baselines_stand_where_their_scores_belong():
    lines = [Line(title="a", score=1.0), Line(title="b", score=3.0)]
    order = [line.title for line in with_baselines(lines, [("mid", 2.0), ("tie", 3.0), ("last", 5.0)], LOWER)]
    assert order == ["a", "mid", "tie", "b", "last"]
    assert [line.title for line in with_baselines(lines[::-1], [("mid", 2.0)], HIGHER)] == ["b", "mid", "a"]


def test_other_cohorts_projects_and_students_who_left_are_not_on_the_board():
    classroom = cast.a_classroom()
    mine, gone = cast.a_student(classroom), cast.a_student(classroom)
    a_row(mine, 2.0)
    a_row(gone, 1.0)
    a_row(cast.a_student(cast.a_classroom()), 1.0)
    Enrolment.objects.filter(pk=gone.pk).update(left_at="2026-10-01T00:00:00Z")
    assert ranks(classroom, LOWER) == {2.0: (1, 1)}


def test_the_excerpt_has_the_top_ones_own_row_and_the_next_better_one():
    classroom = cast.a_classroom()
    students = [cast.a_student(classroom, f"s{place}") for place in range(1, 9)]
    for place, student in enumerate(students, start=1):
        a_row(student, float(place), private=10.0 - place)
    shown = excerpt(students[6], run_of(classroom.cohort_id, PROJECT), direction=LOWER, baselines=[("기준", 4.5)])
    assert [line.title for line in shown.lines] == ["s1", "s2", "s3", "기준", "s6", "s7"]
    assert shown.total == 8
    assert shown.mine is not None
    assert (shown.mine.rank, shown.mine.is_mine, shown.mine.private_rank) == ("7", True, None)

    revealed = excerpt(students[6], revealed_run(classroom), direction=LOWER, baselines=[])
    assert revealed.mine is not None
    assert (revealed.mine.private_score, revealed.mine.private_rank) == (3.0, 2)


def test_without_a_score_of_ones_own_only_the_top_is_shown():
    classroom = cast.a_classroom()
    for place in range(5):
        a_row(cast.a_student(classroom), float(place))
    shown = excerpt(cast.a_student(classroom), run_of(classroom.cohort_id, PROJECT), direction=LOWER, baselines=[])
    assert (len(shown.lines), shown.mine) == (3, None)


def test_every_baseline_is_on_exactly_one_page():
    classroom = cast.a_classroom()
    many(classroom, ROWS_A_PAGE * 2)
    own = Enrolment.objects.order_by("-pk").first()
    assert own is not None
    baselines = [("first", -1.0), ("border", ROWS_A_PAGE - 0.5), ("middle", 70.5), ("last", 10_000.0)]
    pages = [
        board_page(own, run_of(classroom.cohort_id, PROJECT), direction=LOWER, baselines=baselines, number=str(number))
        for number in (1, 2)
    ]
    shown = [[line.title for line in page.lines if line.is_baseline] for page in pages]
    assert shown == [["first"], ["border", "middle", "last"]]
    assert pages[0].mine is not None
    assert pages[0].mine.rank == "100"


def many(classroom, number: int) -> None:
    """A board of many students, made quickly."""
    start = Enrolment.objects.count()
    users = User.objects.bulk_create(
        User(username=f"many-{start + place}", display_name=f"n{start + place}") for place in range(number)
    )
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(classroom=classroom, user=user, nickname=user.display_name) for user in users
    )
    submissions = Submission.objects.bulk_create(
        Submission(
            enrolment=enrolment,
            project=PROJECT,
            kind=SubmissionKind.PREDICTIONS,
            token="0c6f3b1e-0000-4000-8000-000000000001",
            name="a.csv",
            size=1,
            sha256="",
        )
        for enrolment in enrolments
    )
    BoardRow.objects.bulk_create(
        BoardRow(
            cohort=classroom.cohort,
            project=PROJECT,
            enrolment=submission.enrolment,
            submission=submission,
            score=start + place,
            low=start + place - 0.2,
            high=start + place + 0.2,
        )
        for place, submission in enumerate(submissions)
    )


def test_the_number_of_queries_does_not_grow_with_the_board():
    classroom = cast.a_classroom()
    counts = []
    for number in (20, 400):
        many(classroom, number)
        own = Enrolment.objects.order_by("-pk").first()
        assert own is not None
        with CaptureQueriesContext(connection) as queries:
            excerpt(own, revealed_run(classroom), direction=LOWER, baselines=[("b", 3.0)])
            board_page(own, revealed_run(classroom), direction=LOWER, baselines=[("b", 3.0)], number="1")
        counts.append(len(queries))
    assert counts == [6, 6]
