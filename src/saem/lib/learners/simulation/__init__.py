"""Learners with known truth: what a model should find again, and data of a real size where real data may not go."""

from .bkt import BktTruth, simulate_bkt
from .counts import PfaTruth, simulate_pfa
from .diagnosis import DinaTruth, simulate_dina
from .irt import IrtTruth, simulate_irt
from .polytomous import PolytomousTruth, simulate_gpcm, simulate_graded
from .shapes import ASSISTMENTS_2009, SMALL, Shape, Slots, draw_slots

__all__ = [
    "ASSISTMENTS_2009",
    "SMALL",
    "BktTruth",
    "DinaTruth",
    "IrtTruth",
    "PfaTruth",
    "PolytomousTruth",
    "Shape",
    "Slots",
    "draw_slots",
    "simulate_bkt",
    "simulate_dina",
    "simulate_gpcm",
    "simulate_graded",
    "simulate_irt",
    "simulate_pfa",
]
