"""Groups on a card: nobody stands in a small one, and no table gives one away."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.apps.learning.itembank.groups import FEWEST, OTHERS, GroupLine, pooled, tables_of

ROOMS = st.lists(st.integers(1, 30), min_size=0, max_size=8)


def told(group: str, *, gap: float = 0.0, error: float = 0.01, students: int = 20) -> dict[str, object]:
    return {"group": group, "gap": gap, "gap_error": error, "students": students, "scores": {"n": 99, "log_loss": 0.6}}


def class_of(sizes: list[int]) -> dict[int, object]:
    rooms = [room for room, size in enumerate(sizes) for _ in range(size)]
    return dict(enumerate(rooms))


@given(ROOMS)
def test_everybody_is_in_one_group_of_enough_or_there_are_none(sizes: list[int]) -> None:
    rooms = class_of(sizes)
    found = pooled("classroom", rooms)
    counts = Counter(found.values())
    assert not found or found.keys() == rooms.keys()
    assert len(counts) != 1
    assert all(size >= FEWEST for size in counts.values())


def test_one_small_class_takes_the_smallest_other_with_it() -> None:
    found = Counter(pooled("classroom", class_of([3, 12, 20, 30])).values())
    assert found == {f"classroom/{OTHERS}": 15, "classroom/2": 20, "classroom/3": 30}


@pytest.mark.parametrize("sizes", [[], [40], [40, 3], [9, 9]])
def test_one_group_is_none(sizes: list[int]) -> None:
    assert pooled("classroom", class_of(sizes)) == {}


def test_a_gap_is_called_one_only_beyond_chance_among_all_that_are_compared() -> None:
    line = told("classroom/1", gap=0.021)
    assert GroupLine(line, "", compared=1).direction == "high"
    assert GroupLine(line, "", compared=10).direction == ""
    assert GroupLine(told("classroom/1", gap=-0.05), "", compared=10).direction == "low"


def test_tables_name_what_may_be_known_and_number_the_rest() -> None:
    rows = [
        told("classroom/7", students=30), told("classroom/9", students=20), told(f"classroom/{OTHERS}", students=11),
        told("institution/school"), told("institution/of-another-release", students=19),
    ]  # fmt: skip
    rooms, kinds = tables_of(rows, {"9": "2학년 3반"})
    assert [line.label for line in rooms.lines] == ["학급 1", "2학년 3반", "작은 학급을 합친 것"]
    assert [line.label for line in kinds.lines] == ["학교", "그 밖의 기관"]
