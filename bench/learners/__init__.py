"""Learner models beside their peers: a table for each kind of model."""
