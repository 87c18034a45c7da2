"""Certificates, decision letters, records and portfolios as PDF: tagged, archivable, reproducible (ADR 17)."""

from saem.lib.credentials.certificates.batch import render_many
from saem.lib.credentials.certificates.documents import (
    AchievementCertificate,
    Appeal,
    Completion,
    Decision,
    DecisionLetter,
    Document,
    RecordSheet,
    TrainingCertificate,
)
from saem.lib.credentials.certificates.errors import DocumentError, Fault
from saem.lib.credentials.certificates.parts import Issuer, Language, Proof
from saem.lib.credentials.certificates.pictures import Picture
from saem.lib.credentials.certificates.portfolio import (
    BadgeEntry,
    CourseEntry,
    Growth,
    Portfolio,
    ProjectEntry,
    Reflection,
    Result,
)
from saem.lib.credentials.certificates.rendering import missing_signs, render

__all__ = [
    "AchievementCertificate",
    "Appeal",
    "BadgeEntry",
    "Completion",
    "CourseEntry",
    "Decision",
    "DecisionLetter",
    "Document",
    "DocumentError",
    "Fault",
    "Growth",
    "Issuer",
    "Language",
    "Picture",
    "Portfolio",
    "ProjectEntry",
    "Proof",
    "RecordSheet",
    "Reflection",
    "Result",
    "TrainingCertificate",
    "missing_signs",
    "render",
    "render_many",
]
