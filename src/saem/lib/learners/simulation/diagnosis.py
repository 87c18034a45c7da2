"""Learners who hold or lack each skill, and items that need all of theirs: DINA (Junker & Sijtsma 2001)."""

from dataclasses import dataclass

import numpy as np

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.responses import Booleans, Floats, Responses

from .irt import booklet_design, from_matrix
from .shapes import names


@dataclass(frozen=True)
class DinaTruth:
    """`q` (items, skills) says which skills an item needs, `holds` (students, skills) who has them; `guess` and `slip`
    are (items,), `prevalence` (skills,).
    """

    q: Booleans
    holds: Booleans
    guess: Floats
    slip: Floats
    prevalence: Floats

    def chance(self) -> Floats:
        """(students, items): the chance of a right answer."""
        able = ~((~self.holds).astype(np.int64) @ self.q.T.astype(np.int64)).astype(bool)
        return np.where(able, 1.0 - self.slip, self.guess)


def simulate_dina(
    students: int = 400,
    items: int = 15,
    *,
    skills: int = 3,
    q: Booleans | None = None,
    booklets: int = 1,
    anchors: int = 0,
    seed: int = 0,
) -> tuple[Responses, DinaTruth]:
    """Skills are held independently of each other. Without `q`, items need one skill in turn, then pairs, then three.

    Raises ParameterError for a Q-matrix with an item that needs nothing or a skill that nothing needs.
    """
    rng = np.random.default_rng(seed)
    needed = q_matrix(items, skills) if q is None else np.asarray(q, dtype=bool)
    items, skills = needed.shape
    if not needed.any(axis=1).all() or not needed.any(axis=0).all():
        raise ParameterError("every item needs a skill, and every skill an item")
    prevalence = rng.uniform(0.35, 0.65, skills)
    truth = DinaTruth(
        q=needed,
        holds=rng.random((students, skills)) < prevalence,
        guess=rng.uniform(0.1, 0.25, items),
        slip=rng.uniform(0.05, 0.2, items),
        prevalence=prevalence,
    )
    right = (rng.random((students, items)) < truth.chance()).astype(np.float64)
    sets: dict[tuple[int, ...], int] = {}
    tags = [sets.setdefault(tuple(np.flatnonzero(row).tolist()), len(sets)) for row in needed]
    met = booklet_design(students, items, booklets, anchors, rng)
    return from_matrix(right, met, rng, skills=names("skill", skills), tag_sets=tuple(sets), tag=np.array(tags)), truth


def q_matrix(items: int, skills: int) -> Booleans:
    """(items, skills): items in turn need one, two and three neighbouring skills, and each skill has an item
    that needs it alone (without one, DINA cannot tell skills apart). Raises ParameterError for fewer items than skills.
    """
    if items < skills:
        raise ParameterError("every skill needs an item of its own")
    place = np.arange(items)
    width = np.minimum(place // skills % 3 + 1, skills)
    offset = (np.arange(skills) - place[:, None]) % skills
    return offset < width[:, None]
