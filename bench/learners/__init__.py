"""Learner models beside their peers: the same responses, one run."""
