"""Open Badges 3.0: issue, endorse, take back and check, offline and with any independent verifier.

`issue_badge` signs an `Award` with a `SigningKey`; `verify` answers with a `Verification`, a value for any document.
A `KeyRing` holds an institution's public keys over time, a `StatusList` the badges that were taken back.
"""

from .achievements import Achievement, Alignment, Award, Evidence, Issuer, Language, Mark, Recipient, Text
from .contexts import missing_contexts
from .issuing import endorse, issue_badge, publish_list
from .keys import KeyRing, PublicKey, SigningKey, did_web
from .results import Endorsed, PublishedList, State, Trust, Verification
from .status import Purpose, StatusList, status_entry
from .verification import is_recipient, read_list, verify

__all__ = [
    "Achievement",
    "Alignment",
    "Award",
    "Endorsed",
    "Evidence",
    "Issuer",
    "KeyRing",
    "Language",
    "Mark",
    "PublicKey",
    "PublishedList",
    "Purpose",
    "Recipient",
    "SigningKey",
    "State",
    "StatusList",
    "Text",
    "Trust",
    "Verification",
    "did_web",
    "endorse",
    "is_recipient",
    "issue_badge",
    "missing_contexts",
    "publish_list",
    "read_list",
    "status_entry",
    "verify",
]
