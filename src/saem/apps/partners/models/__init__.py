"""Mentors, matching, contact in the open, challenges, opportunities."""

from saem.apps.partners.models.challenges import Challenge, ChallengeState, ChallengeUse, Licence
from saem.apps.partners.models.contact import (
    LONGEST_ABOUT,
    LONGEST_POST,
    Booking,
    Post,
    PostKind,
    ReviewRequest,
    Slot,
    Why,
)
from saem.apps.partners.models.matching import (
    FixedPair,
    MatchInput,
    MatchRow,
    MatchRun,
    MentorConflict,
    Pairing,
    PairingEnd,
    RunState,
    RunStep,
    TeamNeed,
)
from saem.apps.partners.models.mentors import Mentor, MentorQuerySet, Vetting, VettingKind
from saem.apps.partners.models.opportunities import (
    Interest,
    Opportunity,
    OpportunityKind,
    OpportunityState,
    SignUp,
    SignUpState,
)

__all__ = [
    "LONGEST_ABOUT",
    "LONGEST_POST",
    "Booking",
    "Challenge",
    "ChallengeState",
    "ChallengeUse",
    "FixedPair",
    "Interest",
    "Licence",
    "MatchInput",
    "MatchRow",
    "MatchRun",
    "Mentor",
    "MentorConflict",
    "MentorQuerySet",
    "Opportunity",
    "OpportunityKind",
    "OpportunityState",
    "Pairing",
    "PairingEnd",
    "Post",
    "PostKind",
    "ReviewRequest",
    "RunState",
    "RunStep",
    "SignUp",
    "SignUpState",
    "Slot",
    "TeamNeed",
    "Vetting",
    "VettingKind",
    "Why",
]
