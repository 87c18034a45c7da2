"""`python -m bench.learners.bkt --peer-python PATH`: BKT beside pyBKT, fits and predictions, on the same responses.

PATH is the Python of an environment with pyBKT 1.4.3, built with a compiler, and scikit-learn 1.5.2. Without
`--responses CSV` (columns student, item, skill, correct; several skills joined by `~`) responses are drawn in the shape of
ASSISTments 2009: 149 skills, 3,114 students, 41,212 sequences whose number for each skill and whose lengths are skewed
alike, answers from knowing, learning, guessing and slipping with each skill's own chances.

Both are warm: imports and compiling are not counted, preparing data is. Repetitions take turns. Predictions are timed
twice: from rows that each has ready in its own form (`Responses`; a DataFrame whose students are numbers), and from
columns of names, from which ours codes `Responses` and pyBKT's user a DataFrame.
"""

import argparse
import csv
import json
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bench.learners.timing import timed
from bench.machine import machine
from saem.lib.learners import Responses
from saem.lib.learners.bkt import BKT
from saem.lib.learners.bkt.sequences import sequences_of
from saem.lib.learners.bkt.task import GUESS, LEARN, PRIOR, SLIP
from saem.lib.learners.bkt.tracing import Rates, Rows, trace

STUDENTS, SKILLS, SEQUENCES, ITEMS = 3_114, 149, 41_212, 17_708
# What ours is asked for: loosely, as it comes, and until the total is within 1e-3 of where it would end.
OURS: dict[str, dict[str, Any]] = {
    "ours, tolerance 0.1": {"tolerance": 0.1},
    "ours, default (0.001 a skill)": {},
    "ours, converged (1e-7 a skill)": {"tolerance": 1e-7, "most_iterations": 20_000},
    "ours, 1 start, tolerance 0.1": {"starts": 1, "tolerance": 0.1},
}
# Runs in the peer's environment: reads the CSV, then answers one line of JSON for every line it gets.
PEER = """
import json, sys, time
import numpy as np, pandas as pd
from pyBKT.models import Model
from pyBKT.fit import EM_fit
table = pd.read_csv(sys.argv[1], dtype={"student": str, "item": str, "skill": str})
named = pd.DataFrame({"user_id": table["student"], "skill_name": table["skill"], "correct": table["correct"]})
# The names pyBKT looks for, students as numbers and rows as they stand: what is quickest for it.
table = pd.DataFrame({"user_id": pd.factorize(table["student"])[0], "skill_name": table["skill"], "correct": table["correct"]})
model = Model(seed=42, num_fits=5, parallel=sys.argv[2] == "parallel")
compiled = "E_step" in dir(EM_fit)
def measured(work):
    wall = time.perf_counter()
    process = time.process_time()
    result = work()
    return time.process_time() - process, time.perf_counter() - wall, result
for line in sys.stdin:
    if line.strip() == "fit":
        cpu, wall, _ = measured(lambda: model.fit(data=table))
        found = {skill: [float(one["learns"][0]), 0.0, float(one["prior"]), float(one["guesses"][0]), float(one["slips"][0])]
                 for skill, one in model.coef_.items()}
        print(json.dumps({"cpu": cpu, "wall": wall, "theta": found, "compiled": compiled}), flush=True)
    else:
        asked, first = line.split()
        if asked == "ready":
            rows = table.iloc[int(first):].copy()
            cpu, wall, out = measured(lambda: model.predict(data=rows))
        else:
            columns = {name: named[name].iloc[int(first):].tolist() for name in named}
            cpu, wall, out = measured(lambda: model.predict(data=pd.DataFrame(columns)))
        print(json.dumps({"cpu": cpu, "wall": wall, "rows": len(out)}), flush=True)
"""


@dataclass
class Column:
    name: str
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    likelihood: float = 0.0

    @property
    def least(self) -> float:
        return min(self.cpu)

    @property
    def median(self) -> float:
        return statistics.median(self.cpu)


