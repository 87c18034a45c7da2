"""Reviewers: as good as by trying every assignment; conflicts never; a shortage that is one."""

import itertools
import random
from collections.abc import Sequence
from math import ceil

import pytest

from saem.lib.selection import Assignment, Code, Reading, Reviewer, SelectionError, assign, check_reviewers, conflicts
from saem.lib.selection.assignment import Reason


def small(rng: random.Random) -> tuple[list[Reading], list[Reviewer]]:
    def ties() -> frozenset[str]:
        return frozenset(tie for tie in "xyz" if rng.random() < 0.25)

    reviewers = [
        Reviewer(
            id=f"R{number}", limit=rng.randint(0, 4), tracks=frozenset(rng.sample("ab", rng.randint(0, 2))), ties=ties()
        )
        for number in range(rng.randint(1, 4))
    ]
    readings = [
        Reading(id=f"A{number}", track=rng.choice(["", "a", "b"]), ties=ties(),
                barred=frozenset(each.id for each in reviewers if rng.random() < 0.1))
        for number in range(rng.randint(0, 4))
    ]  # fmt: skip
    return readings, reviewers


def allowed(reading: Reading, reviewers: Sequence[Reviewer]) -> set[str]:
    return {each.id for each in reviewers if not each.ties & reading.ties and each.id not in reading.barred}


def by_trying(
    readings: Sequence[Reading], reviewers: Sequence[Reviewer], each: int, ease: float
) -> tuple[int, int, int]:
    """Reviews given, those outside fields, those above an even load; of the best of all assignments."""
    choices = []
    for reading in readings:
        may = sorted(allowed(reading, reviewers))
        choices.append([some for size in range(min(each, len(may)) + 1) for some in itertools.combinations(may, size)])
    found = []
    for combination in itertools.product(*choices):
        loads = [sum(reviewer.id in some for some in combination) for reviewer in reviewers]
        if any(load > reviewer.limit for load, reviewer in zip(loads, reviewers, strict=True)):
            continue
        fields = {reviewer.id: reviewer.tracks for reviewer in reviewers}
        outside = sum(
            bool(reading.track) and reading.track not in fields[name]
            for reading, some in zip(readings, combination, strict=True)
            for name in some
        )
        found.append((sum(loads), max(loads), outside, loads))
    given = max(number for number, *_ in found)
    peak = ceil(min(most for number, most, *_ in found if number == given) * (1 + ease))
    best = [(outside, loads) for number, most, outside, loads in found if number == given and most <= peak]
    outside = min(number for number, _ in best)
    even = given // len(reviewers)
    above = min(sum(max(0, load - even) for load in loads) for number, loads in best if number == outside)
    return given, outside, above


def figures(assignment: Assignment, reviewers: Sequence[Reviewer]) -> tuple[int, int, int]:
    given = sum(map(len, assignment.reviewers.values()))
    even = given // len(reviewers)
    return given, assignment.outside, sum(max(0, load - even) for load in assignment.loads.values())


def test_no_assignment_is_better() -> None:
    rng, short = random.Random(1), 0
    for number in range(40):
        readings, reviewers = small(rng)
        each, ease = rng.randint(0, 2), rng.choice([0.0, 0.0, 0.5])
        found = assign(readings, reviewers, each, seed=str(number), ease=ease)
        assert figures(found, reviewers) == by_trying(readings, reviewers, each, ease)
        for reading in readings:
            names = found.reviewers[reading.id]
            assert len(set(names)) == len(names) <= each
            assert set(names) <= allowed(reading, reviewers)
        wanted = each * len(readings)
        assert sum(unmet.missing for unmet in found.unmet) == wanted - sum(map(len, found.reviewers.values()))
        if found.shortage is None:
            continue
        short += 1
        # Even with all of their room, and all who are not short, these applications cannot have what they want.
        limits = {reviewer.id: reviewer.limit for reviewer in reviewers}
        named = [reading for reading in readings if reading.id in found.shortage.applications]
        most = sum(limits[name] for name in found.shortage.reviewers)
        most += sum(len(allowed(reading, reviewers) - set(found.shortage.reviewers)) for reading in named)
        assert found.shortage.wanted == each * len(named) > most
    assert short > 5


