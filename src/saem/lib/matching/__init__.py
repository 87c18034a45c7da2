"""Teams and mentors: as many teams as possible, the best that places, vetting and conflicts allow, with reasons (ADR
24).
"""

from saem.lib.matching.errors import MatchingError, RangeError, RepeatedError, UnknownError
from saem.lib.matching.explanations import Change, Matched, Move, Refusal, Shortage, Unmatched
from saem.lib.matching.fitting import Bar, Fit, fit
from saem.lib.matching.keeping import Kept, keep, reopen
from saem.lib.matching.matching import Matching, match
from saem.lib.matching.people import Mentor, Period, Team, Weights

__all__ = [
    "Bar",
    "Change",
    "Fit",
    "Kept",
    "Matched",
    "Matching",
    "MatchingError",
    "Mentor",
    "Move",
    "Period",
    "RangeError",
    "Refusal",
    "RepeatedError",
    "Shortage",
    "Team",
    "UnknownError",
    "Unmatched",
    "Weights",
    "fit",
    "keep",
    "match",
    "reopen",
]
