"""Challenges that partners post and staff approve."""
