"""`python -m bench.learners.adaptive --peer-python PATH`: a step of an adaptive test here and in catsim, in one run.

Same bank, same learners, same draws, same number of items. The peer's Python needs catsim 0.21.0 and runs alone, on one
thread; seconds are CPU seconds of the process, and each figure is the median of its repeats.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.machine import machine, percentile
from saem.lib.learners.adaptive import (
    Candidate,
    KullbackLeibler,
    Learner,
    MaximumInformation,
    Met,
    Nothing,
    Policy,
    PosteriorInformation,
    PosteriorKullbackLeibler,
    PracticePolicy,
    Precomputed,
    Progressive,
    Stepper,
    answered,
    choose,
    measured,
    next_item,
    resumed,
    started,
)
from saem.lib.learners.adaptive.exposure import sympson_hetter
from saem.lib.learners.adaptive.simulation import Simulation, simulate
from saem.lib.learners.irt.bank import ItemBank
from saem.lib.learners.model import Estimate

Numbers = NDArray[np.float64]

PEER = """
import json, sys, time
import numpy as np
from catsim.estimation import NumericalSearchEstimator
from catsim.item_bank import ItemBank
from catsim.selection import MaxInfoSelector

world = np.load(sys.argv[1])
bank, draws, right_chance = ItemBank(world["bank"]), world["draws"], world["chance"]
selector, estimator = MaxInfoSelector(), NumericalSearchEstimator()
busy, choosing, items, answers, abilities = 0.0, 0.0, [], [], []
for learner, row in enumerate(draws):
    given, right, ability = [], [], 0.0
    for draw in row:
        begun = time.process_time()
        item = int(selector.select(item_bank=bank, administered_items=given, est_theta=ability))
        chosen = time.process_time()
        given.append(item)
        right.append(bool(draw < right_chance[learner, item]))
        estimating = time.process_time()
        ability = float(estimator.estimate(
            item_bank=bank, administered_items=given, response_vector=right, est_theta=ability))
        ended = time.process_time()
        choosing += chosen - begun
        busy += (chosen - begun) + (ended - estimating)
    items.append(given); answers.append(right); abilities.append(ability)
print(json.dumps({"step_us": 1e6 * busy / draws.size, "choose_us": 1e6 * choosing / draws.size,
                  "items": items, "right": answers, "abilities": abilities}))
"""


@dataclass(frozen=True)
class World:
    """A bank, learners, and one draw for each of their responses."""

    tables: Precomputed
    abilities: Numbers
    chance: Numbers
    draws: Numbers


def world(items: int, learners: int, length: int, seed: int) -> World:
    rng = np.random.default_rng(seed)
    names = tuple(f"item {code}" for code in range(items))
    bank = ItemBank(names, rng.lognormal(0, 0.3, items), rng.normal(size=items), np.zeros(items), np.ones(items))
    abilities = rng.normal(size=learners)
    return World(Precomputed.of(bank), abilities, bank.chance(abilities), rng.random((learners, length)))


def peer(python: Path, here: World) -> dict[str, Any]:
    bank = here.tables.bank
    columns = np.stack([bank.discrimination, bank.difficulty, bank.guess, bank.upper], axis=1)
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "world.npz"
        np.savez(file, bank=columns, draws=here.draws, chance=here.chance)
        done = subprocess.run(
            [str(python), "-c", PEER, str(file)],
            check=True, capture_output=True, text=True, env={**os.environ, **one_thread},
        )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def stepped(here: World) -> tuple[float, Numbers]:
    """Microseconds of a step by `Stepper`, the draw of the answer and the loop included, and the abilities."""
    steppers = [Stepper(here.tables) for _ in here.abilities]
    draws, chances = here.draws.tolist(), here.chance.tolist()
    begun = time.process_time()
    for stepper, row, chance in zip(steppers, draws, chances, strict=True):
        item = stepper.first()
        for draw in row:
            item = stepper.step(item, draw < chance[item])
    busy = time.process_time() - begun
    return 1e6 * busy / here.draws.size, np.array([stepper.mean for stepper in steppers])


def by_values(here: World, policy: Policy) -> tuple[float, Numbers]:
    """The same through `next_item` and `answered`, the interface with rules, content and exposure."""
    rng, abilities = np.random.default_rng(1), []
    draws, chances = here.draws.tolist(), here.chance.tolist()
    begun = time.process_time()
    for row, chance in zip(draws, chances, strict=True):
        progress = started(here.tables)
        for draw in row:
            pick = next_item(here.tables, progress, policy, rng)
            if isinstance(pick, Nothing):
                raise SystemExit("the bank is used up")
            progress = answered(here.tables, progress, pick, right=draw < chance[pick.item])
        abilities.append(progress.posterior.mean)
    return 1e6 * (time.process_time() - begun) / here.draws.size, np.array(abilities)


def cohorts(here: World, seed: int) -> float:
    """The same in whole cohorts."""
    begun = time.process_time()
    simulate(here.tables, here.abilities, length=here.draws.shape[1], seed=seed)
    return 1e6 * (time.process_time() - begun) / here.draws.size


def rmse(abilities: Numbers, here: World) -> float:
    return float(np.sqrt(np.mean((abilities - here.abilities) ** 2)))


def scored_alike(here: World, found: dict[str, Any]) -> tuple[float, float]:
    """The RMSE of the peer's items and answers under our two estimators: what its choice of items alone is worth."""
    names = here.tables.bank.items
    expected, weighted = [], []
    for items, right in zip(found["items"], found["right"], strict=True):
        given = [names[item] for item in items]
        expected.append(resumed(here.tables, given, right).posterior.mean)
        weighted.append(measured(here.tables.bank, given, right).ability)
    return rmse(np.array(expected), here), rmse(np.array(weighted), here)


