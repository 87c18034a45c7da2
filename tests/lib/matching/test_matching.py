"""As good as by trying every assignment; reasons that hold when they are tried."""

import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from saem.lib.matching import (
    Bar,
    Mentor,
    Period,
    RangeError,
    RepeatedError,
    Team,
    UnknownError,
    Weights,
    fit,
    keep,
    match,
    reopen,
)
from saem.lib.matching.exchanges import Exchanges
from saem.lib.matching.problem import NOBODY
from tests.lib.matching.cases import PERIOD, WEIGHTS, best, small, value

VETTED = {"vetted_from": date(2026, 1, 1), "vetted_until": date(2026, 12, 31)}


def someone(name: str, places: int = 1, **more: object) -> Mentor:
    return Mentor(**{"id": name, "places": places, **VETTED, **more})  # type: ignore[arg-type]


def places(given: np.ndarray) -> tuple[int | None, ...]:
    return tuple(None if each == NOBODY else int(each) for each in given)


def test_as_good_as_by_trying_all_and_ties_by_the_declared_order() -> None:
    rng = random.Random(7)
    for _ in range(150):
        teams, mentors = small(rng)
        found = match(teams, mentors, PERIOD, weights=WEIGHTS)
        assert places(found.given) == best(teams, mentors)[1]
        assert found.is_best


def test_a_worse_assignment_is_not_called_best() -> None:
    rng, wrong = random.Random(8), 0
    for _ in range(150):
        teams, mentors = small(rng)
        found = match(teams, mentors, PERIOD, weights=WEIGHTS)
        for place in np.flatnonzero(found.given != NOBODY):
            given = found.given.copy()
            given[place] = NOBODY
            wrong += 1
            assert not Exchanges(found.problem, given).is_best
    assert wrong > 50


def test_what_another_mentor_would_cost_is_what_trying_costs() -> None:
    rng, seen = random.Random(9), 0
    for _ in range(130):
        teams, mentors = small(rng)
        found = match(teams, mentors, PERIOD, weights=WEIGHTS)
        whole = value(teams, mentors, places(found.given))
        assert whole is not None
        for team in teams:
            for mentor in mentors:
                if found.pairs.get(team.id) == mentor.id:
                    continue
                refusal = found.why_not(team.id, mentor.id)
                others = frozenset(each.id for each in mentors) - {mentor.id}
                forced = [replace(each, barred=others) if each is team else each for each in teams]
                tried, given = best(forced, mentors)
                is_possible = given[teams.index(team)] is not None
                # The best may leave the team out although it need not: then the price is that of another team.
                if refusal.cost is None:
                    assert not is_possible or refusal.bars
                elif is_possible and refusal.leaves == whole[0] - tried[0]:
                    seen += 1
                    assert refusal.cost == whole[1] - tried[1]
    assert seen > 30


def test_the_moves_of_a_refusal_give_the_wish_at_its_cost() -> None:
    rng, seen = random.Random(10), 0
    for _ in range(600):
        teams, mentors = small(rng)
        found = match(teams, mentors, PERIOD, weights=WEIGHTS)
        whole = value(teams, mentors, places(found.given))
        for each in found.matched:
            if each.first_wish is None or each.first_wish.cost is None:
                continue
            after: dict[str, str | None] = {
                **dict.fromkeys([team.id for team in teams]),
                **found.pairs,
                each.team: each.first_wish.mentor,
            }
            after |= {move.team: move.mentor for move in each.first_wish.moves}
            names = [mentor.id for mentor in mentors]
            tried = value(
                teams, mentors, [None if (name := after[team.id]) is None else names.index(name) for team in teams]
            )
            assert tried is not None
            assert whole is not None
            assert (whole[0] - tried[0], whole[1] - tried[1]) == (each.first_wish.leaves, each.first_wish.cost)
            seen += 1
    assert seen > 20


def test_what_would_help_the_unmatched_does() -> None:
    rng, seen = random.Random(11), 0
    changed = {
        Bar.LANGUAGE: lambda mentor, team: replace(mentor, languages=mentor.languages | team.languages),
        Bar.TIME: lambda mentor, team: replace(mentor, times=mentor.times | team.times),
        Bar.VETTING_ENDS: lambda mentor, _: replace(mentor, vetted_until=PERIOD.last),
    }
    for _ in range(120):
        teams, mentors = small(rng)
        found = match(teams, mentors, PERIOD, weights=WEIGHTS)
        for each in found.unmatched:
            team = next(team for team in teams if team.id == each.team)
            tries = [
                [replace(m, places=max(m.places, m.has) + 1) if m.id == name else m for m in mentors]
                for name in each.more_places
            ]
            tries += [
                [changed[change.bar](m, team) if m.id == change.mentor else m for m in mentors]
                for change in each.changes
            ]
            for other in tries:
                seen += 1
                assert len(match(teams, other, PERIOD, weights=WEIGHTS).pairs) > len(found.pairs)
            if each.shortage:
                assert team.id in each.shortage.teams
                assert len(each.shortage.teams) > each.shortage.room
    assert seen > 60


def test_everybody_has_somebody_before_points_count() -> None:
    teams = [Team(id="a", topics=frozenset("x"), wishes=("m",)), Team(id="b", barred=frozenset({"n"}))]
    found = match(teams, [someone("m", topics=frozenset("x")), someone("n")], PERIOD)
    assert found.pairs == {"a": "n", "b": "m"}
    wish = found.matched[0].first_wish
    assert wish is not None
    assert (wish.holders, wish.leaves, wish.bars) == (("b",), 1, ())


