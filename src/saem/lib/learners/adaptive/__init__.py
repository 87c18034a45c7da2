"""Adaptive selection: the next item of a test or of practice, why it was chosen, and when a test ends.

Nothing here needs a compiler; `simulation` and `exposure`, which do, are imported by those who run whole cohorts.
"""

from .blueprint import Blueprint
from .content import Content
from .gains import Gain, GroupGain, Measurement, diagnosis_stop, gain, group_gain, mean_gain, measured, met_before
from .learner import Candidate, Learner, Met
from .posterior import GridPosterior, ability_grid
from .practice import Choice, PracticePolicy, Zone, choose
from .precomputed import Precomputed
from .reasons import Nothing, Reason, ReasonCode, Stop, StopCode
from .rules import (
    KullbackLeibler,
    MaximumInformation,
    PosteriorInformation,
    PosteriorKullbackLeibler,
    Progress,
    Progressive,
)
from .selection import Pick, Policy, answered, next_item, resumed, started
from .stepping import Stepper
from .stops import FirstOf, Length, Mastery, StandardError, practice_stop

__all__ = [
    "Blueprint",
    "Candidate",
    "Choice",
    "Content",
    "FirstOf",
    "Gain",
    "GridPosterior",
    "GroupGain",
    "KullbackLeibler",
    "Learner",
    "Length",
    "Mastery",
    "MaximumInformation",
    "Measurement",
    "Met",
    "Nothing",
    "Pick",
    "Policy",
    "PosteriorInformation",
    "PosteriorKullbackLeibler",
    "PracticePolicy",
    "Precomputed",
    "Progress",
    "Progressive",
    "Reason",
    "ReasonCode",
    "StandardError",
    "Stepper",
    "Stop",
    "StopCode",
    "Zone",
    "ability_grid",
    "answered",
    "choose",
    "diagnosis_stop",
    "gain",
    "group_gain",
    "mean_gain",
    "measured",
    "met_before",
    "next_item",
    "practice_stop",
    "resumed",
    "started",
]
