"""Who meets which item when: sizes and skewness of a log, without its answers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.responses import Codes, Floats, Responses

Places = NDArray[np.int64]
SECONDS_BETWEEN = 40.0
DAY = 86_400.0


@dataclass(frozen=True)
class Shape:
    """`student_spread` and `skill_spread` are standard deviations of the logarithm of a student's rows and a skill's
    weight; `run` is how many rows in a row a student stays with a skill, in the mean.
    """

    students: int
    skills: int
    items: int
    responses: int
    student_spread: float = 1.2
    skill_spread: float = 1.4
    run: float = 6.0


# The sizes of ASSISTments 2009-2010 with one row per response, where a student met about 13 skills (41,212 pairs).
ASSISTMENTS_2009 = Shape(students=3_114, skills=149, items=17_708, responses=278_336, run=4.5)
SMALL = Shape(students=60, skills=4, items=24, responses=1_500, student_spread=0.4, skill_spread=0.3)


@dataclass(frozen=True)
class Slots:
    """The rows (n,) of a log in which no answer stands yet; every student occurs, and a skill has items of its own."""

    student: Codes
    skill: Codes
    item: Codes
    item_skill: Codes
    time: Floats


def draw_slots(shape: Shape, rng: np.random.Generator) -> Slots:
    """Rows in the order of time, student after student; raises ParameterError for sizes that cannot be."""
    if shape.responses < max(shape.students, shape.skills) or shape.items < shape.skills:
        raise ParameterError("a shape needs a row for each student and skill, and an item for each skill")
    rows = _split(shape.responses, rng.lognormal(0.0, shape.student_spread, shape.students))
    student = np.repeat(np.arange(shape.students), rows)
    begins = np.zeros(shape.responses, dtype=bool)
    begins[np.cumsum(rows)[:-1]] = True
    begins |= rng.random(shape.responses) < 1.0 / shape.run
    begins[0] = True
    weights = rng.lognormal(0.0, shape.skill_spread, shape.skills)
    runs = _skills_of_runs(int(begins.sum()), weights, rng)
    skill = runs[np.cumsum(begins) - 1]
    item_skill = np.repeat(np.arange(shape.skills), _split(shape.items, weights))
    item = _items(skill, item_skill, rng)
    student_codes, skill_codes, item_codes, item_skill_codes = (
        each.astype(np.int32) for each in (student, skill, item, item_skill)
    )
    return Slots(student_codes, skill_codes, item_codes, item_skill_codes, _times(student, begins, rng))


def responses_of(slots: Slots, score: Floats, skills: int) -> Responses:
    """The slots with their answers."""
    students, items = int(slots.student.max()) + 1, len(slots.item_skill)
    return Responses(
        names("student", students), names("item", items), names("skill", skills),
        tuple((code,) for code in range(skills)), slots.student, slots.item, slots.skill, score, slots.time,
    )  # fmt: skip


def names(word: str, count: int) -> tuple[str, ...]:
    """`word-001` and so on, so that names sort as numbers do."""
    width = len(str(count))
    return tuple(f"{word}-{number:0{width}d}" for number in range(1, count + 1))


def steps(*keys: Codes) -> Places:
    """For each row (n,) how many earlier rows have the same keys."""
    order = np.lexsort(keys[::-1])
    changed = np.zeros(len(order), dtype=bool)
    changed[:1] = True
    for key in keys:
        changed[1:] |= key[order][1:] != key[order][:-1]
    first = np.maximum.accumulate(np.where(changed, np.arange(len(order)), 0))
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.arange(len(order)) - first
    return found


def rows_by_step(step: Places) -> list[Places]:
    """The rows of step 0, of step 1, …: what can be drawn at once."""
    return list(np.split(np.argsort(step, kind="stable"), np.cumsum(np.bincount(step))[:-1]))


def logistic(logit: Floats) -> Floats:
    """1 / (1 + exp(-x)) for moderate logits."""
    chance: Floats = 1.0 / (1.0 + np.exp(-logit))
    return chance


def _split(total: int, weights: Floats) -> Places:
    """Whole numbers from 1 that add up to the total, nearly in proportion."""
    parts = np.ones(len(weights), dtype=np.int64)
    spare = (total - len(weights)) * weights / weights.sum()
    parts += np.floor(spare).astype(np.int64)
    largest = np.argsort(np.floor(spare) - spare, kind="stable")[: total - int(parts.sum())]
    parts[largest] += 1
    return parts


def _skills_of_runs(runs: int, weights: Floats, rng: np.random.Generator) -> Places:
    skills = rng.choice(len(weights), size=runs, p=weights / weights.sum())
    # Every skill occurs: where chance left one out, it takes a run somewhere.
    if runs >= len(weights):
        missing = np.setdiff1d(np.arange(len(weights)), skills)
        _, first = np.unique(skills, return_index=True)
        spare = np.setdiff1d(np.arange(runs), first)
        skills[rng.choice(spare, size=len(missing), replace=False)] = missing
    return np.asarray(skills, dtype=np.int64)


def _items(skill: Places, item_skill: Places, rng: np.random.Generator) -> Places:
    counts = np.bincount(item_skill, minlength=int(item_skill.max()) + 1)
    begins = np.cumsum(counts) - counts
    return np.asarray(begins[skill] + np.floor(rng.random(len(skill)) * counts[skill]).astype(np.int64))


def _times(student: Places, begins: NDArray[np.bool_], rng: np.random.Generator) -> Floats:
    """Seconds: a new run often begins on another day, and every student begins at 0."""
    gaps = rng.exponential(SECONDS_BETWEEN, len(student)) + 1.0
    gaps += np.where(begins & (rng.random(len(student)) < 1.0 / 3.0), rng.exponential(2.0 * DAY, len(student)), 0.0)
    total = np.cumsum(gaps)
    first = np.searchsorted(student, student)
    times: Floats = np.round(total - total[first], 3)
    return times
