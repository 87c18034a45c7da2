"""Evaluation that cannot leak: one row per response, folds by student, a protocol whose hash goes with each number."""

from .breakdown import GroupError, Groups, SkillScore
from .calibration import Calibration, calibration
from .evaluation import Evaluation, evaluate, evaluate_fitted
from .folds import shared_students, student_folds
from .metrics import Scores, Spread, accuracy, auc, log_loss, rmse, scores, spread
from .protocol import Protocol, data_hash

__all__ = [
    "Calibration",
    "Evaluation",
    "GroupError",
    "Groups",
    "Protocol",
    "Scores",
    "SkillScore",
    "Spread",
    "accuracy",
    "auc",
    "calibration",
    "data_hash",
    "evaluate",
    "evaluate_fitted",
    "log_loss",
    "rmse",
    "scores",
    "shared_students",
    "spread",
    "student_folds",
]
