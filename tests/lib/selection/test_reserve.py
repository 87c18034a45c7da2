"""Offers pass on: to whom quotas then need, never away from anybody, the same whenever it is asked."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from saem.lib.selection import (
    Bound,
    Note,
    Offer,
    OfferState,
    RepeatedError,
    SelectionError,
    UnknownError,
    choose,
    expired,
    next_offers,
    reserve_list,
)
from saem.lib.selection.rules import Reserve
from tests.lib.selection.rulebook import best_set, small_cases

GIRLS = Bound(id="girls", members=frozenset("cefh"), at_least=1, at_most=2)
ORDER = "abcdefgh"
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


def offers(text: str, state: OfferState = OfferState.OPEN) -> list[Offer]:
    return [Offer(name, state) for name in text]


def test_the_reserve_is_ranked_and_holds_some_of_each_quota() -> None:
    choice = choose(ORDER, [GIRLS], 3)
    assert choice.chosen == ("a", "b", "c")
    listed = reserve_list(choice, Reserve(length=1, each_quota=2))
    assert [(each.application, each.place, each.rank) for each in listed] == [("d", 1, 4), ("e", 2, 5), ("f", 3, 6)]
    assert reserve_list(choice, Reserve()) == ()


def test_a_declined_offer_goes_to_the_next_in_rank_or_to_whom_a_quota_needs() -> None:
    declined = [*offers("ac", OfferState.ACCEPTED), *offers("b", OfferState.DECLINED)]
    assert next_offers(ORDER, [GIRLS], 3, declined, "defg").offers == ("d",)
    declined = [*offers("ab", OfferState.ACCEPTED), *offers("c", OfferState.DECLINED)]
    assert next_offers(ORDER, [GIRLS], 3, declined, "defg").offers == ("e",)


def test_a_full_cap_is_kept() -> None:
    held = [*offers("ce", OfferState.ACCEPTED), *offers("ad", OfferState.WITHDRAWN)]
    assert next_offers(ORDER, [GIRLS], 3, held, "bfgh").offers == ("b",)
    assert next_offers(ORDER, [GIRLS], 3, held, "fh").offers == ()
    assert [said.note for said in next_offers(ORDER, [GIRLS], 3, held, "fh").notes] == [Note.SEATS_STAY_EMPTY]


def test_an_offer_runs_out_at_its_moment_and_only_while_open() -> None:
    given = [
        Offer("a", OfferState.OPEN, NOW),
        Offer("b", OfferState.OPEN, NOW + timedelta(seconds=1)),
        Offer("c", OfferState.ACCEPTED, NOW - timedelta(days=1)),
        Offer("d", OfferState.OPEN),
    ]
    states = [offer.state for offer in expired(given, NOW)]
    assert states == [OfferState.EXPIRED, OfferState.OPEN, OfferState.ACCEPTED, OfferState.OPEN]
    with pytest.raises(SelectionError):
        expired(given, NOW.replace(tzinfo=None))


def test_fewer_seats_later_take_nothing_from_anybody() -> None:
    passing = next_offers(ORDER, [GIRLS], 2, offers("abd", OfferState.ACCEPTED), "efg")
    assert passing.offers == ()
    assert set(passing.choice.chosen) == set("abd")
    said = {(each.note, each.people, each.quota) for each in passing.notes}
    assert said == {(Note.SEATS_BELOW_HELD, 1, ""), (Note.SHORT_OF_AT_LEAST, 1, "girls")}


def test_a_cap_that_was_lowered_later_is_told() -> None:
    passing = next_offers(ORDER, [Bound(id="girls", members=GIRLS.members, at_most=1)], 3, offers("ce"), "ab")
    assert (passing.offers, [each.note for each in passing.notes]) == (("a",), [Note.OVER_AT_MOST])


def test_more_seats_later_are_offered_to_the_reserve() -> None:
    assert next_offers(ORDER, [GIRLS], 5, offers("abc"), "def").offers == ("d", "e")


def test_the_first_offers_are_the_choice_and_asking_again_offers_nothing() -> None:
    first = next_offers(ORDER, [GIRLS], 3, [], ORDER)
    assert first.offers == choose(ORDER, [GIRLS], 3).chosen
    assert next_offers(ORDER, [GIRLS], 3, offers("".join(first.offers)), "def").offers == ()


def test_whatever_people_answer_the_held_are_the_best_set_around_those_who_stay() -> None:
    rng = random.Random(11)
    for order, bounds, seats, _ in small_cases(5, 30):
        states: dict[str, OfferState] = {}
        for _ in range(4):
            given = [Offer(name, state) for name, state in states.items()]
            passing = next_offers(order, bounds, seats, given, order)
            held = {name for name, state in states.items() if state.holds}
            left = [name for name in order if name in held or name not in states]
            assert (held | set(passing.offers), passing.choice.is_feasible) == best_set(left, bounds, seats, held)
            assert not set(passing.offers) & states.keys()
            states |= dict.fromkeys(passing.offers, OfferState.OPEN)
            for name in [name for name, state in states.items() if state is OfferState.OPEN]:
                states[name] = rng.choice(
                    [OfferState.ACCEPTED, OfferState.ACCEPTED, OfferState.DECLINED, OfferState.OPEN]
                )


def test_strangers_and_two_offers_to_one_person() -> None:
    with pytest.raises(UnknownError):
        next_offers(ORDER, [], 3, offers("z"), "")
    with pytest.raises(UnknownError):
        next_offers(ORDER, [], 3, [], "z")
    with pytest.raises(RepeatedError):
        next_offers(ORDER, [], 3, offers("aa"), "")
