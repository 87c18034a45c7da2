"""What the battery asks of every model: small data that fit it, and fits that are made once."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from saem.lib.learners import MODELS, LearnerModel, ParameterError, Responses
from saem.lib.learners.responses import Floats
from saem.lib.learners.simulation import Shape, simulate_dina, simulate_gpcm, simulate_irt, simulate_pfa

CONTENDERS = {"skill-counts": ("tests.lib.learners.reference", "SkillCounts"), **MODELS}
SHAPE = Shape(students=40, skills=4, items=20, responses=900, student_spread=0.3, skill_spread=0.2)
# A battery asks whether a model is right, not whether it is good: whatever of these a model has is made small.
QUICK: dict[str, Any] = {"starts": 2, "epochs": 2, "width": 16, "layers": 1, "heads": 2, "length": 50}


@dataclass(frozen=True)
class Halves:
    """Responses of some students, and of others to the same items."""

    train: Responses
    test: Responses


def practice() -> Responses:
    """Rows with times, some with two skills, items met more than once."""
    return simulate_pfa(SHAPE, two_skills=0.2, seed=3)[0]


def sitting() -> Responses:
    """Each student meets most items once; right or wrong."""
    return simulate_irt(80, 10, booklets=2, anchors=4, seed=3)[0]


def points() -> Responses:
    """Scores from 0 to 2."""
    return simulate_gpcm(80, 8, points=2, seed=3)[0]


def diagnosis() -> Responses:
    """Items that need one to three of three skills."""
    return simulate_dina(90, 12, seed=3)[0]


# What fits a model whose name has such a part; all others get practice.
SITTINGS: tuple[tuple[str, Callable[[], Responses]], ...] = (
    ("dina", diagnosis),
    ("graded", points), ("grm", points), ("gpcm", points), ("pcm", points), ("credit", points),
    ("irt", sitting), ("1pl", sitting), ("2pl", sitting), ("3pl", sitting), ("4pl", sitting),
    ("rasch", sitting),
)  # fmt: skip


@cache
def data_for(name: str) -> Halves:
    """Two thirds of the students to fit on, one third to predict."""
    make = next((make for part, make in SITTINGS if part in name and "online" not in name), practice)
    responses = make()
    held_out = responses.student % 3 == 0
    return Halves(responses.rows(~held_out), responses.rows(held_out))


def class_of(name: str) -> type[LearnerModel]:
    module, cls = CONTENDERS[name]
    return getattr(import_module(module), cls)


def new_model(name: str) -> LearnerModel:
    """A small one with its default seed; skips where the model needs PyTorch and there is none."""
    try:
        cls = class_of(name)
        known = inspect.signature(cls).parameters
        return cls(**{key: value for key, value in QUICK.items() if key in known})
    except (ImportError, ParameterError) as error:
        skip_without_torch(name, error)
        raise


def skip_without_torch(name: str, error: Exception) -> None:
    if find_spec("torch") is None and "torch" in str(error).lower():
        pytest.skip(f"{name} needs PyTorch, which is not installed here")


def fit(name: str, responses: Responses) -> LearnerModel:
    try:
        return new_model(name).fit(responses)
    except (ImportError, ParameterError) as error:
        skip_without_torch(name, error)
        raise


@cache
def fitted(name: str) -> LearnerModel:
    """Fitted once for all tests, which only ask it."""
    return fit(name, data_for(name).train)


def closeness(name: str) -> dict[str, float]:
    """Networks work in 32 bits and sum in an order of their own; all others in 64."""
    return {"rtol": 0, "atol": 2e-5 if ".deep" in CONTENDERS[name][0] else 1e-9}


def chances(model: LearnerModel, responses: Responses) -> Floats:
    return model.predict(responses).chance


def with_rows(responses: Responses, extra: list[tuple[str, str, str, float]]) -> Responses:
    """The responses and more rows (student, item, skill, score), each later than all others."""
    begin = 0.0 if responses.time is None else float(responses.time.max()) + 60.0
    columns = [
        [responses.students[code] for code in responses.student] + [row[0] for row in extra],
        [responses.items[code] for code in responses.item] + [row[1] for row in extra],
        [tuple(responses.skills[code] for code in responses.tag_sets[tag]) for tag in responses.tag]
        + [(row[2],) for row in extra],
        [*responses.score.tolist(), *(row[3] for row in extra)],
    ]
    times = None if responses.time is None else [*responses.time.tolist(), *(begin + k for k in range(len(extra)))]
    return Responses.from_columns(*columns, times)


def recoded(responses: Responses, seed: int) -> tuple[Responses, np.ndarray]:
    """The same rows with other codes for all names and the students mixed; and which row each one was."""
    rng = np.random.default_rng(seed)
    key = rng.random(len(responses))
    # Each student's rows take the places of that student in the new order, first to first.
    mixed = np.empty(len(responses), dtype=np.int64)
    places = np.argsort(key)
    student = responses.student[places]
    mixed[np.argsort(student, kind="stable")] = responses.by_student
    rows = responses.rows(mixed)
    students, items, skills = (rng.permutation(len(names)) for names in (rows.students, rows.items, rows.skills))
    sets = rng.permutation(len(rows.tag_sets))
    return replace(
        rows,
        students=moved(rows.students, students), student=students[rows.student].astype(np.int32),
        items=moved(rows.items, items), item=items[rows.item].astype(np.int32),
        skills=moved(rows.skills, skills), tag=sets[rows.tag].astype(np.int32),
        tag_sets=moved([tuple(sorted(int(skills[code]) for code in codes)) for codes in rows.tag_sets], sets),
    ), mixed  # fmt: skip


def moved(values: Any, places: np.ndarray) -> tuple[Any, ...]:
    new: list[Any] = [None] * len(values)
    for value, place in zip(values, places.tolist(), strict=True):
        new[place] = value
    return tuple(new)
