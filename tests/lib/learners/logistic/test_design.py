"""Every column of the design, against a count by hand."""

import math

import numpy as np
import pytest
from scipy import sparse

from saem.lib.learners import Responses, ResponsesError
from saem.lib.learners.logistic.design import Words, design
from saem.lib.learners.logistic.recipe import Recipe

from .builders import DAY, school

SCHOOL = school(students=6, rows=14)
WORDS = Words(SCHOOL.items, SCHOOL.skills)
WINDOWS = (2 * DAY, 9 * DAY, math.inf)


def earlier(row: int) -> np.ndarray:
    rows = np.arange(len(SCHOOL))
    return np.flatnonzero((SCHOOL.student == SCHOOL.student[row]) & (rows < row))


def with_skill(skill: int, rows: np.ndarray) -> np.ndarray:
    return np.array([at for at in rows if skill in SCHOOL.tag_sets[SCHOOL.tag[at]]], dtype=int)


def counted(rows: np.ndarray) -> list[float]:
    return [float((SCHOOL.score[rows] == 1).sum()), float((SCHOOL.score[rows] == 0).sum())]


def made(recipe: Recipe) -> tuple[np.ndarray, dict[str, int]]:
    matrix, _ = design(SCHOOL, recipe, WORDS)
    names = recipe.column_names(WORDS.skills)
    assert matrix.shape == (len(SCHOOL), len(names))
    return matrix.toarray(), {name: column for column, name in enumerate(names)}


def test_counts_of_student_item_and_each_skill() -> None:
    matrix, column = made(Recipe(student=("counts",), item=("counts",), logs=False))
    for row in range(len(SCHOOL)):
        past = earlier(row)
        own = past[SCHOOL.item[past] == SCHOOL.item[row]]
        assert matrix[row, column["intercept"]] == 1
        assert [matrix[row, column[f"student/counts/{which}"]] for which in (0, 1)] == counted(past)
        assert [matrix[row, column[f"item/counts/{which}"]] for which in (0, 1)] == counted(own)
        for code, name in enumerate(SCHOOL.skills):
            carried = code in SCHOOL.tag_sets[SCHOOL.tag[row]]
            counts = counted(with_skill(code, past)) if carried else [0, 0]
            assert matrix[row, column[f"skill {name}/met"]] == carried
            assert [matrix[row, column[f"skill {name}/counts/{which}"]] for which in (0, 1)] == counts


def test_windows_count_what_is_recent_enough() -> None:
    matrix, column = made(Recipe(windows=WINDOWS))
    assert SCHOOL.time is not None
    for row in range(len(SCHOOL)):
        for code in SCHOOL.tag_sets[SCHOOL.tag[row]]:
            past = with_skill(code, earlier(row))
            recent = [past[SCHOOL.time[past] >= SCHOOL.time[row] - window] for window in WINDOWS]
            wanted = np.log1p([count for rows in recent for count in counted(rows)])
            name = f"skill {SCHOOL.skills[code]}/counts"
            np.testing.assert_allclose([matrix[row, column[f"{name}/{which}"]] for which in range(6)], wanted)


def test_rates_fade_and_patterns_recall() -> None:
    matrix, column = made(Recipe(student=("rates", "pattern"), shared=("pattern",), switch=True, fades=(0.5,)))
    for row in range(len(SCHOOL)):
        past = earlier(row)
        fade = 0.5 ** np.arange(len(past))[::-1]
        right, wrong = fade @ (SCHOOL.score[past] == 1), fade @ (SCHOOL.score[past] == 0)
        assert matrix[row, column["student/rates/0"]] == pytest.approx((right - wrong) / (right + wrong + 1))
        pattern = int("1" + "".join(str(int(score)) for score in SCHOOL.score[past][-5:]), 2)
        start = column["student/pattern/0"]
        assert np.flatnonzero(matrix[row, start : start + 64]).tolist() == [pattern]
        same = len(past) > 0 and SCHOOL.tag[past[-1]] == SCHOOL.tag[row]
        start = column["switch/0"]
        assert np.flatnonzero(matrix[row, start : start + 64]).tolist() == ([pattern] if same else [])
        assert matrix[row, column["shared/pattern/0"] :][:64].sum() == pytest.approx(1)


def test_a_shared_part_is_the_mean_over_the_skills() -> None:
    matrix, column = made(Recipe(shared=("counts",), logs=False))
    for row in range(len(SCHOOL)):
        codes = SCHOOL.tag_sets[SCHOOL.tag[row]]
        wanted = np.mean([counted(with_skill(code, earlier(row))) for code in codes], axis=0)
        np.testing.assert_allclose([matrix[row, column[f"shared/counts/{which}"]] for which in (0, 1)], wanted)


def test_skills_that_the_model_does_not_know_have_no_columns() -> None:
    matrix, level = design(SCHOOL, Recipe(), Words(("i1",), ("k1",)))
    assert matrix.shape == (len(SCHOOL), 1 + 3)
    np.testing.assert_array_equal(level == 0, SCHOOL.item == SCHOOL.items.index("i1"))
    assert isinstance(matrix, sparse.csr_array)


def test_a_response_without_a_skill_is_a_row() -> None:
    some = Responses.from_columns(["a", "a"], ["x", "x"], [(), ()], [1, 0])
    matrix, _ = design(some, Recipe(student=("counts",), logs=False), Words(("x",), ()))
    assert matrix.toarray().tolist() == [[1, 0, 0], [1, 1, 0]]


@pytest.mark.parametrize(
    ("time", "code", "row"),
    [
        (None, "time_missing", None),
        ([0, 1, math.nan], "time_not_a_number", 2),
        ([5, 0, 4], "time_not_in_order", 2),
    ],
)
def test_times_that_cannot_be_used_are_named(time: list[float] | None, code: str, row: int | None) -> None:
    some = Responses.from_columns(["a", "b", "a"], ["x", "x", "x"], [("k",)] * 3, [1, 0, 1], time)
    with pytest.raises(ResponsesError) as raised:
        design(some, Recipe(windows=WINDOWS), Words(("x",), ("k",)))
    assert (raised.value.code, raised.value.row) == (code, row)
