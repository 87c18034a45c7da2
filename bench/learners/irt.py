"""Two-parameter items against mirt (R) and girth: `python -m bench.learners.irt --rscript PATH --peer-python PATH`.

Both sides get the same matrix of simulated answers. CPU seconds are of the fit alone, without reading the data; ours
include laying out the table and all standard errors, mirt's do not unless `--peer-errors` is given. Set
OMP_NUM_THREADS=1 for a comparison on one thread; R finds mirt through R_LIBS.
"""

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.machine import machine
from saem.lib.learners.irt.calibration import Calibration, Settings, calibrate
from saem.lib.learners.irt.expectation import expect
from saem.lib.learners.irt.families import Family, FourParameter, Graded, PartialCredit, ThreeParameter
from saem.lib.learners.irt.quadrature import Grid
from saem.lib.learners.irt.table import Table

MIRT = """
suppressMessages(library(mirt))
args <- commandArgs(TRUE); n <- as.integer(args[2]); j <- as.integer(args[3])
x <- matrix(readBin(args[1], "integer", n * j, size = 1), n, j); x[x < 0] <- NA
colnames(x) <- paste0("i", 1:j)
took <- system.time(m <- mirt(x, 1, itemtype = "2PL", SE = args[4] == "yes", verbose = FALSE))
p <- coef(m, simplify = TRUE)$items
cat(sprintf('{"cpu": %f, "ll": %.4f, "iterations": %d, "a": [%s], "d": [%s]}', took[[1]] + took[[2]],
  extract.mirt(m, "logLik"), extract.mirt(m, "iterations"),
  paste(p[, 1], collapse = ","), paste(p[, 2], collapse = ",")))
"""
GIRTH = """
import json, sys, time, numpy as np
from girth import twopl_mml
x = np.fromfile(sys.argv[1], np.int8).reshape(int(sys.argv[3]), int(sys.argv[2]))
c = time.process_time(); r = twopl_mml(x.astype(int)); c = time.process_time() - c
a, b = r["Discrimination"], r["Difficulty"]
print(json.dumps({"cpu": c, "iterations": 0, "a": list(a), "d": list(-a * b)}))
"""
SHAPES = {"1k": (1_000, 30), "10k": (10_000, 100), "100k": (100_000, 200)}
# girth needs minutes beyond this many answers.
GIRTH_LIMIT = 2_000_000


@dataclass(frozen=True)
class World:
    """Simulated answers (persons, items), -1 where not asked, and the truth."""

    answers: NDArray[np.int8]
    slope: NDArray[np.float64]
    difficulty: NDArray[np.float64]

    def errors(self, slope: NDArray[np.float64], intercept: NDArray[np.float64]) -> tuple[float, float]:
        """Root mean square errors of discrimination and difficulty."""
        away = slope - self.slope, -intercept / slope - self.difficulty
        return tuple(float(np.sqrt(np.mean(each**2))) for each in away)  # type: ignore[return-value]


def world(persons: int, items: int, *, missing: str = "none", seed: int = 1) -> World:
    random = np.random.default_rng(seed)
    slope, difficulty = random.lognormal(0.0, 0.3, items), random.normal(0.0, 1.0, items)
    logit = slope * (random.normal(0.0, 1.0, persons)[:, None] - difficulty)
    answers = (random.random((persons, items), dtype=np.float32) < 1 / (1 + np.exp(-logit))).astype(np.int8)
    if missing == "random":
        answers[random.random(answers.shape, dtype=np.float32) < 0.5] = -1
    if missing == "booklets":
        # Six booklets of half the items each; neighbours share items.
        booklet, place = np.arange(persons) % 6, np.arange(items) * 6 // items
        answers[(place[None, :] - booklet[:, None]) % 6 > 2] = -1
    return World(answers, slope, difficulty)


def ours(given: World, errors: str, repeat: int) -> tuple[float, Calibration]:
    """The least CPU seconds of so many fits, table and errors included."""
    names = [f"i{code}" for code in range(given.answers.shape[1])]
    least = float("inf")
    for _ in range(repeat):
        started = time.process_time()
        table = Table.from_matrix(given.answers)
        found = calibrate(table, PartialCredit(np.full(len(names), 2)), names, Settings(errors=errors))
        least = min(least, time.process_time() - started)
    return least, found


def peer(command: list[str], script: str, given: World, *rest: str) -> dict[str, float]:
    """What a peer's script prints as JSON; it reads the answers by columns."""
    with tempfile.TemporaryDirectory() as folder:
        data, code = Path(folder) / "answers.bin", Path(folder) / "peer.txt"
        np.asfortranarray(given.answers).T.tofile(data)
        code.write_text(script)
        size = [str(each) for each in given.answers.shape]
        done = subprocess.run(
            [*command, str(code), str(data), *size, *rest], capture_output=True, text=True, check=True
        )
    answer: dict[str, float] = json.loads(done.stdout[done.stdout.index("{") :])
    return answer