def our_items(here: World) -> dict[str, Any]:
    rows: dict[str, Any] = {"items": [], "right": []}
    for row, chance in zip(here.draws, here.chance, strict=True):
        stepper = Stepper(here.tables)
        item = stepper.first()
        for draw in row:
            item = stepper.step(item, bool(draw < chance[item]))
        rows["items"].append(list(stepper.progress().given))
        rows["right"].append(list(stepper.progress().right))
    return rows


def steps_table(here: World, python: Path | None, repeat: int) -> None:
    cohorts(here, 0)
    ours, values, whole, theirs = [], [], [], []
    found: dict[str, Any] = {}
    # In turns, so that a busy minute of the machine falls on both.
    for turn in range(repeat):
        ours.append(stepped(here)[0])
        values.append(by_values(here, Policy())[0])
        whole.append(cohorts(here, turn))
        if python:
            found = peer(python, here)
            theirs.append(found)
    base = statistics.median(each["step_us"] for each in theirs) if theirs else float("nan")
    print("| one step: answer, ability, next item | µs CPU | fastest | catsim's step ÷ this |\n|---|---|---|---|")
    rows = {"saem, Stepper (online)": ours, "saem, next_item + answered": values, "saem, simulate (cohort)": whole}
    if theirs:
        rows["catsim, select + estimate"] = [each["step_us"] for each in theirs]
        rows["catsim, select alone"] = [each["choose_us"] for each in theirs]
    for name, times in rows.items():
        middle = statistics.median(times)
        print(f"| {name} | {middle:.2f} | {min(times):.2f} | {base / middle:.0f}× |")
    print(f"\n| {here.draws.shape[1]} items, RMSE | own estimator | both by EAP | both by weighted likelihood |")
    print("|---|---|---|---|")
    expected, weighted = scored_alike(here, our_items(here))
    print(f"| saem | {rmse(stepped(here)[1], here):.4f} | {expected:.4f} | {weighted:.4f} |")
    if found:
        expected, weighted = scored_alike(here, found)
        print(f"| catsim | {rmse(np.array(found['abilities']), here):.4f} | {expected:.4f} | {weighted:.4f} |")


