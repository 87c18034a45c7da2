"""What verifying answers, and what it is given to go by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from .keys import KeyRing
from .status import Purpose, StatusList

SKEW = timedelta(minutes=5)


class State(StrEnum):
    """What verifying found; only `valid` is good. Of several faults the first in this order is told."""

    MALFORMED = "malformed"  # `reason` says why: of screening, of the statements, or a part that is missing
    UNSUPPORTED_PROOF = "unsupported_proof"  # none, several, chained, of another suite
    UNKNOWN_KEY = "unknown_key"  # nobody whose keys we were given
    BAD_SIGNATURE = "bad_signature"
    COMPROMISED_KEY = "compromised_key"
    KEY_NOT_IN_FORCE = "key_not_in_force"  # signed before the key began or after it was retired
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    STATUS_UNKNOWN = "status_unknown"  # the list is missing, outdated or not the issuer's
    VALID = "valid"


@dataclass(frozen=True, kw_only=True)
class Endorsed:
    """One endorsement in a badge: who made it, of what, in which words, and whether it holds.

    `other_words` as a reason: it was made for other words than the badge's.
    """

    state: State
    reason: str = ""
    by: str = ""
    of: str = ""
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What was found; `document` is the screened badge, empty unless the signature is its issuer's.

    `digest` is what the issuer keeps to know this badge again (`on_record`).
    """

    state: State
    reason: str = ""
    issuer: str = ""
    key: str = ""
    signed_at: datetime | None = None
    digest: str = ""
    document: Mapping[str, Any] = field(default_factory=dict)
    endorsements: tuple[Endorsed, ...] = ()

    @property
    def is_valid(self) -> bool:
        return self.state is State.VALID


@dataclass(frozen=True, kw_only=True)
class PublishedList:
    """A status list as checked: its bits count only where `state` is valid."""

    state: State
    reason: str = ""
    issuer: str = ""
    purpose: Purpose | None = None
    bits: StatusList | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Trust:
    """Whom a verifier believes and what it has at hand.

    `rings`: controller → keys of the institutions it knows. `lists`: address → status list, from `read_list`.
    `on_record`: whether the issuer has kept this digest since before its key was compromised; only it can know.
    """

    rings: Mapping[str, KeyRing]
    lists: Mapping[str, PublishedList] = field(default_factory=dict)
    on_record: Callable[[str], bool] = lambda _digest: False
    skew: timedelta = SKEW
