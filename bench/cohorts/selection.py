"""A selection of 10,000 applications from reviewers to reserve: `python -m bench.cohorts.selection`.

Three stages with two reviewers each (60,000 reviews), six sub-quotas that overlap, made-up people whose marks depend on what the
quotas ask about, so that quotas bite. Seconds are CPU seconds and wall seconds of one process on one thread. At the end, the sets
chosen in small cases are compared with the best of all sets.
"""

import argparse
import os
import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from bench.learners.timing import timed
from bench.machine import machine
from saem.lib.selection import (
    Application,
    Choice,
    Draw,
    Offer,
    OfferState,
    Reading,
    Review,
    Reviewer,
    SelectionRules,
    assign,
    check_applications,
    check_rules,
    choose,
    choose_seats,
    commitment,
    drawn,
    next_offers,
    replay,
    reserve_list,
    run,
    score,
)
from saem.lib.selection.agreement import agreement, severities
from saem.lib.selection.stages import bounds_for
from tests.lib.selection.rulebook import best_set, small_cases

Result = TypeVar("Result")
DRAW = Draw("5ae3" * 16, "7 11 16 35 36 44")
OFFICES = [f"office-{number}" for number in range(11)]


def title(text: str) -> dict[str, str]:
    return {"ko": text, "en": text}


