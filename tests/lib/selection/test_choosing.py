"""Seats: the same set as by trying all sets, and reasons that hold."""

import random

import pytest

from saem.lib.selection import Bound, End, RepeatedError, Side, Standing, UnknownError, choose
from saem.lib.selection.choosing import Choice
from tests.lib.selection.rulebook import best_set, small_cases, worth


def quota(name: str, members: str, at_least: int = 0, at_most: int | None = None, *, is_hard: bool = True) -> Bound:
    return Bound(id=name, members=frozenset(members), at_least=at_least, at_most=at_most, is_hard=is_hard)


def standing(choice: Choice) -> dict[str, Standing]:
    return {each.id: each.standing for each in choice.placements}


@pytest.mark.parametrize("seed", range(3))
def test_the_set_is_the_best_of_all_sets(seed: int) -> None:
    for order, bounds, seats, held in small_cases(seed, 120):
        choice = choose(order, bounds, seats, held=held)
        assert (frozenset(choice.chosen), choice.is_feasible) == best_set(order, bounds, seats, held)


def _without(bounds: list[Bound], sides: set[Side], seats: int, people: int) -> tuple[list[Bound], int]:
    """Only the sides that are named; everything else is free."""
    kept = [
        Bound(
            id=bound.id,
            members=bound.members,
            at_least=bound.at_least if Side(bound.id, End.AT_LEAST) in sides else 0,
            at_most=bound.at_most if Side(bound.id, End.AT_MOST) in sides else None,
        )
        for bound in bounds
    ]
    return kept, seats if Side("", End.AT_MOST) in sides else people


def test_a_conflict_is_irreducible() -> None:
    met = 0
    for order, bounds, seats, _ in small_cases(99, 150):
        hard = [bound for bound in bounds if bound.is_hard]
        conflict = set(choose(order, hard, seats).conflict)
        if not conflict:
            continue
        met += 1
        assert not best_set(order, *_without(hard, conflict, seats, len(order)))[1]
        for side in conflict:
            assert best_set(order, *_without(hard, conflict - {side}, seats, len(order)))[1], (conflict, side)
    assert met > 20


def test_who_was_passed_over_could_not_be_in_beside_the_better_ranked() -> None:
    met = 0
    for order, bounds, seats, _ in small_cases(7, 120):
        choice = choose(order, bounds, seats)
        best = worth(choice.chosen, order, bounds, seats, ())
        assert best is not None
        for each in choice.placements:
            if each.standing is not Standing.PASSED_OVER:
                continue
            met += 1
            better = {name for name in choice.chosen if order.index(name) < each.rank - 1}
            with_them, _ = best_set(order, bounds, seats, better | {each.id})
            forced = worth(with_them, order, bounds, seats, ())
            assert each.because
            assert forced is None or forced[:4] > best[:4]
            assert choice.passed_over_for(each.id)
    assert met > 20


def test_without_quotas_the_first_are_in() -> None:
    choice = choose("abcde", (), 3)
    assert choice.chosen == ("a", "b", "c")
    assert set(standing(choice).values()) == {Standing.BY_RANK, Standing.BELOW_LINE}


def test_a_floor_brings_somebody_in_and_says_so() -> None:
    choice = choose("abcde", [quota("girls", "de", 1)], 3)
    floor, seats = Side("girls", End.AT_LEAST), Side("", End.AT_MOST)
    assert choice.chosen == ("a", "b", "d")
    assert [(each.standing, each.because) for each in choice.placements[2:4]] == [
        (Standing.PASSED_OVER, (floor, seats)),
        (Standing.BY_QUOTA, (floor,)),
    ]
    assert choice.passed_over_for("c") == ("d",)
    assert choice.passed_over_for("e") == ()


def test_a_cap_keeps_somebody_out_and_others_move_up() -> None:
    choice = choose("abcd", [quota("office", "ab", 0, 1)], 2)
    assert choice.chosen == ("a", "c")
    assert standing(choice)["c"] is Standing.MOVED_UP
    assert choice.placements[1].because == (Side("office", End.AT_MOST),)


def test_hard_quotas_that_cannot_hold_leave_the_nearest() -> None:
    choice = choose("abcd", [quota("first", "ab", 2), quota("second", "cd", 2)], 3)
    assert not choice.is_feasible
    assert {side.quota for side in choice.conflict} == {"first", "second", ""}
    assert choice.chosen == ("a", "b", "c")  # the quota declared first is spared
    assert [kept.missing for kept in choice.quotas] == [0, 1]


def test_a_target_gives_way_where_a_hard_quota_does_not() -> None:
    choice = choose("abcd", [quota("target", "cd", 2, is_hard=False), quota("hard", "ab", 2)], 3)
    assert (choice.is_feasible, choice.chosen) == (True, ("a", "b", "c"))
    assert choice.quotas[0].missing == 1


@pytest.mark.parametrize(("people", "seats"), [("", 3), ("abc", 0), ("ab", 5)])
def test_no_people_no_seats_and_more_seats_than_people(people: str, seats: int) -> None:
    choice = choose(people, [quota("q", "a", 0, 1)], seats)
    assert len(choice.chosen) == min(len(people), seats)


def test_too_few_people_for_a_quota_are_named_alone() -> None:
    assert choose("abc", [quota("q", "a", 2)], 2).conflict == (Side("q", End.AT_LEAST),)


def test_the_answer_does_not_depend_on_the_order_of_quotas_that_hold() -> None:
    rng = random.Random(3)
    order = [f"p{number}" for number in range(300)]
    bounds = [
        Bound(id=f"q{number}", members=frozenset(rng.sample(order, 90)), at_least=9, at_most=20) for number in range(6)
    ]
    assert choose(order, bounds, 40).chosen == choose(order, bounds[::-1], 40).chosen


def test_lists_that_cannot_be() -> None:
    with pytest.raises(RepeatedError):
        choose("aba", (), 1)
    with pytest.raises(RepeatedError):
        choose("ab", [quota("q", "a"), quota("q", "b")], 1)
    with pytest.raises(UnknownError):
        choose("ab", (), 1, held="c")
    with pytest.raises(UnknownError):
        choose("ab", (), 1).passed_over_for("c")
