"""How often the interval of kappa holds the truth, and how long a double marking takes: `python -m bench.projects.agreement`.

Made-up works of a normal quality, marked on five steps by two markers with noise of 0.8 steps; the truth is kappa of two million.
"""

import os

import numpy as np

from bench.learners.timing import timed
from bench.machine import machine
from saem.lib.agreement import Mark, Scale, kappa, report

FIVE = Scale(1, 5)


def marked(number: int, rng: np.random.Generator) -> list[tuple[int, int]]:
    quality = rng.normal(3, 1.2, number)
    both = np.clip(np.rint(quality[:, None] + rng.normal(0, 0.8, (number, 2))), 1, 5).astype(int)
    return [(int(one), int(other)) for one, other in both]


def coverage(truth: float, number: int, runs: int) -> tuple[float, float]:
    """How often the interval holds the truth, and its mean width."""
    rng, held, widths = np.random.default_rng(number), 0, []
    for run in range(runs):
        found = kappa(marked(number, rng), FIVE, seed=run, samples=1_000)
        if found.low is not None and found.high is not None:
            held += found.low <= truth <= found.high
            widths.append(found.high - found.low)
    return held / runs, float(np.mean(widths))


def double_marking(works: int, markers: int, criteria: int) -> list[Mark]:
    rng, marks = np.random.default_rng(1), []
    for place in range(works):
        pair = rng.choice(markers, 2, replace=False)
        for criterion in range(criteria):
            for marker, value in zip(pair, marked(1, rng)[0], strict=True):
                given = None if rng.random() < 0.02 else value
                marks.append(Mark(f"w{place}", f"c{criterion}", f"m{marker:02d}", given, when=place))
    return marks


def main() -> None:
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}\n")
    truth = kappa(marked(2_000_000, np.random.default_rng(0)), FIVE, samples=0).value
    print(f"kappa {truth:.3f}\n\n| works | intervals of 95 % that hold it | mean width |\n|---|---|---|")
    for number in (15, 30, 60, 120, 300):
        share, width = coverage(truth, number, 1_000)
        print(f"| {number} | {share:.1%} | {width:.2f} |")
    marks = double_marking(2_000, 20, 5)
    cpu, wall, _ = timed(lambda: report(marks, {f"c{number}": FIVE for number in range(5)}))
    print(f"\n2,000 works, 20 markers, 5 criteria, 2,000 samples each: {cpu:.2f} CPU s, {wall:.2f} wall s")


if __name__ == "__main__":
    main()
