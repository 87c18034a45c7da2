"""What the responses say about each learner's skills, and how often that will be right."""

from dataclasses import dataclass

import numpy as np

from saem.lib.learners.responses import Booleans, Floats

from .em import Design, Patterns, Solution, posteriors
from .qmatrix import profiles_of


@dataclass(frozen=True)
class Classification:
    """`mastery` (learners, skills) is the marginal posterior chance of each skill (EAP), `profile` (learners, skills)
    the likeliest set of skills (MAP) and `profile_chance` (learners,) its posterior. `skill_accuracy` (skills,) and
    `profile_accuracy` are the expected shares of right calls if the model is true (Wang, Song, Chen, Meng & Ding 2015).
    """

    mastery: Floats
    profile: Booleans
    profile_chance: Floats
    skill_accuracy: Floats
    profile_accuracy: float


def classify(design: Design, patterns: Patterns, solution: Solution) -> Classification:
    """Every learner's skills from the posterior over classes."""
    profiles = profiles_of(design.classes.bit_length() - 1)
    blocks = [posterior for _, posterior, _ in posteriors(design, patterns, solution.chance, solution.prior)]
    mastery = np.vstack([posterior @ profiles for posterior in blocks])[patterns.learner]
    likeliest = np.concatenate([posterior.argmax(axis=1) for posterior in blocks])[patterns.learner]
    chance = np.concatenate([posterior.max(axis=1) for posterior in blocks])[patterns.learner]
    sure = np.maximum(mastery, 1 - mastery)
    return Classification(mastery, profiles[likeliest], chance, sure.mean(axis=0), float(chance.mean()))