def intake(applications: int = 300, people: int = 20, limit: int = 40) -> tuple[list[Reading], list[Reviewer]]:
    rng = random.Random(8)
    readings = [
        Reading(id=f"A{number:03d}", track=rng.choice("abc"), ties=frozenset({f"school:{rng.randrange(40)}"}))
        for number in range(applications)
    ]
    reviewers = [
        Reviewer(
            id=f"R{number:02d}",
            limit=limit,
            tracks=frozenset(rng.sample("abc", 2)),
            ties=frozenset({f"school:{number}"}),
        )
        for number in range(people)
    ]
    return readings, reviewers


def test_loads_are_even_and_the_order_of_names_decides_nothing() -> None:
    readings, reviewers = intake()
    found = assign(readings, reviewers, 2, seed="s")
    assert set(found.loads.values()) == {30}
    assert found.outside == 0
    assert assign(readings[::-1], reviewers[::-1], 2, seed="s") == found
    assert assign(readings, reviewers, 2, seed="t").reviewers != found.reviewers


def test_reviewers_are_mixed_so_that_they_can_be_compared() -> None:
    readings = [Reading(id=f"A{number:03d}") for number in range(300)]
    reviewers = [Reviewer(id=f"R{number:02d}", limit=40) for number in range(20)]
    pairs = set(assign(readings, reviewers, 2, seed="s").reviewers.values())
    assert len(pairs) > 80  # ten, if the second round had the order of the first


def test_a_reviewer_who_drops_out_moves_nobody_elses_reviews() -> None:
    readings, reviewers = intake()
    before = assign(readings, reviewers, 2, seed="s")
    after = assign(readings, reviewers[1:], 2, seed="s2", given=before.reviewers)
    for name, names in before.reviewers.items():
        assert set(names) - {"R00"} <= set(after.reviewers[name])
        assert len(after.reviewers[name]) == 2
    assert max(after.loads.values()) == 32  # 600 reviews by 19, and nobody's grew by more than two
    assert not {
        (application, reviewer) for application, names in after.reviewers.items() for reviewer in names
    } & conflicts(readings, reviewers)


def test_why_an_application_has_too_few_reviewers() -> None:
    reviewers = [Reviewer(id="R1", limit=5, ties=frozenset({"s"})), Reviewer(id="R2", limit=5)]
    found = assign([Reading(id="A1", ties=frozenset({"s"})), Reading(id="A2")], reviewers, 2, seed="s")
    [unmet] = found.unmet
    assert (unmet.application, unmet.missing, unmet.reason, unmet.allowed) == ("A1", 1, Reason.TOO_FEW_ALLOWED, 1)
    full = assign([Reading(id="A1"), Reading(id="A2")], [Reviewer(id="R1", limit=1)], 1, seed="s")
    assert [(each.reason, each.missing) for each in full.unmet] == [(Reason.ALL_FULL, 1)]
    assert full.shortage is not None
    assert (full.shortage.reviewers, full.shortage.wanted, full.shortage.room) == (("R1",), 2, 1)


def test_nobody_to_read_or_to_be_read() -> None:
    assert assign([], [Reviewer(id="R", limit=1)], 2, seed="s").reviewers == {}
    assert [each.missing for each in assign([Reading(id="A")], [], 2, seed="s").unmet] == [2]


def test_bad_lists_are_named_and_refused() -> None:
    readings = [Reading(id="A", barred=frozenset({"R9"})), Reading(id="A")]
    reviewers = [Reviewer(id="R", limit=-1), Reviewer(id="R", limit=1)]
    assert {found.code for found in check_reviewers(readings, reviewers)} == {
        Code.REPEATED_REVIEWER, Code.BAD_LIMIT, Code.REPEATED_APPLICATION, Code.UNKNOWN_REVIEWER,
    }  # fmt: skip
    with pytest.raises(SelectionError):
        assign(readings, reviewers, 2, seed="s")
    for each, ease in ((-1, 0.0), (1, -0.1), (1, float("nan"))):
        with pytest.raises(SelectionError):
            assign([], [], each, seed="s", ease=ease)
