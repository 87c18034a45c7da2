"""Rules, applications and reviews of a small intake, and brute force over all sets of people."""

import itertools
import random
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from saem.lib.selection import Application, Bound, Draw, Review, SelectionRules

DRAW = Draw("0" * 64, "7 11 16 35 36 44")


def title(text: str) -> dict[str, str]:
    return {"ko": f"{text} 전형", "en": text}


def document(**changes: Any) -> dict[str, Any]:
    """Rules as plain data: a screening that three times the seats pass, then an interview by two reviewers."""
    rules: dict[str, Any] = {
        "title": title("AI camp"),
        "seats": 4,
        "stages": [
            {"id": "screening", "title": title("screening"), "weight": 40, "advance": "300%", "criteria": [
                {"id": "motive", "title": title("motive"), "maximum": 5, "weight": 2},
                {"id": "plan", "title": title("plan"), "maximum": 10},
            ]},
            {"id": "interview", "title": title("interview"), "weight": 60, "reviews": 2, "disagreement": 20,
             "criteria": [{"id": "talk", "title": title("talk")}]},
        ],
        "tie_breaks": [{"by": "stage", "stage": "interview"}, {"by": "younger"}, {"by": "lottery"}],
        "attributes": {"office": ["north", "south"], "gender": ["girl", "boy"], "support": ["yes", "no"]},
        "quotas": [
            {"id": "support", "title": title("support"), "where": {"support": ["yes"]}, "at_least": "10%"},
            {"id": "girls", "title": title("girls"), "where": {"gender": ["girl"]}, "at_least": 1, "at_most": 3},
            {"id": "north", "title": title("north"), "where": {"office": ["north"]}, "at_least": 2,
             "strength": "target"},
        ],
        "reserve": {"length": 2, "each_quota": 1},
    }  # fmt: skip
    return rules | changes


def rules(**changes: Any) -> SelectionRules:
    return SelectionRules.model_validate(document(**changes))


def application(number: int, *, office: str = "south", gender: str = "boy", support: str = "no") -> Application:
    return Application(
        id=f"A-{number:03d}",
        attributes={"office": office, "gender": gender, "support": support},
        born=date(2010, 1, 1) + timedelta(days=number),
        applied=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=number),
    )


def screening(number: int, motive: float, plan: float) -> list[Review]:
    name = f"A-{number:03d}"
    return [Review(name, "R1", "screening", "motive", motive), Review(name, "R1", "screening", "plan", plan)]


def interview(number: int, *scores: float) -> list[Review]:
    name = f"A-{number:03d}"
    return [Review(name, f"R{place}", "interview", "talk", score) for place, score in enumerate(scores, start=1)]


def worth(
    chosen: Collection[str], order: Sequence[str], bounds: Sequence[Bound], seats: int, held: Collection[str]
) -> tuple[Any, ...] | None:
    """The goals of `choosing` as one tuple, smaller is better; None for a set that breaks a cap, the seats or an offer."""
    ins = set(chosen)
    counts = [len(bound.members & ins) for bound in bounds]
    floors = [max(0, bound.at_least - count) for bound, count in zip(bounds, counts, strict=True)]
    overs = [
        0 if bound.at_most is None else max(0, count - bound.at_most)
        for bound, count in zip(bounds, counts, strict=True)
    ]
    hard = [bound.is_hard for bound in bounds]
    allowed = [
        0 if bound.at_most is None else max(0, len(bound.members & set(held)) - bound.at_most) for bound in bounds
    ]
    if len(ins) > max(seats, len(held)) or not set(held) <= ins:
        return None
    if any(is_hard and over > most for is_hard, over, most in zip(hard, overs, allowed, strict=True)):
        return None
    missing = [floor for floor, is_hard in zip(floors, hard, strict=True) if is_hard]
    targets = [floor + over for floor, over, is_hard in zip(floors, overs, hard, strict=True) if not is_hard]
    return sum(missing), missing, -len(ins), targets, [name not in ins for name in order]


def best_set(
    order: Sequence[str], bounds: Sequence[Bound], seats: int, held: Collection[str] = ()
) -> tuple[frozenset[str], bool]:
    """By trying every set of people: the best, and whether the hard quotas hold in it."""
    sets = (each for size in range(len(order) + 1) for each in itertools.combinations(order, size))
    valued = ((worth(each, order, bounds, seats, held), each) for each in sets)
    best, chosen = min((value, each) for value, each in valued if value is not None)
    return frozenset(chosen), not best[0]


def small_cases(seed: int, number: int) -> Iterator[tuple[list[str], list[Bound], int, set[str]]]:
    """Orders of up to eight people, up to four quotas that overlap, are nested or contradict, and offers held."""
    rng = random.Random(seed)
    for _ in range(number):
        order = [f"p{place}" for place in range(rng.randint(0, 8))]
        rng.shuffle(order)
        bounds = []
        for quota in range(rng.randint(0, 4)):
            least, is_hard = rng.choice([0, 0, 1, 2, 3]), rng.random() < 0.6
            most = rng.choice([None, None, 0, 1, 2, 3, 4])
            # Hard quotas may contradict themselves; a target that does is refused with the rules.
            most = most if most is None or (is_hard and rng.random() < 0.2) else max(most, least)
            members = frozenset(name for name in order if rng.random() < 0.5)
            bounds.append(Bound(id=f"q{quota}", members=members, at_least=least, at_most=most, is_hard=is_hard))
        held = {name for name in order if rng.random() < 0.15} if rng.random() < 0.4 else set()
        yield order, bounds, rng.randint(0, len(order) + 2), held
