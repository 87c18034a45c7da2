"""After the choice: the ranked reserve, offers that run out, and who is next so that seats and quotas still hold.

Everything is a function of the state: who was ranked, and what became of each offer. Asked twice, it says the same;
asked after seats or quotas were changed, it starts from the offers there are. An offer that is open or accepted is
never taken back: `held` people are in the choice whatever the numbers, and a note says where that costs a rule.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from saem.lib.selection.choosing import Choice, choose
from saem.lib.selection.errors import RepeatedError, SelectionError, UnknownError
from saem.lib.selection.problems import repeated
from saem.lib.selection.quotas import Bound
from saem.lib.selection.rules import Reserve


class OfferState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # accepted and gave the seat back

    @property
    def holds(self) -> bool:
        return self in {OfferState.OPEN, OfferState.ACCEPTED}


@dataclass(frozen=True)
class Offer:
    """`expires` has a time zone; at that moment the offer has run out. None never does."""

    application: str
    state: OfferState
    expires: datetime | None = None


@dataclass(frozen=True)
class Waiting:
    """Somebody on the reserve: `place` counts from 1 in the order of ranks; `rank` is that of the whole list."""

    application: str
    place: int
    rank: int


class Note(StrEnum):
    """What must be said beside the next offers."""

    SEATS_BELOW_HELD = "seats_below_held"  # more hold offers than there are seats; nobody loses one
    OVER_AT_MOST = "over_at_most"  # a quota holds more than its most
    SHORT_OF_AT_LEAST = "short_of_at_least"  # the reserve cannot fill a quota's least number
    SEATS_STAY_EMPTY = "seats_stay_empty"  # nobody on the reserve can take a seat


@dataclass(frozen=True)
class Said:
    """A note with its number of people; `quota` is empty where it is about the seats."""

    note: Note
    people: int
    quota: str = ""


@dataclass(frozen=True)
class Passing:
    """`offers` are to be made now, best-ranked first; `choice` says why each, and who was passed over."""

    offers: tuple[str, ...]
    notes: tuple[Said, ...]
    choice: Choice


def reserve_list(choice: Choice, reserve: Reserve) -> tuple[Waiting, ...]:
    """The best-ranked `length` of those without a seat, and the next of each quota that has a floor, until
    `each_quota` of it (or all there are) wait. Published once; offers pass on only to people on it.
    """
    rest = [(each.id, each.rank) for each in choice.placements if not each.standing.is_chosen]
    chosen = {name for name, _ in rest[: reserve.length]}
    for bound in choice.bounds:
        if bound.has_floor:
            chosen.update([name for name, _ in rest if name in bound.members][: reserve.each_quota])
    listed = [(name, rank) for name, rank in rest if name in chosen]
    return tuple(Waiting(name, place, rank) for place, (name, rank) in enumerate(listed, start=1))


def expired(offers: Iterable[Offer], now: datetime) -> tuple[Offer, ...]:
    """The offers, with those open ones expired whose time has come. Raises SelectionError for times without a zone."""
    return tuple(
        replace(offer, state=OfferState.EXPIRED)
        if offer.state is OfferState.OPEN and offer.expires is not None and _is_past(offer.expires, now)
        else offer
        for offer in offers
    )


def _is_past(moment: datetime, now: datetime) -> bool:
    if moment.tzinfo is None or now.tzinfo is None:
        raise SelectionError("a time without a zone")
    return moment <= now


def next_offers(
    order: Sequence[str],
    bounds: Sequence[Bound],
    seats: int,
    offers: Sequence[Offer],
    reserve: Iterable[str],
) -> Passing:
    """Whom to offer a seat now.

    `order` is the ranking, best first; `bounds` and `seats` as they are today. Those who hold an offer stay; those
    who declined, let one run out or withdrew do not come back; the others are chosen from `reserve` (names) by the
    goals of `choosing`, so the seats are refilled as well as the quotas, given the offers there are, allow. While
    nobody has an offer yet, give as `reserve` the first choice and its reserve. Raises UnknownError for an offer or a
    reserve of a stranger, RepeatedError for two offers to one person.
    """
    states = _states(offers)
    waiting = set(reserve)
    strangers = (states.keys() | waiting) - set(order)
    if strangers:
        raise UnknownError(min(strangers))
    held = {name for name, state in states.items() if state.holds}
    pool = [name for name in order if name in held or (name in waiting and name not in states)]
    choice = choose(pool, bounds, seats, held=held)
    following = tuple(name for name in choice.chosen if name not in held)
    return Passing(following, tuple(_notes(choice, len(held), seats)), choice)


def _states(offers: Sequence[Offer]) -> Mapping[str, OfferState]:
    twice = repeated(offer.application for offer in offers)
    if twice:
        raise RepeatedError(twice[0])
    return {offer.application: offer.state for offer in offers}


def _notes(choice: Choice, held: int, seats: int) -> Iterator[Said]:
    if held > seats:
        yield Said(Note.SEATS_BELOW_HELD, held - seats)
    if len(choice.chosen) < seats:
        yield Said(Note.SEATS_STAY_EMPTY, seats - len(choice.chosen))
    for kept in choice.quotas:
        if kept.over:
            yield Said(Note.OVER_AT_MOST, kept.over, kept.quota)
        if kept.missing:
            yield Said(Note.SHORT_OF_AT_LEAST, kept.missing, kept.quota)
