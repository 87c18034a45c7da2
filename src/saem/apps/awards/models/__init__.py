"""Certificates, badges and portfolios."""
