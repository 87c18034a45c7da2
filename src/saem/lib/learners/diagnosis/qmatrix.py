"""The Q-matrix: which skills each item needs, and whether it can tell the skills apart."""

from dataclasses import dataclass

import numpy as np

from saem.lib.learners.errors import ParameterError, ResponsesError
from saem.lib.learners.findings import Finding, Weight
from saem.lib.learners.model import names_of
from saem.lib.learners.responses import Booleans, Responses

# 2^10 classes: more skills need a model with structure among them, not a bigger table.
MOST_SKILLS = 10
# Below this many items a skill's classes and its items' errors are not both determined (Gu & Xu 2021, Psychometrika).
FEWEST_ITEMS = 3


def profiles_of(skills: int) -> Booleans:
    """(2^skills, skills): every set of mastered skills; class c has skill k where bit k of c is set."""
    return np.asarray((np.arange(2**skills)[:, None] >> np.arange(skills)) & 1, dtype=np.bool_)


@dataclass(frozen=True)
class QMatrix:
    """`needs` (items, skills) says which skills each item needs; `items` and `skills` are their names."""

    needs: Booleans
    items: tuple[str, ...]
    skills: tuple[str, ...]


def q_of_responses(responses: Responses) -> tuple[QMatrix, tuple[Finding, ...]]:
    """From the tag sets in which each item occurs, with `item_tags_differ` where they disagree: then it needs all of
    their skills. Items and skills that occur in no row are left out. Raises ResponsesError `item_without_skill`.
    """
    needs = np.zeros((len(responses.items), len(responses.skills)), dtype=np.bool_)
    pairs = np.unique(np.stack([responses.item, responses.tag], axis=1), axis=0)
    for item, tag in pairs:
        needs[item, list(responses.tag_sets[tag])] = True
    tag_sets = np.bincount(pairs[:, 0], minlength=len(needs))
    findings = tuple(Finding("item_tags_differ", where=responses.items[item]) for item in np.flatnonzero(tag_sets > 1))
    items, skills = np.flatnonzero(tag_sets).tolist(), np.flatnonzero(needs.any(axis=0)).tolist()
    q = QMatrix(needs[np.ix_(items, skills)], names_of(items, responses.items), names_of(skills, responses.skills))
    return q, findings + check_q(q)


def check_q(q: QMatrix) -> tuple[Finding, ...]:
    """What a Q-matrix cannot tell. Raises ResponsesError `item_without_skill` or ParameterError for too many skills.

    `skill_not_identified`: no item needs this skill alone, so a DINA model cannot tell all classes apart (Chiu, Douglas
    & Li 2009, Psychometrika). `skill_in_few_items`: under three items need it.
    """
    empty = np.flatnonzero(~q.needs.any(axis=1))
    if len(empty):
        raise ResponsesError("item_without_skill", where=q.items[empty[0]])
    if len(q.skills) > MOST_SKILLS:
        raise ParameterError(f"{len(q.skills)} skills make 2^{len(q.skills)} classes; at most {MOST_SKILLS} skills")
    alone = q.needs[q.needs.sum(axis=1) == 1].any(axis=0)
    few = q.needs.sum(axis=0) < FEWEST_ITEMS
    return (
        *(Finding("skill_not_identified", where=name) for name in names_of(np.flatnonzero(~alone).tolist(), q.skills)),
        *(
            Finding("skill_in_few_items", name, weight=Weight.NOTE)
            for name in names_of(np.flatnonzero(few).tolist(), q.skills)
        ),
    )
