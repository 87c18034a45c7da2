"""Tasks: nobody's own, as even as by trying everything, the same for the same seed, and nothing lost when people come late."""

import itertools
import random
from collections import Counter
from dataclasses import replace

import pytest

from saem.lib.reviewing import Plan, RangeError, RepeatedError, Reviewer, UnknownError, Work, assign

PLAN = Plan(each=3, samples=1, seed="s", secret=b"secret")
SAMPLES = [Work("sample-1"), Work("sample-2")]


def school(teams: int, size: int = 3) -> tuple[list[Reviewer], list[Work]]:
    reviewers = [Reviewer(f"p{team}-{number}", f"t{team}") for team in range(teams) for number in range(size)]
    return reviewers, [Work(f"w{team}", f"t{team}") for team in range(teams)]


def works_of(found: object) -> dict[str, set[str]]:
    return {name: {task.work for task in tasks if not task.is_sample} for name, tasks in found.tasks.items()}  # type: ignore[attr-defined]


def test_everybody_reviews_and_nobody_the_own_team() -> None:
    reviewers, works = school(20)
    found = assign(reviewers, works, PLAN, samples=SAMPLES)
    teams = {each.id: each.team for each in works}
    for each in reviewers:
        tasks = found.tasks[each.id]
        assert len(tasks) == len({task.work for task in tasks}) == 4
        assert all(teams.get(task.work) != each.team for task in tasks)
        assert [task.is_sample for task in tasks].count(True) == 1
    assert set(found.received.values()) == {9}
    assert found.unmet == {}


def test_a_large_school_is_even() -> None:
    reviewers, works = school(200, 4)
    found = assign(reviewers[:-1], works, PLAN)
    assert set(found.received.values()) == {11, 12}


def test_as_even_as_by_trying_all() -> None:
    rng = random.Random(4)
    for _ in range(120):
        teams = rng.randint(1, 4)
        works = [Work(f"w{number}", f"t{rng.randrange(teams)}") for number in range(rng.randint(1, 4))]
        reviewers = [Reviewer(f"p{number}", f"t{rng.randrange(teams)}") for number in range(rng.randint(1, 4))]
        plan = replace(PLAN, each=rng.randint(0, 2), samples=0, seed=str(rng.random()))
        found = assign(reviewers, works, plan)
        choices = []
        for each in reviewers:
            may = [work.id for work in works if work.team != each.team]
            number = min(plan.each, len(may))
            assert len(found.tasks[each.id]) == number
            assert found.unmet.get(each.id, 0) == plan.each - number
            choices.append(list(itertools.combinations(may, number)))
        least = min(
            sum(count**2 for count in Counter(itertools.chain(*given)).values())
            for given in itertools.product(*choices)
        )
        assert sum(count**2 for count in found.received.values()) == least


def test_the_order_of_lists_decides_nothing_and_the_seed_everything() -> None:
    reviewers, works = school(12)
    found = assign(reviewers, works, PLAN, samples=SAMPLES)
    again = assign(reviewers[::-1], works[::-1], PLAN, samples=SAMPLES[::-1])
    assert dict(found.tasks) == dict(again.tasks)
    assert works_of(assign(reviewers, works, replace(PLAN, seed="other"))) != works_of(found)


def test_late_people_go_to_works_with_the_fewest_and_nothing_moves() -> None:
    reviewers, works = school(10)
    early = assign(reviewers[:-4], works, PLAN, samples=SAMPLES)
    kept = {name: {task.work for task in tasks} for name, tasks in early.tasks.items()}
    late = assign(reviewers, works, PLAN, samples=SAMPLES, kept=kept)
    assert all(set(early.tasks[name]) == set(late.tasks[name]) for name in early.tasks)
    assert all(len(late.tasks[each.id]) == 4 for each in reviewers)
    assert max(late.received.values()) - min(late.received.values()) <= 1


def test_a_late_team_gets_reviews_that_nobody_has_begun() -> None:
    reviewers, works = school(10)
    early = assign(reviewers[:-3], works[:-1], PLAN)
    begun = {name: [tasks[0].work] for name, tasks in early.tasks.items()}
    late = assign(reviewers, works, PLAN, kept=begun)
    assert all(names <= found for names, found in ((set(begun[name]), works_of(late)[name]) for name in begun))
    assert set(late.received.values()) == {9}


def test_reviews_of_people_who_left_stay_counted() -> None:
    reviewers, works = school(6)
    gone = {"gone": ["w0", "w1", "w2"], "gone too": ["w0", "w1", "w2"]}
    found = assign(reviewers, works, PLAN, kept=gone)
    assert "gone" not in found.tasks
    together = found.received + Counter(itertools.chain(*gone.values()))
    assert set(together.values()) == {10}


def test_samples_are_used_equally_and_stand_anywhere() -> None:
    reviewers, works = school(30)
    found = assign(reviewers, works, PLAN, samples=SAMPLES)
    used = Counter(task.work for tasks in found.tasks.values() for task in tasks if task.is_sample)
    assert used == {"sample-1": 45, "sample-2": 45}
    places = Counter([task.is_sample for task in tasks].index(True) for tasks in found.tasks.values())
    assert set(places) == {0, 1, 2, 3}
    assert len(assign(reviewers, works, replace(PLAN, samples=5), samples=SAMPLES).tasks["p0-0"]) == 5


def test_aliases_tell_nothing_without_the_secret() -> None:
    reviewers, works = school(10)
    found = assign(reviewers, works, PLAN, samples=SAMPLES)
    other = assign(reviewers, works, replace(PLAN, secret=b"other"), samples=SAMPLES)
    tasks = [task for each in found.tasks.values() for task in each]
    assert len({task.alias for task in tasks}) == len({task.reviewer_alias for task in tasks}) == len(tasks)
    assert works_of(found) == works_of(other)
    aliases = {task.alias for each in other.tasks.values() for task in each}
    assert aliases.isdisjoint(task.alias for task in tasks)
    assert all(len(task.alias) == 8 and task.work not in task.alias for task in tasks)


def test_too_few_works_are_said() -> None:
    reviewers, works = school(2)
    found = assign(reviewers, works, PLAN)
    assert found.unmet == {each.id: 2 for each in reviewers}
    assert assign([], [], PLAN).tasks == {}
    assert assign(reviewers, [], replace(PLAN, each=1, samples=0)).unmet == {each.id: 1 for each in reviewers}


def test_lists_that_cannot_be() -> None:
    reviewers, works = school(3)
    with pytest.raises(RepeatedError):
        assign([*reviewers, reviewers[0]], works, PLAN)
    with pytest.raises(RepeatedError):
        assign(reviewers, works, PLAN, samples=[Work("w0")])
    with pytest.raises(UnknownError):
        assign(reviewers, [Work("w")], PLAN)
    with pytest.raises(UnknownError):
        assign(reviewers, works, PLAN, samples=[Work("s", "t1")])
    with pytest.raises(UnknownError, match="nothing"):
        assign(reviewers, works, PLAN, kept={"p0-0": ["nothing"]})
    with pytest.raises(RepeatedError):
        assign(reviewers, works, PLAN, kept={"p0-0": ["w1", "w1"]})
    with pytest.raises(RangeError):
        Plan(each=-1, seed="", secret=b"x")
    with pytest.raises(RangeError):
        Plan(each=1, seed="", secret=b"")
