"""The same errors skill by skill and group by group, so that a mean hides nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.responses import Codes, Floats, Responses

from .metrics import Scores, scores

Places = NDArray[np.int64]
# What a row belongs to: one group, or several that are looked at side by side.
Groups = Sequence[str] | Sequence[tuple[str, ...]]
DEFINITIONS = {
    "skill_auc": "AUC over all rows that carry the skill; a row with several skills counts in each",
    "mean_skill_auc": "mean over skills that have an AUC, weighted by rows",
    "group_gap": "mean predicted chance minus mean outcome of a group's rows",
}
# Part of the protocol only where there are groups, so that numbers without them keep their hashes.
GROUP_DEFINITIONS = {
    "group_gap_error": "standard error of group_gap, robust to the likeness of one student's rows (cluster sandwich,"
    " factor G / (G - 1) for G students); none for one student",
}


@dataclass(frozen=True)
class SkillScore:
    """`auc` is None where the skill's rows are all right, all wrong, or not right-or-wrong."""

    skill: str
    n: int
    mean_outcome: float
    auc: float | None


@dataclass(frozen=True)
class GroupError:
    """`gap` is above 0 where the model expects more of this group than it shows; `gap_error` is its standard error."""

    group: str
    scores: Scores
    gap: float
    students: int
    gap_error: float | None


def by_skill(responses: Responses, outcome: Floats, chance: Floats) -> tuple[SkillScore, ...]:
    """One score for each skill that occurs, in the order of their names."""
    sizes = np.array([len(codes) for codes in responses.tag_sets], dtype=np.int64)
    flat = np.array([code for codes in responses.tag_sets for code in codes], dtype=np.int64)
    repeats = sizes[responses.tag]
    begins = np.concatenate([[0], np.cumsum(sizes)])[responses.tag]
    within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    skill = flat[np.repeat(begins, repeats) + within]
    row = np.repeat(np.arange(len(outcome)), repeats)
    parts = _parts(skill, row, len(responses.skills))
    return tuple(
        SkillScore(name, len(rows), float(outcome[rows].mean()), scores(outcome[rows], chance[rows]).auc)
        for name, rows in sorted(zip(responses.skills, parts, strict=True), key=lambda part: part[0])
        if len(rows)
    )


def mean_skill_auc(skills: Sequence[SkillScore]) -> float | None:
    """Weighted by rows; None where no skill has an AUC."""
    known = [(skill.auc, skill.n) for skill in skills if skill.auc is not None]
    return sum(auc * n for auc, n in known) / sum(n for _auc, n in known) if known else None


def by_group(groups: Groups, student: Codes, outcome: Floats, chance: Floats) -> tuple[GroupError, ...]:
    """One error for each group in the order of their names; `groups` (n,) says where each row belongs.

    A row of several groups counts in each. `student` (n,) tells whose rows are alike.
    """
    places: dict[str, list[int]] = {}
    for row, own in enumerate(groups):
        for name in (own,) if isinstance(own, str) else own:
            places.setdefault(name, []).append(row)
    return tuple(
        _group_error(name, student[rows], outcome[rows], chance[rows])
        for name, rows in sorted((name, np.array(rows, dtype=np.int64)) for name, rows in places.items())
    )


def _group_error(name: str, student: Codes, outcome: Floats, chance: Floats) -> GroupError:
    off = chance - outcome
    gap = float(off.mean())
    _known, who = np.unique(student, return_inverse=True)
    sums = np.bincount(who, weights=off - gap)
    count = len(sums)
    error = float(np.sqrt(count / (count - 1) * (sums @ sums)) / len(off)) if count > 1 else None
    return GroupError(name, scores(outcome, chance), gap, count, error)


def _parts(codes: Places, rows: Places, count: int) -> list[Places]:
    """The rows of each code."""
    order = np.argsort(codes, kind="stable")
    return np.split(rows[order], np.cumsum(np.bincount(codes, minlength=count))[:-1]) if count else []
