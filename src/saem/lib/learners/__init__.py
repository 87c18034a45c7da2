"""Learner models that say how sure they are: fit, predict, update online, evaluate without leaks, select items.

Models are found by name (`model_class("bkt")`), so that importing this package loads no compiler.
"""

from .errors import LearnersError, ModelFileError, NotFittedError, ParameterError, ResponsesError
from .findings import Finding, Weight
from .model import Asked, Estimate, Fit, LearnerModel, ModelCard, Predictions, State
from .registry import MODELS, model_class
from .responses import Responses

__all__ = [
    "MODELS",
    "Asked",
    "Estimate",
    "Finding",
    "Fit",
    "LearnerModel",
    "LearnersError",
    "ModelCard",
    "ModelFileError",
    "NotFittedError",
    "ParameterError",
    "Predictions",
    "Responses",
    "ResponsesError",
    "State",
    "Weight",
    "model_class",
]
