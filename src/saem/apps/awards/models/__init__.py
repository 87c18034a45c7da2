"""Certificates, badges and portfolios."""

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
    "Entry",
    "EntryKind",
    "Portfolio",
    "Reflection",
    "ReflectionVersion",
    "ShareLink",
    "SharingConsent",
]
