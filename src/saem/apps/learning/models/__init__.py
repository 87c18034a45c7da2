"""What learners did: in lessons, and in practice."""

from saem.apps.learning.models.lessons import CellRecord, LessonProgress, RunClaim, RunnableCode, RunStatus
from saem.apps.learning.models.practice import (
    LEARNT_FROM,
    Attempt,
    Calibration,
    Diagnosis,
    DiagnosisMoment,
    FittedModel,
    ItemRecord,
    ModelState,
    PracticeState,
    Purpose,
    SkillMastery,
)

__all__ = [
    "LEARNT_FROM",
    "Attempt",
    "Calibration",
    "CellRecord",
    "Diagnosis",
    "DiagnosisMoment",
    "FittedModel",
    "ItemRecord",
    "LessonProgress",
    "ModelState",
    "PracticeState",
    "Purpose",
    "RunClaim",
    "RunStatus",
    "RunnableCode",
    "SkillMastery",
]
