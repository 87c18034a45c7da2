"""Cognitive diagnosis: which skills a learner has, from items whose needed skills are known (a Q-matrix)."""

from .classification import Classification, classify
from .comparison import ItemTest, compare_items
from .em import Design, Patterns, Solution, dina_design, fit_classes, gdina_design, merge_patterns
from .information import Covariance, parameter_covariance
from .model import Dina, Gdina
from .qmatrix import MOST_SKILLS, QMatrix, check_q, profiles_of, q_of_responses

__all__ = [
    "MOST_SKILLS",
    "Classification",
    "Covariance",
    "Design",
    "Dina",
    "Gdina",
    "ItemTest",
    "Patterns",
    "QMatrix",
    "Solution",
    "check_q",
    "classify",
    "compare_items",
    "dina_design",
    "fit_classes",
    "gdina_design",
    "merge_patterns",
    "parameter_covariance",
    "profiles_of",
    "q_of_responses",
]
