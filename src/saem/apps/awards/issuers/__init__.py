"""Institutions as issuers: how they sign on paper, their keys, and where those are published."""
