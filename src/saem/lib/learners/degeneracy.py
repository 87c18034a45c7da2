"""What responses cannot tell a model about: found before a fit, named in its findings."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .findings import Finding, Weight
from .responses import UNKNOWN, Booleans, Codes, Responses

# Findings of one kind that are named one by one; then one more says how many there are.
MOST_NAMED = 20


def named(code: str, names: Sequence[str], weight: Weight = Weight.WARNING) -> Iterator[Finding]:
    """A finding for each of the first names, and `(and 130 more)` for the others."""
    for name in names[:MOST_NAMED]:
        yield Finding(code, name, weight=weight)
    if len(names) > MOST_NAMED:
        yield Finding(code, f"(and {len(names) - MOST_NAMED} more)", weight=weight)


def degeneracies(responses: Responses, right: Booleans) -> Iterator[Finding]:
    """Skills seen once, or all right or wrong (each named); items likewise, as notes; one outcome in all rows."""
    if right.all() or not right.any():
        yield Finding("one_outcome", "right" if right.all() else "wrong")
    skills = [skill for codes in responses.tag_sets for skill in codes]
    place = np.repeat(np.arange(len(responses.tag_sets)), [len(codes) for codes in responses.tag_sets])
    seen = np.bincount(responses.tag, minlength=len(responses.tag_sets))
    rights = np.bincount(responses.tag, weights=right, minlength=len(responses.tag_sets))
    size = len(responses.skills)
    of_skill = (np.bincount(skills, weights=count[place], minlength=size) for count in (seen, rights))
    yield from _one_sided("skill", responses.skills, *of_skill, weight=Weight.WARNING)
    items = np.bincount(responses.item), np.bincount(responses.item, weights=right)
    yield from _one_sided("item", responses.items, *items, weight=Weight.NOTE)
    yield from _students_seen_once(responses)


def degenerate_skills(findings: Iterable[Finding]) -> dict[str, str]:
    """The first code said about each degenerate skill."""
    return {each.where: each.code for each in reversed(tuple(findings)) if each.code.startswith("skill_")}


def unknown(kind: str, names: Sequence[str], codes: Codes, met: NDArray[np.integer]) -> Iterator[Finding]:
    """`unknown_item` or `unknown_skill` for the names met that the model does not know."""
    yield from named(f"unknown_{kind}", [names[code] for code in np.unique(met) if codes[code] == UNKNOWN])


def _one_sided(
    kind: str, names: Sequence[str], seen: NDArray[np.number], rights: NDArray[np.number], *, weight: Weight
) -> Iterator[Finding]:
    for code, which in (
        ("seen_once", seen == 1),
        ("all_right", (seen > 1) & (rights == seen)),
        ("all_wrong", (seen > 1) & (rights == 0)),
    ):
        yield from named(f"{kind}_{code}", [names[at] for at in np.flatnonzero(which).tolist()], weight)


def _students_seen_once(responses: Responses) -> Iterator[Finding]:
    once = np.flatnonzero(np.bincount(responses.student)[responses.student] == 1)
    if len(once):
        # By its row, not by name: findings travel with the model, and a model names no person.
        yield Finding("student_seen_once", f"{len(once)} in all", int(once[0]), Weight.NOTE)
