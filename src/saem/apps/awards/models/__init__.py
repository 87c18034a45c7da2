"""Certificates, badges and portfolios."""

from saem.apps.awards.models.badges import Badge, BadgeTemplate, Endorsement, StatusList
from saem.apps.awards.models.batches import Automation, Batch, BatchItem, BatchPart, ItemState
from saem.apps.awards.models.certificates import Certificate, CertificateFile, CertificateKind, Validity, new_code
from saem.apps.awards.models.goals import Earning, Goal, GoalBatch, GoalItem, Level
from saem.apps.awards.models.issuers import IssuerKey, IssuerProfile, Seal
from saem.apps.awards.models.portfolio import (
    Audience,
    Entry,
    EntryKind,
    Portfolio,
    Reflection,
    ReflectionVersion,
    ShareLink,
    SharingGuardian,
)

__all__ = [
    "Audience",
    "Automation",
    "Badge",
    "BadgeTemplate",
    "Batch",
    "BatchItem",
    "BatchPart",
    "Certificate",
    "CertificateFile",
    "CertificateKind",
    "Earning",
    "Endorsement",
    "Entry",
    "EntryKind",
    "Goal",
    "GoalBatch",
    "GoalItem",
    "IssuerKey",
    "IssuerProfile",
    "ItemState",
    "Level",
    "Portfolio",
    "Reflection",
    "ReflectionVersion",
    "Seal",
    "ShareLink",
    "SharingGuardian",
    "StatusList",
    "Validity",
    "new_code",
]
