"""The night's job of attendance: look once at everybody whose session ended without them."""

from saem.apps.cohorts.sessions.watching import look_at_everybody
from saem.apps.jobs.kinds import Effect, Kind
from saem.lib.fleet import Claim, Parcel, Supply


def nothing(_parcel: Parcel, _supply: Supply) -> bytes:
    """All of the work is writing."""
    return b""


def look(_claim: Claim, _result: bytes) -> Effect:
    return Effect(write=look_at_everybody)


WATCH = Kind(name="attendance.nightly", perform=nothing, effect=look)
