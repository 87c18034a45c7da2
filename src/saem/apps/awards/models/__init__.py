"""Certificates, badges and portfolios."""

from saem.apps.awards.models.badges import Badge, BadgeTemplate, Endorsement, StatusList
from saem.apps.awards.models.batches import Batch, BatchItem, BatchPart, ItemState
from saem.apps.awards.models.certificates import Certificate, CertificateFile, CertificateKind, Validity, new_code
from saem.apps.awards.models.issuers import IssuerKey, IssuerProfile, Seal
from saem.apps.awards.models.portfolio import (
    Audience,
    Entry,
    EntryKind,
    Portfolio,
    Reflection,
    ReflectionVersion,
    ShareLink,
    SharingConsent,
)

__all__ = [
    "Audience",
    "Badge",
    "BadgeTemplate",
    "Batch",
    "BatchItem",
    "BatchPart",
    "Certificate",
    "CertificateFile",
    "CertificateKind",
    "Endorsement",
    "Entry",
    "EntryKind",
    "IssuerKey",
    "IssuerProfile",
    "ItemState",
    "Portfolio",
    "Reflection",
    "ReflectionVersion",
    "Seal",
    "ShareLink",
    "SharingConsent",
    "StatusList",
    "Validity",
    "new_code",
]
