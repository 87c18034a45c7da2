"""Regrading: everybody's work in one project by another rule, first to look at, then for good (ADR 13)."""
