"""Selection: rules declared before opening, reviewers, points, stages, a public draw, seats under quotas, a reserve.

Pure functions of what was declared and what happened, so that anybody with the published data gets the published result
([guide](../../../../docs/selection.md), ADR 18).
"""

from saem.lib.selection.applications import Application, check_applications
from saem.lib.selection.assignment import Assignment, Reading, Reviewer
from saem.lib.selection.checking import check_rules, read_rules
from saem.lib.selection.choosing import Choice, Placement, Standing, choose
from saem.lib.selection.counting import End, Side
from saem.lib.selection.errors import RepeatedError, SelectionError, SolverError, UnknownError
from saem.lib.selection.lottery import Draw, commitment, drawn, new_secret, replay
from saem.lib.selection.problems import Code, Problem
from saem.lib.selection.quotas import Bound, bounds
from saem.lib.selection.reserve import Note, Offer, OfferState, Passing, expired, next_offers, reserve_list
from saem.lib.selection.reviewers import assign, check_reviewers, conflicts
from saem.lib.selection.rules import SelectionRules
from saem.lib.selection.scoring import Scores, score
from saem.lib.selection.sheet import Review
from saem.lib.selection.stages import StageResult, choose_seats, run

__all__ = [
    "Application",
    "Assignment",
    "Bound",
    "Choice",
    "Code",
    "Draw",
    "End",
    "Note",
    "Offer",
    "OfferState",
    "Passing",
    "Placement",
    "Problem",
    "Reading",
    "RepeatedError",
    "Review",
    "Reviewer",
    "Scores",
    "SelectionError",
    "SelectionRules",
    "Side",
    "SolverError",
    "StageResult",
    "Standing",
    "UnknownError",
    "assign",
    "bounds",
    "check_applications",
    "check_reviewers",
    "check_rules",
    "choose",
    "choose_seats",
    "commitment",
    "conflicts",
    "drawn",
    "expired",
    "new_secret",
    "next_offers",
    "read_rules",
    "replay",
    "reserve_list",
    "run",
    "score",
]
