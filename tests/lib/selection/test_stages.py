"""Stages: who goes on, who waits, ties down to the draw, and the way from reviews to seats."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest

from saem.lib.selection import (
    Application,
    Code,
    RepeatedError,
    Review,
    Standing,
    check_applications,
    choose_seats,
    drawn,
    run,
    score,
)
from saem.lib.selection.rules import SelectionRules
from saem.lib.selection.stages import StageResult, rank
from tests.lib.selection.rulebook import DRAW, application, document, interview, rules, screening


def results(
    declared: SelectionRules, people: Sequence[Application], reviews: Sequence[Review]
) -> tuple[StageResult, ...]:
    return run(declared, people, score(declared, [each.id for each in people], reviews), DRAW)


def test_three_times_the_seats_go_on_and_quotas_keep_their_places() -> None:
    # Twenty boys from the south come first, then a girl from the north with support.
    people = [application(number) for number in range(20)]
    people += [application(20, office="north", gender="girl", support="yes")]
    reviews = [review for number in range(21) for review in screening(number, 5, 10 - number / 4)]
    first, second = results(rules(), people, reviews)
    assert len(first.advanced) == 12
    assert "A-020" in first.advanced
    assert first.choice is not None
    assert first.choice.placements[20].standing is Standing.BY_QUOTA
    assert first.not_advanced == tuple(f"A-{number:03d}" for number in range(11, 20))
    assert not second.is_decided
    assert set(second.waiting) == set(first.advanced)


def test_nobody_is_ranked_while_reviews_are_missing() -> None:
    [first] = results(rules(), [application(1), application(2)], screening(1, 5, 5))
    assert (first.waiting, first.ranking, first.advanced) == (("A-002",), (), ())


def test_a_minimum_bars_also_in_a_stage_without_weight() -> None:
    first, second = document()["stages"]
    declared = rules(stages=[first | {"weight": 0, "minimum": "50", "advance": None}, second])
    people = [application(1), application(2)]
    reviews = [*screening(1, 2.5, 5), *screening(2, 2.4, 5), *interview(1, 10, 20)]
    bars, last = results(declared, people, reviews)
    assert (bars.below_minimum, bars.advanced, bars.ranking) == (("A-002",), ("A-001",), ())
    assert [(ranked.id, ranked.total) for ranked in last.ranking] == [("A-001", 15)]


def ranked(
    declared: SelectionRules, people: Sequence[Application], points: dict[str, dict[str, Fraction]]
) -> list[tuple[str, str]]:
    return [(each.id, each.decided_by) for each in rank(declared, declared.stages, people, points, DRAW)]


def test_ties_go_down_to_the_draw_and_say_what_decided() -> None:
    people = [application(number) for number in range(5)]
    people[4] = replace(people[4], born=people[3].born)
    points = {
        "screening": {"A-000": Fraction(80), "A-001": Fraction(50), **{f"A-00{n}": Fraction(80) for n in (2, 3, 4)}},
        "interview": {"A-000": Fraction(50), "A-001": Fraction(70), **{f"A-00{n}": Fraction(50) for n in (2, 3, 4)}},
    }
    # All have 62; A-001 by the interview, then the younger; the two of one age by the draw.
    last = drawn(DRAW, ["A-003", "A-004"])
    for given in permutations(people):
        assert ranked(rules(), given, points) == [
            ("A-001", ""), (last[0], "stage:interview"), (last[1], "lottery"), ("A-002", "younger"), ("A-000", "younger"),
        ]  # fmt: skip


def test_ties_are_ties_of_the_published_numbers() -> None:
    # The means differ in the third decimal, which is not published.
    points = {
        "screening": {"A-001": Fraction("70.01"), "A-002": Fraction("70")},
        "interview": {"A-001": Fraction(60), "A-002": Fraction(60)},
    }
    assert ranked(rules(decimals=1), [application(1), application(2)], points)[1] == ("A-001", "younger")
    assert ranked(rules(decimals=3), [application(1), application(2)], points)[1] == ("A-002", "total")


def test_from_reviews_to_seats() -> None:
    people = [application(number, office="north" if number == 9 else "south", gender="girl" if number in {7, 9} else "boy",
                          support="yes" if number == 8 else "no") for number in range(10)]  # fmt: skip
    reviews = [
        review
        for number in range(10)
        for review in (*screening(number, 5, 10), *interview(number, 90 - number, 90 - number))
    ]
    last = results(rules(), people, reviews)[-1]
    choice = choose_seats(rules(), people, last)
    # Two from the north are wanted and only one there is; support and girls hold; two seats go by rank.
    assert choice.chosen == ("A-000", "A-001", "A-008", "A-009")
    assert [(kept.quota, kept.count, kept.missing) for kept in choice.quotas] == [
        ("support", 1, 0),
        ("girls", 1, 0),
        ("north", 1, 1),
    ]


def test_nobody_applied() -> None:
    assert [each.is_decided for each in results(rules(), [], [])] == [True, True]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"attributes": {"office": "north", "gender": "girl"}}, Code.MISSING_ATTRIBUTE),
        ({"attributes": {"office": "west", "gender": "girl", "support": "no"}}, Code.BAD_ATTRIBUTE),
        ({"born": None}, Code.MISSING_TIE_BREAK),
        ({"id": "two\nlines"}, Code.BAD_APPLICATION_ID),
        ({"id": unicodedata.normalize("NFD", "가")}, Code.BAD_APPLICATION_ID),  # looks the same, hashes otherwise
        ({"id": "two words"}, Code.BAD_APPLICATION_ID),
        ({"id": ""}, Code.BAD_APPLICATION_ID),
    ],
)
def test_bad_applications_are_named(change: dict[str, object], code: Code) -> None:
    [found] = check_applications(rules(), [application(1), replace(application(2), **change)])
    assert found.code is code


def test_a_time_without_a_zone_and_somebody_twice() -> None:
    declared = rules(tie_breaks=[{"by": "applied_first"}, {"by": "lottery"}])
    sound = application(1)
    assert sound.applied is not None
    naive = replace(sound, applied=sound.applied.replace(tzinfo=None))
    assert [found.code for found in check_applications(declared, [sound, naive])] == [
        Code.REPEATED_APPLICATION, Code.MISSING_TIE_BREAK,
    ]  # fmt: skip
    with pytest.raises(RepeatedError):
        results(declared, [sound, sound], [])
