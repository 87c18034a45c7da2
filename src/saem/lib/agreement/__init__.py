"""How well markers agree: quadratic weighted kappa with its interval, shares, widest differences, drift (ADR 25)."""

from saem.lib.agreement.drift import Drift, drifts
from saem.lib.agreement.errors import (
    AgreementError,
    MarkError,
    NoPairsError,
    OneCategoryError,
    OneMarkerError,
    UndefinedError,
)
from saem.lib.agreement.kappa import Kappa, kappa, weighted_kappa
from saem.lib.agreement.marks import Both, Mark, Scale, pairs
from saem.lib.agreement.reporting import CriterionAgreement, report

__all__ = [
    "AgreementError",
    "Both",
    "CriterionAgreement",
    "Drift",
    "Kappa",
    "Mark",
    "MarkError",
    "NoPairsError",
    "OneCategoryError",
    "OneMarkerError",
    "Scale",
    "UndefinedError",
    "drifts",
    "kappa",
    "pairs",
    "report",
    "weighted_kappa",
]
