"""What a diagnosis has to say about its responses and its result."""

from collections.abc import Iterator, Sequence

import numpy as np

from saem.lib.learners.findings import Finding, Weight
from saem.lib.learners.responses import Floats, Responses

from .em import EDGE, Design, Solution
from .qmatrix import QMatrix

# A skill with one of these is never called mastered or not.
REFUSALS = frozenset({"skill_not_identified", "skill_seen_once", "skill_all_right", "skill_all_wrong"})
CLOSE = 0.01


def response_findings(q: QMatrix, right: Floats, asked: Floats) -> Iterator[Finding]:
    """Items and skills that tell nothing, from the right and all answers by item (items,)."""
    yield from _lopsided("item", q.items, right, asked)
    skill_right, skill_asked = right @ q.needs, asked @ q.needs
    yield from _lopsided("skill", q.skills, skill_right, skill_asked)
    for skill in np.flatnonzero(skill_asked == 1):
        yield Finding("skill_seen_once", where=q.skills[skill])


def repeat_findings(responses: Responses) -> Iterator[Finding]:
    """The first row that asks a learner an item again: a diagnosis takes both answers as of one unchanged learner."""
    pairs = responses.student.astype(np.int64) * len(responses.items) + responses.item
    _, first = np.unique(pairs, return_index=True)
    if len(first) < len(pairs):
        again = np.setdiff1d(np.arange(len(pairs)), first)
        yield Finding("item_asked_again", responses.items[responses.item[again[0]]], int(again[0]), Weight.NOTE)


def solution_findings(q: QMatrix, design: Design, solution: Solution) -> Iterator[Finding]:
    """Items whose estimates are at a bound, that separate nobody, or that speak against their skills."""
    low, high = solution.chance[design.lowest], solution.chance[design.highest]
    for item, name in enumerate(q.items):
        mine = solution.chance[design.item == item]
        if abs(high[item] - low[item]) <= EDGE:
            yield Finding("item_separates_nobody", where=name)
        elif high[item] < low[item]:
            yield Finding("item_reversed", where=name)
        if mine.min() <= EDGE or mine.max() >= 1 - EDGE:
            yield Finding("chance_at_bound", where=name, weight=Weight.NOTE)
    if not solution.converged:
        yield Finding("not_converged")


def start_findings(log_likelihoods: Floats) -> Iterator[Finding]:
    """A best optimum that only one start found may not be the best there is."""
    if len(log_likelihoods) > 1 and (log_likelihoods >= log_likelihoods.max() - CLOSE).sum() == 1:
        yield Finding("starts_disagree", weight=Weight.NOTE)


def _lopsided(kind: str, names: Sequence[str], right: Floats, asked: Floats) -> Iterator[Finding]:
    for place, name in enumerate(names):
        if right[place] == asked[place]:
            yield Finding(f"{kind}_all_right", where=name)
        elif right[place] == 0:
            yield Finding(f"{kind}_all_wrong", where=name)
