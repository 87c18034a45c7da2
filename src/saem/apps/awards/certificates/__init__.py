"""Certificates: facts frozen at issue, made in batches as PDF, taken back and issued again."""
