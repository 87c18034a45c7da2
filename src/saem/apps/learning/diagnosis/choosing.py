"""The next item of a diagnosis, and whether there is one."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from saem.apps.learning.diagnosis.bank import LONGEST, SHORTEST, DiagnosisBank
from saem.lib.learners.adaptive import (
    Blueprint,
    Content,
    Nothing,
    Pick,
    Policy,
    Progress,
    Progressive,
    StopCode,
    diagnosis_stop,
    met_before,
    next_item,
    resumed,
)

Entry = dict[str, Any]
SEEDS = 2**31
STOP = diagnosis_stop(SHORTEST, LONGEST)


def answered_of(given: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in given if entry["score"] is not None]


def progress_of(bank: DiagnosisBank, given: Sequence[Entry]) -> Progress:
    done = answered_of(given)
    return resumed(bank.tables, [entry["item"] for entry in done], [entry["score"] == 1 for entry in done])


def stopped(progress: Progress) -> str:
    """Why the test ends here, as a StopCode, or nothing where it goes on."""
    stop = STOP.stop(progress.posterior, len(progress.given))
    return stop.code.value if stop else ""


def pick(bank: DiagnosisBank, progress: Progress, *, met: Collection[str], draw: Sequence[int]) -> Pick | Nothing:
    """An item that was not met in the other diagnosis, or, once there is none left, any other.

    `draw` seeds the chance in the choice: it rules the first items, so that not everybody begins with the same ones.
    """
    recent = met_before(bank.tables, bank.tables.codes(sorted(met & bank.items.keys())))
    for closed in (recent, None):
        chosen = next_item(bank.tables, progress, policy(bank, progress), np.random.default_rng(draw), recent=closed)
        if isinstance(chosen, Pick):
            return chosen
    return Nothing(StopCode.ITEMS_USED_UP.value)


def policy(bank: DiagnosisBank, progress: Progress) -> Policy:
    """The shortest test holds every skill as evenly as the bank allows; items after it measure what is least sure."""
    rule = Progressive(LONGEST)
    if len(progress.given) >= SHORTEST:
        return Policy(rule)
    skills = [item.skills for item in bank.items.values()]
    return Policy(rule, content=Content.of(bank.tables, skills, blueprint(skills)))


def blueprint(skills: Sequence[Sequence[str]]) -> Blueprint:
    """At least an equal share of each skill, or what there is of it; where skills are many, none of them twice."""
    supply: dict[str, int] = {}
    for skill in (skill for row in skills for skill in set(row)):
        supply[skill] = supply.get(skill, 0) + 1
    share = SHORTEST // max(1, len(supply))
    if share == 0:
        return Blueprint(SHORTEST, dict.fromkeys(supply, (0, 1)))
    return Blueprint(SHORTEST, {skill: (min(share, items), SHORTEST) for skill, items in supply.items()})


def seed_other_than(seeds: Mapping[str, int], item: str) -> int:
    """A variant of one's own; never the one that the other diagnosis showed."""
    seed = secrets.randbelow(SEEDS)
    return seed if seeds.get(item) != seed else (seed + 1) % SEEDS