def declared(seats: int) -> SelectionRules:
    def stage(name: str, weight: int, **more: Any) -> dict[str, Any]:
        criteria = [{"id": f"c{number}", "title": title("c"), "maximum": 10} for number in range(2)]
        return {"id": name, "title": title(name), "weight": weight, "reviews": 2, "disagreement": 30, "minimum": 0,
                "criteria": criteria, **more}  # fmt: skip

    def quota(name: str, where: dict[str, list[str]], **more: Any) -> dict[str, Any]:
        return {"id": name, "title": title(name), "where": where, **more}

    return SelectionRules.model_validate({
        "title": title("selection"),
        "seats": seats,
        "stages": [stage("screening", 30), stage("test", 40), stage("interview", 30, standardise=True)],
        "tie_breaks": [{"by": "stage", "stage": "interview"}, {"by": "younger"}, {"by": "lottery"}],
        "attributes": {"office": OFFICES, "school": ["general", "special", "vocational"], "gender": ["girl", "boy"],
                       "support": ["yes", "no"], "size": ["small", "large"], "before": ["yes", "no"]},
        "quotas": [
            quota("support", {"support": ["yes"]}, at_least="10%"),
            quota("west", {"office": OFFICES[:3]}, at_least="25%"),
            quota("girls", {"gender": ["girl"]}, at_least="40%", at_most="60%"),
            quota("special", {"school": ["special"]}, at_most="8%"),
            quota("small", {"size": ["small"]}, at_least="20%", strength="target"),
            quota("first", {"before": ["no"]}, at_least="66%", strength="target"),
        ],
        "reserve": {"length": seats // 2, "each_quota": seats // 10},
    })  # fmt: skip


def people(number: int, rng: random.Random) -> tuple[list[Application], dict[str, float]]:
    applications, abilities = [], {}
    for place in range(number):
        attributes = {
            "office": rng.choice(OFFICES), "school": rng.choices(["general", "special", "vocational"], [80, 10, 10])[0],
            "gender": rng.choices(["girl", "boy"], [35, 65])[0], "support": rng.choices(["yes", "no"], [8, 92])[0],
            "size": rng.choices(["small", "large"], [15, 85])[0], "before": rng.choice(["yes", "no"]),
        }  # fmt: skip
        name = f"A-{place:05d}"
        applications.append(Application(
            id=name, attributes=attributes, born=date(2009, 3, 1) + timedelta(days=rng.randrange(900)),
            applied=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(seconds=rng.randrange(10**6)),
        ))  # fmt: skip
        shift = 0.6 * (attributes["school"] == "special") + 0.4 * (attributes["before"] == "yes")
        shift -= 0.5 * (attributes["support"] == "yes") + 0.4 * (attributes["size"] == "small")
        abilities[name] = rng.gauss(shift, 1)
    return applications, abilities


def desks(names: Sequence[str], rng: random.Random) -> tuple[list[Reading], list[Reviewer]]:
    tracks = "abcd"
    reviewers = [
        Reviewer(id=f"R{number:03d}", limit=rng.choice([110, 120, 150]), tracks=frozenset(rng.sample(tracks, 2)),
                 ties=frozenset({f"school:{number}"}))
        for number in range(200)
    ]  # fmt: skip
    readings = [
        Reading(id=name, track=rng.choices(tracks, [4, 3, 2, 1])[0], ties=frozenset({f"school:{rng.randrange(400)}"}))
        for name in names
    ]
    return readings, reviewers


def reviewed(
    rules: SelectionRules, read_by: dict[str, tuple[str, ...]], abilities: dict[str, float], rng: random.Random
) -> list[Review]:
    return [
        Review(
            name,
            reviewer,
            stage.id,
            criterion.id,
            min(10, max(0, round(2 * rng.gauss(5 + 1.5 * abilities[name], 1)) / 2)),
        )
        for stage in rules.stages
        for name, reviewers in read_by.items()
        for reviewer in reviewers
        for criterion in stage.criteria
    ]


def told(what: str, work: Callable[[], Result]) -> Result:
    cpu, wall, result = timed(work)
    print(f"| {what} | {cpu:.2f} | {wall:.2f} |")
    return result


def passed_on(rules: SelectionRules, order: Sequence[str], choice: Choice, applications: Sequence[Application]) -> int:
    """How many offers are made when a tenth of the chosen decline at once."""
    declines = set(choice.chosen[::10])
    offers = [Offer(name, OfferState.DECLINED if name in declines else OfferState.OPEN) for name in choice.chosen]
    waiting = [each.application for each in reserve_list(choice, rules.reserve)]
    return len(next_offers(order, bounds_for(rules, applications), rules.seats, offers, waiting).offers)


def measure(number: int, seats: int) -> None:
    rng, rules = random.Random(1), declared(seats)
    applications, abilities = people(number, rng)
    names = [application.id for application in applications]
    readings, reviewers = desks(names, rng)
    print(f"\n{number:,} applications, {seats:,} seats\n\n| | CPU s | wall s |\n|---|---|---|")
    problems = told(
        "rules and applications checked", lambda: (check_rules(rules), check_applications(rules, applications))
    )
    assert problems == ((), ())
    found = told("two of 200 reviewers for each", lambda: assign(readings, reviewers, 2, seed="s"))
    told("one reviewer drops out", lambda: assign(readings, reviewers[1:], 2, seed="s", given=found.reviewers))
    reviews = reviewed(rules, dict(found.reviewers), abilities, rng)
    scores = told(f"{len(reviews):,} numbers to points", lambda: score(rules, names, reviews))
    told("agreement and severity", lambda: [(agreement(marks), severities(marks)) for marks in scores.marks.values()])
    last = told("three stages ranked", lambda: run(rules, applications, scores, DRAW))[-1]
    choice = told("seats chosen and explained", lambda: choose_seats(rules, applications, last))
    order = [ranked.id for ranked in last.ranking]
    offers = told("a tenth declines, offers pass on", lambda: passed_on(rules, order, choice, applications))
    told("the draw run again", lambda: replay(DRAW, drawn(DRAW, names), commitment(DRAW.secret)))
    by_rank = choose(order, (), seats)
    print(f"\noutside their field {found.outside}, unmet {len(found.unmet)}, loads {sorted(set(found.loads.values()))}")
    print(
        f"disagreements {len(scores.disagreements)}; offers passed on {offers}; {len(set(choice.chosen) - set(by_rank.chosen))} of {seats} seats by quotas"
    )
    print("quotas", [(kept.quota, kept.count, kept.at_least, kept.at_most) for kept in choice.quotas])
    print(Counter(each.standing.value for each in choice.placements))


def compare(cases: int) -> None:
    wrong = 0
    for order, bounds, seats, held in small_cases(2026, cases):
        choice = choose(order, bounds, seats, held=held)
        wrong += (frozenset(choice.chosen), choice.is_feasible) != best_set(order, bounds, seats, held)
    print(f"\nsmall cases in which trying all sets finds another set: {wrong} of {cases:,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applications", type=int, default=10_000)
    parser.add_argument("--cases", type=int, default=5_000)
    asked = parser.parse_args()
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}")
    for seats in (80, 500, 2_000):
        measure(asked.applications, seats)
    compare(asked.cases)


if __name__ == "__main__":
    main()