def simulated(seed: int = 0) -> list[tuple[str, str, str, str]]:
    """Rows of student, item, skill, correct. A skill's share of sequences is lognormal (σ 2), sequence lengths are 1 + a
    lognormal with median 4 and σ 1, cut at 290, so that mean, median and 99th percentile are near 6.8, 4 and 49.
    """
    rng = np.random.default_rng(seed)
    share = rng.lognormal(0.0, 2.0, SKILLS)
    wanted = np.maximum(1, np.minimum(1300, share / share.sum() * SEQUENCES)).astype(int)
    while wanted.sum() < SEQUENCES:
        wanted[rng.choice(np.flatnonzero(wanted < 1300), size=200)] += 1
    rows: list[tuple[str, str, str, str]] = []
    for skill, count in enumerate(wanted):
        prior, learn, guess, slip = rng.uniform([0.1, 0.02, 0.05, 0.05], [0.8, 0.3, 0.4, 0.3])
        for student in rng.choice(STUDENTS, size=count, replace=False):
            length = int(min(290, 1 + rng.lognormal(np.log(3.4), 1.05)))
            knows = rng.random(length) < 0
            learnt = 0 if rng.random() < prior else int(rng.geometric(learn))
            knows[learnt:] = True
            right = rng.random(length) < np.where(knows, 1 - slip, guess)
            rows += [(f"s{student}", f"i{rng.integers(ITEMS)}", f"k{skill}", str(int(one))) for one in right]
    by_student = np.argsort([int(row[0][1:]) for row in rows], kind="stable")
    return [rows[k] for k in by_student]


def columns_of(rows: list[tuple[str, str, str, str]]) -> list[Any]:
    """What `Responses.from_columns` takes."""
    student, item, skill, correct = zip(*rows, strict=True)
    return [student, item, [tuple(one.split("~")) for one in skill], [float(one) for one in correct]]


def exact_likelihood(responses: Responses, theta: dict[str, list[float]]) -> float:
    """Of any parameters, by the kernel that predicts: the sum of the logs of its chances."""
    table = np.array([theta[name] for name in responses.tag_names])
    right = responses.right_or_wrong()
    rows = Rows(responses.student, responses.tag, responses.tag, right)
    rates = Rates(
        table[:, [LEARN, 1]],
        np.ascontiguousarray(table[:, [PRIOR]]),
        np.ascontiguousarray(table[:, [GUESS, SLIP]]),
        np.zeros(2),
    )
    chance = trace(responses.by_student.astype(np.int32), rows, rates)
    return float(np.log(np.where(right, chance, 1 - chance)).sum())


class Peer:
    """pyBKT in its own environment, kept running so that its imports are not timed."""

    def __init__(self, python: Path, file: Path, way: str) -> None:
        self.process = subprocess.Popen(
            [python, "-W", "ignore", "-c", PEER, file, way], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, line: str) -> dict[str, object]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())  # type: ignore[no-any-return]

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=30)


def fits(responses: Responses, peers: dict[str, Peer], repeat: int, named: list[Any]) -> list[Column]:
    columns = {name: Column(name) for name in (*peers, *OURS, "ours, default, and coding the names")}
    for choices in OURS.values():
        BKT(**choices).fit(responses)
    for _ in range(repeat):
        for name, peer in peers.items():
            answer = peer.ask("fit")
            columns[name].cpu.append(answer["cpu"])
            columns[name].wall.append(answer["wall"])
            columns[name].likelihood = exact_likelihood(responses, answer["theta"])
            assert answer["compiled"], "the peer is its slow build without a compiler"
        models = {name: BKT(**choices) for name, choices in OURS.items()}
        for name, model in models.items():
            cpu, wall, _ = timed(lambda model=model: model.fit(responses))
            theta = dict(zip(model.table_.names, model.table_.theta, strict=False))
            columns[name].likelihood = exact_likelihood(responses, theta)
            columns[name].cpu.append(cpu)
            columns[name].wall.append(wall)
        whole = columns["ours, default, and coding the names"]
        cpu, wall, model = timed(lambda: BKT().fit(Responses.from_columns(*named)))
        whole.cpu.append(cpu)
        whole.wall.append(wall)
        whole.likelihood = model.fit_.log_likelihood
    return list(columns.values())