def likelihood_at(given: World, slope: NDArray[np.float64], intercept: NDArray[np.float64]) -> float:
    """Our marginal log-likelihood, on a fine grid, of a peer's parameters."""
    table = Table.from_matrix(given.answers)
    family = PartialCredit(np.full(table.items, 2))
    values = np.stack([slope, intercept], axis=1)
    return expect(table, family, values, Grid(step=0.05)).log_likelihood


def compare(name: str, missing: str, options: argparse.Namespace) -> None:
    given = world(*SHAPES[name], missing=missing)
    persons, items = given.answers.shape
    print(f"\n### {persons:,} × {items}, missing: {missing}\n")
    print(
        "| | CPU s | iterations | LL (at its parameters, step 0.05) | RMSE a / b | ratio |\n|---|---|---|---|---|---|"
    )

    def show(who: str, cpu: float, iterations: float, values: NDArray[np.float64], ratio: float | None) -> None:
        likelihood = likelihood_at(given, values[:, 0], values[:, 1])
        slope, difficulty = given.errors(values[:, 0], values[:, 1])
        times = "" if ratio is None else f"{ratio:.0f}×"
        print(f"| {who} | {cpu:.3f} | {iterations:.0f} | {likelihood:.2f} | {slope:.4f} / {difficulty:.4f} | {times} |")

    for errors in ("none", "auto"):
        cpu, found = ours(given, errors, options.repeat)
        words = "no errors" if found.uncertainty is None else f"errors: {found.uncertainty.method}"
        show(f"saem, {words}", cpu, found.solution.iterations, found.values, None)
    peers: dict[str, Callable[[], dict[str, float]]] = {}
    if options.rscript and missing == "none":
        errors = "yes" if options.peer_errors else "no"
        peers[f"mirt, errors: {errors}"] = lambda: peer([options.rscript, "--vanilla"], MIRT, given, errors)
    if options.peer_python and missing == "none" and given.answers.size < GIRTH_LIMIT:
        peers["girth, no errors"] = lambda: peer([options.peer_python], GIRTH, given)
    for who, run in peers.items():
        answer = run()
        values = np.stack([answer["a"], answer["d"]], axis=1)
        show(who, answer["cpu"], answer["iterations"], values, answer["cpu"] / cpu)


def families(repeat: int) -> None:
    """The other models on 2,000 × 40, two starts and errors included; graded ones have four categories."""
    print("\n### Other models, 2,000 × 40\n\n| | CPU s | iterations | converged | errors |\n|---|---|---|---|---|")
    random, given = np.random.default_rng(2), world(2_000, 40)
    share = 1 / (1 + np.exp(-(random.normal(size=(2_000, 1)) - random.normal(size=40))))
    steps = random.binomial(3, share)
    kinds: list[tuple[str, Family, NDArray[np.integer]]] = [
        ("1PL", PartialCredit(np.full(40, 2), equal_slopes=True), given.answers),
        ("3PL", ThreeParameter(np.full(40, 2)), given.answers),
        ("4PL", FourParameter(np.full(40, 2)), given.answers),
        ("GRM", Graded(np.full(40, 4)), steps),
        ("GPCM", PartialCredit(np.full(40, 4)), steps),
    ]
    for name, family, answers in kinds:
        least = float("inf")
        for _ in range(repeat):
            started = time.process_time()
            found = calibrate(
                Table.from_matrix(answers, family.categories),
                family,
                [str(code) for code in range(40)],
                Settings(starts=2),
            )
            least = min(least, time.process_time() - started)
        assert found.uncertainty is not None
        method, solution = found.uncertainty.method, found.solution
        print(f"| {name} | {least:.3f} | {solution.iterations} | {solution.converged} | {method} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rscript", default="", help="Rscript that has mirt")
    parser.add_argument("--peer-python", default="", help="a Python that has girth")
    parser.add_argument("--peer-errors", action="store_true", help="let mirt find standard errors, too")
    parser.add_argument("--shapes", nargs="*", default=list(SHAPES), choices=list(SHAPES))
    parser.add_argument("--missing", nargs="*", default=["none", "booklets", "random"])
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    print(f"## Item response models\n\n{machine()}")
    for name in options.shapes:
        for missing in options.missing:
            compare(name, missing, options)
    families(options.repeat)


if __name__ == "__main__":
    main()