def rules_table(here: World) -> None:
    length = here.draws.shape[1]
    rules: dict[str, Policy] = {
        "maximum information": Policy(MaximumInformation()),
        "information over the posterior": Policy(PosteriorInformation()),
        "Kullback-Leibler": Policy(KullbackLeibler()),
        "Kullback-Leibler over the posterior": Policy(PosteriorKullbackLeibler()),
        "progressive": Policy(Progressive(length)),
        "best of five": Policy(among=5),
    }
    print("\n| rule, by next_item + answered | µs CPU a step | RMSE |\n|---|---|---|")
    for name, policy in rules.items():
        step, abilities = by_values(here, policy)
        print(f"| {name} | {step:.0f} | {rmse(abilities, here):.4f} |")


def exposure_table(tables: Precomputed, learners: int, length: int, target: float) -> None:
    """Exposure in fresh cohorts, with and without control."""
    rng = np.random.default_rng(7)
    seen, fresh = rng.normal(size=learners), rng.normal(size=learners)
    begun = time.process_time()
    control = sympson_hetter(tables, seen, target=target, length=length, seed=100)
    search = time.process_time() - begun
    both = sympson_hetter(tables, seen, target=target, length=length, seed=100, progressive=True)

    def run(**test: Any) -> Simulation:
        return simulate(tables, fresh, length=length, seed=5, **test)

    tests: dict[str, Callable[[], Simulation]] = {
        "maximum information": run,
        "best of five": lambda: run(among=5),
        "progressive": lambda: run(progressive=True),
        f"Sympson-Hetter, {target:g}": lambda: run(keep=control.keep),
        f"progressive and Sympson-Hetter, {target:g}": lambda: run(keep=both.keep, progressive=True),
    }
    print(
        f"\n| exposure, {learners} fresh learners, {length} of {len(tables)} items | largest | items used | overlap | RMSE |"
    )
    print("|---|---|---|---|---|")
    for name, test in tests.items():
        found = test()
        error = float(np.sqrt(np.mean((found.abilities - fresh) ** 2)))
        used = float((found.exposure > 0).mean())
        print(f"| {name} | {found.exposure.max():.3f} | {used:.0%} | {found.overlap:.3f} | {error:.4f} |")
    rates = ", ".join(f"{rate:.3f}" for rate in control.largest)
    print(
        f"\nSympson-Hetter: largest rate by round {rates} (the last two: one set of chances, two draws); converged: {control.converged}; {search:.2f} s CPU"
    )


def practice_line(items: int, skills: int, responses: int, repeat: int) -> None:
    """A choice in practice: `items` candidates of `skills` skills, a learner with so many responses behind them."""
    rng = np.random.default_rng(3)
    candidates = [Candidate(f"item {code}", (f"skill {code % skills}",)) for code in range(items)]
    chances = {each.item: float(chance) for each, chance in zip(candidates, rng.uniform(0.2, 0.95, items), strict=True)}
    levels = {f"skill {code}": float(level) for code, level in enumerate(rng.uniform(0, 1, skills))}
    mastery = {name: Estimate(level, max(0.0, level - 0.1), min(1.0, level + 0.1)) for name, level in levels.items()}
    met = [candidates[code] for code in rng.integers(0, items, responses)]
    history = tuple(Met(each.item, each.skills, right=True, time=60.0 * turn) for turn, each in enumerate(met))
    learner = Learner.of_numbers(chances, mastery, history, now=60.0 * responses)
    times = []
    for seed in range(repeat):
        begun = time.process_time()
        choose(candidates, learner, PracticePolicy(), seed)
        times.append(1e3 * (time.process_time() - begun))
    print(
        f"\nPractice, {items} items, {skills} skills, {responses} responses: {statistics.median(times):.2f} ms CPU a choice, p95 {percentile(times, 0.95):.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer-python", type=Path, help="a Python that has catsim 0.21.0; without it, ours alone")
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--learners", type=int, default=300)
    parser.add_argument("--length", type=int, default=20)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    here = world(options.items, options.learners, options.length, seed=1)
    print(f"An adaptive test from {options.items} 2PL items, {options.learners} learners. {machine()}\n")
    steps_table(here, options.peer_python, options.repeat)
    rules_table(here)
    practice_line(options.items, 20, 300, 200)
    exposure_table(here.tables, 5000, options.length, 0.2)


if __name__ == "__main__":
    main()
