"""Peer reviews of a large program: `python -m bench.projects.reviewing`.

Teams of two to five with a work each, three reviews of a person, one sample of three; then a twentieth of all people come late, with teams
that are new. Marks: half of all reviewers with a noise of 0.3 steps of five, half with 1.2; samples are marked like works.
"""

import argparse
import os
import random
import statistics

from bench.learners.timing import timed
from bench.machine import machine
from saem.lib.reviewing import Assignment, Given, Plan, Reviewer, Work, assign, reliabilities, weighted_marks

SAMPLES = [Work(f"sample-{number}") for number in range(3)]
SCALES = {"c": (1.0, 5.0)}


def school(teams: int, rng: random.Random) -> tuple[list[Reviewer], list[Work]]:
    reviewers = [
        Reviewer(f"p{team}-{place}", f"t{team}") for team in range(teams) for place in range(rng.randint(2, 5))
    ]
    return reviewers, [Work(f"w{team}", f"t{team}") for team in range(teams)]


def gaps(found: Assignment, rng: random.Random) -> tuple[float, float, float]:
    """Mean gap of works' marks to the truth, in steps: plain means, weighed ones, and weighed by the true noise."""
    truth = {task.work: rng.uniform(1.5, 4.5) for tasks in found.tasks.values() for task in tasks}
    noise = {name: rng.choice([0.3, 1.2]) for name in found.tasks}
    given = [
        Given(name, task.work, "c", min(5.0, max(1.0, rng.gauss(truth[task.work], noise[name]))))
        for name, tasks in found.tasks.items()
        for task in tasks
    ]
    expert = {(each.id, "c"): truth[each.id] for each in SAMPLES if each.id in truth}
    reliable = reliabilities(given, expert, SCALES)
    plain = [type(each)(each.reviewer, 0, None, None, None, 1.0) for each in reliable]
    known = [type(each)(each.reviewer, 0, None, None, None, noise[each.reviewer] ** -2) for each in reliable]
    results = []
    for weights in (plain, reliable, known):
        means = weighted_marks(given, weights, SCALES)
        results.append(statistics.mean(abs(means[work, "c"] - truth[work]) for work in found.received))
    return results[0], results[1], results[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=500)
    asked = parser.parse_args()
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}\n")
    rng = random.Random(1)
    reviewers, works = school(asked.teams, rng)
    late = asked.teams // 20
    early = [each for each in reviewers if int(each.team[1:]) >= late]
    plan = Plan(each=3, samples=1, seed="bench", secret=b"bench")
    print("| | CPU s | wall s | fewest and most reviews of a work |\n|---|---|---|---|")
    cpu, wall, first = timed(lambda: assign(early, works[late:], plan, samples=SAMPLES))
    print(
        f"| {len(early)} people, {len(works) - late} works | {cpu:.2f} | {wall:.2f} | {min(first.received.values())}, {max(first.received.values())} |"
    )
    begun = {name: [task.work for task in tasks[:2]] for name, tasks in first.tasks.items()}
    cpu, wall, second = timed(lambda: assign(reviewers, works, plan, samples=SAMPLES, kept=begun))
    print(
        f"| {len(reviewers) - len(early)} more, {late} works more, half of all begun | {cpu:.2f} | {wall:.2f} | {min(second.received.values())}, {max(second.received.values())} |"
    )
    print("\n| samples of each | gap of plain means | weighed | by the true noise |\n|---|---|---|---|")
    for samples in (1, 2, 3):
        found = assign(reviewers, works, Plan(each=3, samples=samples, seed="bench", secret=b"bench"), samples=SAMPLES)
        plain, weighed, known = gaps(found, random.Random(2))
        print(f"| {samples} | {plain:.3f} | {weighed:.3f} | {known:.3f} |")


if __name__ == "__main__":
    main()
