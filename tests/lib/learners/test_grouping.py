"""Suggested groups: everybody once, for something they need, in sizes that work, the same every time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.learners import Estimate, ParameterError
from saem.lib.learners.grouping import LARGEST, SMALLEST, Group, Standing, standing, suggest_groups

SKILLS = ("table", "groups", "split", "measure")
CLASSES = st.dictionaries(
    st.integers(1, 60), st.dictionaries(st.sampled_from(SKILLS), st.sampled_from(["needs", "holds"])), max_size=40
)
Class = dict[int, dict[str, str]]


def groups_of(room: Class) -> list[Group]:
    wanted = {
        word: {who: {s for s, w in of.items() if w == word} for who, of in room.items()} for word in ("needs", "holds")
    }
    return suggest_groups(wanted["needs"], wanted["holds"], SKILLS)


@given(CLASSES)
def test_everybody_who_needs_something_is_in_one_group_for_something_they_need(room: Class) -> None:
    groups = groups_of(room)
    placed = [member for group in groups for member in group.members]
    assert sorted(placed) == sorted(who for who, of in room.items() if "needs" in of.values())
    assert all(room[member][group.skill] == "needs" for group in groups for member in group.members)


@given(CLASSES)
def test_sizes_are_balanced_and_small_only_where_nobody_can_join(room: Class) -> None:
    groups = groups_of(room)
    for skill in {group.skill for group in groups}:
        sizes = [len(group.members) for group in groups if group.skill == skill]
        assert max(sizes) <= LARGEST
        assert max(sizes) - min(sizes) <= 1
        if min(sizes) < SMALLEST:
            assert len(sizes) == 1
            spared = [
                member
                for other in {group.skill for group in groups} - {skill}
                for pool in [[m for group in groups if group.skill == other for m in group.members]]
                for member in pool
                if len(pool) > SMALLEST and room[member].get(skill) == "needs"
            ]
            assert spared == []


@given(CLASSES, st.randoms(use_true_random=False))
def test_the_same_class_in_any_order_gives_the_same_groups(room: Class, chance) -> None:
    shuffled = list(room.items())
    chance.shuffle(shuffled)
    assert groups_of(dict(shuffled)) == groups_of(room)


@given(CLASSES)
def test_helpers_hold_the_skill_and_are_not_in_the_group(room: Class) -> None:
    for group in groups_of(room):
        assert len(group.helpers) <= 2
        assert not set(group.helpers) & set(group.members)
        assert all(room[helper][group.skill] == "holds" for helper in group.helpers)


def test_two_who_are_left_are_joined_by_one_whom_a_large_group_can_spare() -> None:
    needs = {1: {"table"}, 2: {"table"}, 3: {"table"}, 4: {"table", "split"}, 5: {"split"}, 6: {"split"}}
    assert suggest_groups(needs, {}, SKILLS) == [Group("table", (1, 2, 3)), Group("split", (4, 5, 6))]


def test_helpers_take_turns() -> None:
    needs = {key: {"table"} for key in range(1, 11)}
    groups = suggest_groups(needs, {key: {"table"} for key in (20, 21, 22)}, SKILLS)
    assert [len(group.members) for group in groups] == [5, 5]
    assert [group.helpers for group in groups] == [(20, 21), (20, 22)]


def test_a_need_that_is_no_skill_is_named() -> None:
    with pytest.raises(ParameterError, match="cooking"):
        suggest_groups({1: {"cooking"}}, {}, SKILLS)


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted), st.floats(0.01, 1), st.booleans())
def test_nothing_is_claimed_where_the_interval_holds_the_threshold(ends: list[float], at: float, usable: bool) -> None:
    low, value, high = ends
    found = standing(Estimate(value, low, high, usable=usable), at)
    if not usable:
        assert found is Standing.REFUSED
    else:
        assert (found is Standing.NEEDS) == (high < at)
        assert (found is Standing.HOLDS) == (low >= at)
