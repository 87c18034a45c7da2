"""Mentors for 500 teams: `python -m bench.projects.matching`.

Made-up teams and mentors. Some topics are wanted more than mentors have them, some mentors are wished for by many, a twentieth is not
vetted to the end. Seconds are CPU seconds and wall seconds of one process. At the end small cases are compared with the best of
all assignments.
"""

import argparse
import os
import random
from collections import Counter
from datetime import date

from bench.learners.timing import timed
from bench.machine import machine
from saem.lib.matching import Matching, Mentor, Team, match
from tests.lib.matching.cases import PERIOD, WEIGHTS, best, small

TOPICS = [f"topic-{number}" for number in range(12)]
TIMES = [f"{day}-{hour}" for day in ("mon", "tue", "wed", "thu", "fri", "sat") for hour in (16, 18, 20)]


def people(teams: int, mentors: int, places: int, rng: random.Random) -> tuple[list[Team], list[Mentor]]:
    found = [
        Mentor(
            id=f"M{number:03d}", places=rng.randint(1, places), topics=frozenset(rng.sample(TOPICS, rng.randint(1, 4))),
            languages=frozenset(rng.choices([["ko"], ["ko", "en"], ["en"]], [6, 3, 1])[0]),
            times=frozenset(rng.sample(TIMES, rng.randint(2, 6))), ties=frozenset({f"school:{rng.randrange(150)}"}),
            vetted_from=date(2026, 1, 1), vetted_until=date(2026, 12 if rng.random() < 0.95 else 5, 28),
        )
        for number in range(mentors)
    ]  # fmt: skip
    # Wishes crowd on a few mentors.
    wished = [each.id for each in found for _ in range(1 + 20 * (int(each.id[1:]) < mentors // 20))]
    return [
        Team(
            id=f"T{number:03d}", topics=frozenset(rng.choices(TOPICS, range(12, 0, -1), k=rng.randint(1, 3))),
            languages=frozenset(rng.choices([["ko"], ["en"], []], [8, 1, 1])[0]),
            times=frozenset(rng.sample(TIMES, rng.randint(2, 5))), ties=frozenset({f"school:{rng.randrange(150)}"}),
            wishes=tuple(dict.fromkeys(rng.choices(wished, k=3))),
        )
        for number in range(teams)
    ], found  # fmt: skip


def measure(teams: list[Team], mentors: list[Mentor]) -> None:
    print(f"\n{len(teams)} teams, {len(mentors)} mentors with {sum(each.places for each in mentors)} places\n")
    print("| | CPU s | wall s |\n|---|---|---|")
    cpu, wall, found = timed(lambda: match(teams, mentors, PERIOD))
    print(f"| matched | {cpu:.2f} | {wall:.2f} |")
    cpu, wall, explained = timed(lambda: (found.is_best, found.matched, found.unmatched))
    print(f"| everybody's reasons | {cpu:.2f} | {wall:.2f} |")
    print(f"\nno exchange makes it better: {explained[0]}; matched {len(found.pairs)}, without {len(found.unmatched)}")
    told(found)


def told(found: Matching) -> None:
    wishes = Counter(each.fit.wish for each in found.matched)
    refused = [each.first_wish for each in found.matched if each.first_wish]
    print(
        f"first, second, third wish: {wishes[1]}, {wishes[2]}, {wishes[3]}; loads {sorted(Counter(found.loads.values()).items())}"
    )
    costs = sorted(each.cost for each in refused if each.cost is not None)
    print(f"first wishes not given: {len(refused) - len(costs)} impossible, {len(costs)} that would cost all together "
          f"{costs[len(costs) // 2] if costs else 0} points in the middle")  # fmt: skip
    if found.unmatched:
        helped = sum(bool(each.more_places or each.changes) for each in found.unmatched)
        print(f"of those without a mentor {helped} are told what would be enough")


def compare(cases: int) -> None:
    rng, wrong = random.Random(2026), 0
    for _ in range(cases):
        teams, mentors = small(rng)
        given = match(teams, mentors, PERIOD, weights=WEIGHTS).given
        wrong += tuple(None if each < 0 else int(each) for each in given) != best(teams, mentors)[1]
    print(f"\nsmall cases in which trying all assignments finds another: {wrong} of {cases:,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=500)
    parser.add_argument("--mentors", type=int, default=200)
    parser.add_argument("--cases", type=int, default=3_000)
    asked = parser.parse_args()
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}")
    for places in (5, 2):
        measure(*people(asked.teams, asked.mentors, places, random.Random(1)))
    compare(asked.cases)


if __name__ == "__main__":
    main()