def predictions(responses: Responses, named: list[Any], peer: Peer | None, repeat: int) -> list[str]:
    """The last fifth of the rows as a test set, and all of them; from rows that are ready, and from names."""
    model, lines = BKT().fit(responses), []
    for first in (len(responses) * 4 // 5, 0):
        part, columns = responses.rows(np.arange(len(responses)) >= first), [column[first:] for column in named]
        ways: dict[str, Callable[[], object]] = {
            "ready": lambda part=part: model.predict(part),
            "named": lambda columns=columns: model.predict(Responses.from_columns(*columns)),
        }
        for way, predict in ways.items():
            predict()
            ours, theirs = [], []
            for _ in range(repeat):
                ours += [timed(predict)[:2] for _ in range(10)]
                if peer:
                    answer = peer.ask(f"{way} {first}")
                    theirs.append((answer["cpu"], answer["wall"]))
            lines.append(f"| {len(part):,} rows, {way} | {beside(ours, theirs)} |")
    return lines


def beside(ours: list[tuple[float, float]], theirs: list[tuple[float, float]]) -> str:
    """Least CPU and wall times of both, ours in milliseconds, and their ratios."""
    cells = []
    for clock in (0, 1):
        least = min(each[clock] for each in ours)
        peer = min((each[clock] for each in theirs), default=None)
        cells.append(f"{least * 1e3:.2f} | " + ("– | –" if peer is None else f"{peer:.3f} | {peer / least:,.0f}×"))
    return " | ".join(cells)


def limit(responses: Responses) -> float:
    """Where the climbs of the same starts end when they are given all the time they want."""
    return BKT(tolerance=1e-10, most_iterations=50_000).fit(responses).fit_.log_likelihood


def show(columns: list[Column], best: float) -> None:
    peer = next((column for column in columns if column.name.startswith("pyBKT")), None)
    print(
        "| fit | CPU s, least | CPU s, median | wall s, least | exact log-likelihood | below the limit | pyBKT's CPU / this, least | median |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for one in columns:
        ratios = f"{peer.least / one.least:.1f}× | {peer.median / one.median:.1f}×" if peer else "– | –"
        print(
            f"| {one.name} | {one.least:.4f} | {one.median:.4f} | {min(one.wall):.4f} | {one.likelihood:,.3f} | {best - one.likelihood:.4f} | {ratios} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-python", type=Path)
    parser.add_argument("--responses", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = asked.responses or Path(folder) / "responses.csv"
        if not asked.responses:
            with file.open("w", newline="") as out:
                csv.writer(out).writerows([("student", "item", "skill", "correct"), *simulated()])
        with file.open(newline="") as source:
            rows = [(row["student"], row["item"], row["skill"], row["correct"]) for row in csv.DictReader(source)]
        named = columns_of(rows)
        responses = Responses.from_columns(*named)
        data = sequences_of(
            responses.right_or_wrong(),
            responses.tag,
            responses.student,
            tags=len(responses.tag_sets),
            students=len(responses.students),
        )
        ways = ("parallel", "serial") if asked.peer_python else ()
        peers = {f"pyBKT 1.4.3, 5 starts, {way}": Peer(asked.peer_python, file, way) for way in ways}
        print(
            f"\nBKT, {len(responses):,} responses, {len(responses.tag_sets)} skills, {data.counts.sum():,.0f} sequences, {len(data.counts):,} different. {machine()}\n"
        )
        show(fits(responses, peers, asked.repeat, named), limit(responses))
        print("\n| predict | ours, CPU ms | pyBKT, CPU s | ratio | ours, wall ms | pyBKT, wall s | ratio |")
        print("|---|---|---|---|---|---|---|")
        peer = next((peer for name, peer in peers.items() if name.endswith("serial")), None)
        print("\n".join(predictions(responses, named, peer, min(3, asked.repeat))))
        for peer in peers.values():
            peer.close()


if __name__ == "__main__":
    main()
