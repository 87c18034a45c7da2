"""Bayesian knowledge tracing: a skill is known or not, may be learnt at each step, and answers guess and slip."""

from .model import BKT
from .table import Skill

__all__ = ["BKT", "Skill"]
