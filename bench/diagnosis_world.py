"""The learners of `bench.diagnosis`."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from unittest.mock import patch

import numpy as np

from saem.apps.learning.diagnosis import choosing
from saem.apps.learning.diagnosis.bank import DiagnosisBank, item_bank
from saem.apps.learning.itembank.parameters import parameters_of
from saem.lib.content import load
from saem.lib.content.items import left_out_of_diagnosis
from saem.lib.learners.adaptive import MaximumInformation, Pick, Precomputed, answered, measured, resumed

LEARNERS = 1000


def lines(folder: Path) -> Iterator[str]:
    bank = bank_in(folder)
    with patch.object(choosing, "Progressive", lambda _length: MaximumInformation()):
        yield line(folder.name, "most informative", bank)
    yield line(folder.name, "progressive", bank)


def bank_in(folder: Path) -> DiagnosisBank:
    program = load(folder).program
    assert program is not None
    items = {id_: item for id_, item in sorted(program.items.items()) if left_out_of_diagnosis(item) is None}
    parameters = parameters_of(items, {})
    return DiagnosisBank(Precomputed.of(item_bank(parameters)), items, parameters, "bench", None)


def line(name: str, rule: str, bank: DiagnosisBank) -> str:
    rng = np.random.default_rng(20261128)
    abilities = rng.normal(size=LEARNERS)
    tests, misses, errors = [], [], []
    for learner, ability in enumerate(abilities):
        progress = resumed(bank.tables, [], [])
        while not choosing.stopped(progress):
            pick = choosing.pick(bank, progress, met=(), draw=(learner, len(progress.given)))
            if not isinstance(pick, Pick):
                break
            right = bool(rng.random() < bank.tables.bank.chance(np.array([ability]))[0, pick.item])
            progress = answered(bank.tables, progress, pick, right=right)
        tests.append(progress.given)
        found = measured(bank.tables.bank, [bank.tables.bank.items[code] for code in progress.given], progress.right)
        misses.append(found.ability - ability)
        errors.append(found.error)
    counts = np.array(list(Counter(chain(*tests)).values()), dtype=float)
    first = max(Counter(test[0] for test in tests).values()) / LEARNERS
    overlap = (counts * (counts - 1)).sum() / ((LEARNERS - 1) * counts.sum())
    rmse = float(np.sqrt(np.mean(np.square(misses))))
    figures = (first, counts.max() / LEARNERS, overlap, float(np.mean(errors)), rmse)
    return f"| {name}, {len(bank.items)} | {rule} | " + " | ".join(f"{figure:.2f}" for figure in figures) + " |"