def test_loads_are_even_where_fits_are() -> None:
    teams = [Team(id=f"t{number}") for number in range(6)]
    found = match(teams, [someone("a", 6), someone("b", 6), someone("c", 6, has=1)], PERIOD)
    assert found.loads == {"a": 3, "b": 2, "c": 2}


def test_a_load_may_be_worth_it() -> None:
    teams = [Team(id=f"t{number}", topics=frozenset("x")) for number in range(3)]
    found = match(teams, [someone("a", 3, topics=frozenset("x")), someone("b", 3)], PERIOD, weights=Weights(load=1))
    assert found.loads == {"a": 3, "b": 0}


@pytest.mark.parametrize(
    ("team", "mentor", "bar"),
    [
        ({"ties": frozenset({"school:1"})}, {"ties": frozenset({"school:1"})}, Bar.CONFLICT),
        ({"barred": frozenset({"m"})}, {}, Bar.CONFLICT),
        ({}, {"vetted_from": None}, Bar.NOT_VETTED),
        ({}, {"vetted_until": PERIOD.last.replace(day=16)}, Bar.VETTING_ENDS),
        ({}, {"vetted_from": PERIOD.first.replace(day=3)}, Bar.VETTING_ENDS),
        ({"languages": frozenset({"en"})}, {"languages": frozenset({"ko"})}, Bar.LANGUAGE),
        ({"times": frozenset({"mon"})}, {"times": frozenset({"tue"})}, Bar.TIME),
    ],
)
def test_what_stands_in_the_way_is_named(team: dict[str, object], mentor: dict[str, object], bar: Bar) -> None:
    found = match([Team(id="t", wishes=("m",), **team)], [someone("m", **mentor)], PERIOD)  # type: ignore[arg-type]
    assert found.pairs == {}
    assert found.why_not("t", "m").bars == (bar,)
    assert [change.bar for change in found.unmatched[0].changes] == ([] if bar is Bar.CONFLICT else [bar])


def test_vetting_on_exactly_the_period_is_enough() -> None:
    mentor = someone("m", vetted_from=PERIOD.first, vetted_until=PERIOD.last)
    assert match([Team(id="t")], [mentor], PERIOD).pairs == {"t": "m"}


def test_fit_says_what_fits_and_what_does_not() -> None:
    team = Team(id="t", topics=frozenset({"vision", "data"}), times=frozenset({"mon", "tue"}), wishes=("n", "m"))
    found = match([team], [someone("m", topics=frozenset({"data"}), times=frozenset({"mon"})), someone("n", 0)], PERIOD)
    fit = found.matched[0].fit
    assert (fit.topics, fit.missing, fit.times, fit.wish) == (
        frozenset({"data"}),
        frozenset({"vision"}),
        frozenset({"mon"}),
        2,
    )
    assert fit.points == 50 + 10 + 40


def test_nobody_and_nothing() -> None:
    assert match([], [], PERIOD).pairs == {}
    assert match([], [someone("m")], PERIOD).loads == {"m": 0}
    assert match([Team(id="t")], [], PERIOD).unmatched[0].shortage is None


def test_lists_that_cannot_be() -> None:
    with pytest.raises(RepeatedError, match="t"):
        match([Team(id="t"), Team(id="t")], [], PERIOD)
    with pytest.raises(RepeatedError):
        match([Team(id="t", wishes=("m", "m"))], [someone("m")], PERIOD)
    with pytest.raises(UnknownError, match="nobody"):
        match([Team(id="t", wishes=("nobody",))], [], PERIOD)
    with pytest.raises(UnknownError):
        match([Team(id="t")], [someone("m")], PERIOD).why_not("t", "nobody")
    with pytest.raises(UnknownError):
        match([Team(id="t")], [someone("m")], PERIOD).why_not("t", "m")
    with pytest.raises(RangeError):
        match([], [someone("m", -1)], PERIOD)
    with pytest.raises(RangeError):
        Weights(load=-1)
    with pytest.raises(RangeError):
        Period(date(2026, 2, 1), date(2026, 1, 1))


def test_what_is_kept_answers_as_the_matching_did() -> None:
    rng = random.Random(20)
    asked = 0
    for _case in range(60):
        teams, mentors = small(rng)
        found = match(teams, mentors, PERIOD, weights=WEIGHTS)
        kept = reopen(keep(found))
        for team in teams:
            assert kept.mentor_of(team.id) == found.pairs.get(team.id)
            for mentor in mentors:
                assert kept.fit(team.id, mentor.id, WEIGHTS) == fit(team, mentor, PERIOD, WEIGHTS)
                if found.pairs.get(team.id) != mentor.id:
                    assert kept.why_not(team.id, mentor.id) == found.why_not(team.id, mentor.id)
                    asked += 1
    assert asked > 100


def test_what_is_kept_knows_no_strangers() -> None:
    kept = reopen(keep(match([Team(id="t")], [someone("m")], PERIOD)))
    for team, mentor in (("x", "m"), ("t", "x"), ("t", "m")):
        with pytest.raises(UnknownError):
            kept.why_not(team, mentor)
    with pytest.raises(UnknownError):
        kept.mentor_of("x")
