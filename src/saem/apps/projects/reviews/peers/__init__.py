"""Peer review: rounds, tasks behind aliases, what pupils give, what comes of it."""
