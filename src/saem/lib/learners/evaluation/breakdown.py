"""The same errors skill by skill and group by group, so that a mean hides nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.responses import Floats, Responses

from .metrics import Scores, scores

Places = NDArray[np.int64]
DEFINITIONS = {
    "skill_auc": "AUC over all rows that carry the skill; a row with several skills counts in each",
    "mean_skill_auc": "mean over skills that have an AUC, weighted by rows",
    "group_gap": "mean predicted chance minus mean outcome of a group's rows",
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
    """`gap` is above 0 where the model expects more of this group than it shows."""

    group: str
    scores: Scores
    gap: float


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


def by_group(groups: Sequence[str], outcome: Floats, chance: Floats) -> tuple[GroupError, ...]:
    """One error for each group; `groups` (n,) names the group of each row."""
    names, codes = np.unique(np.array(groups, dtype=object).astype(str), return_inverse=True)
    parts = _parts(codes, np.arange(len(outcome)), len(names))
    return tuple(
        GroupError(str(name), scores(outcome[rows], chance[rows]), float(chance[rows].mean() - outcome[rows].mean()))
        for name, rows in zip(names, parts, strict=True)
    )


def _parts(codes: Places, rows: Places, count: int) -> list[Places]:
    """The rows of each code."""
    order = np.argsort(codes, kind="stable")
    return np.split(rows[order], np.cumsum(np.bincount(codes, minlength=count))[:-1]) if count else []
