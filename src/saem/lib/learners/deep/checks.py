"""What a deep model has to say about its responses, and about items and skills that it never met."""

from collections.abc import Collection, Iterator

import numpy as np

from saem.lib.learners.findings import Finding, Weight
from saem.lib.learners.model import Asked
from saem.lib.learners.responses import Booleans, Responses

from .sequences import members_of

# A skill with one of these is never called mastered or not.
REFUSALS = frozenset({"skill_seen_once", "skill_all_right", "skill_all_wrong"})
FEWEST_STUDENTS = 10
FEWEST_RESPONSES = 1000


def response_findings(responses: Responses) -> Iterator[Finding]:
    """Skills that tell nothing, items without a skill, and data too small for a network."""
    needs: Booleans = members_of(responses.tag_sets, responses.skills, responses.skills)[:, 1:] > 0
    tags, size = responses.tag, len(responses.tag_sets)
    asked = np.bincount(tags, minlength=size) @ needs
    right = np.bincount(tags, responses.score, size) @ needs
    for skill in np.flatnonzero(asked):
        name = responses.skills[skill]
        if asked[skill] == 1:
            yield Finding("skill_seen_once", where=name)
        if right[skill] in {0, asked[skill]}:
            yield Finding("skill_all_right" if right[skill] else "skill_all_wrong", where=name)
    bare = np.array([not names for names in responses.tag_sets])
    for row in np.flatnonzero(bare[tags])[:1]:
        yield Finding("item_without_skill", responses.items[responses.item[row]], int(row), Weight.NOTE)
    if len(np.unique(responses.student)) < FEWEST_STUDENTS:
        yield Finding("too_few_students_to_validate")
    if len(responses) < FEWEST_RESPONSES:
        yield Finding("few_responses_for_a_network")


def unknown(asked: Asked, items: Collection[str], skills: Collection[str]) -> Iterator[Finding]:
    """`unknown_item` and `unknown_skill`, each by name."""
    if asked.item not in items:
        yield Finding("unknown_item", where=asked.item)
    yield from (Finding("unknown_skill", where=name) for name in asked.skills if name not in skills)
