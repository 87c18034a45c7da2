"""The two kinds of jobs: compute one program's items and models again; each night, ask for all that have news.

Learners' answers never leave the house, so neither is portable: a site needs one worker with the database. Workers plan
the nightly job themselves (`jobs.services.keep_nightly`, hourly), so nothing need be started and nothing can break off.
"""

from saem.apps.catalog.models import Program
from saem.apps.jobs.kinds import Effect, Kind, ResultRefusedError
from saem.apps.learning.itembank import queries, services
from saem.apps.learning.itembank.refitting import Refit, refit
from saem.lib.fleet import Claim, Parcel, Supply


def pack(claim: Claim) -> Parcel:
    """The program's first tries, and the model in force to compare with."""
    program = Program.objects.get(pk=claim.subject_id)
    return Parcel(data=queries.tries_of(program).to_bytes(queries.model_in_force(program)))


def perform(parcel: Parcel, _supply: Supply) -> bytes:
    return refit(parcel.data).to_bytes()


def effect(claim: Claim, result: bytes) -> Effect:
    try:
        found = Refit.from_bytes(result)
    except (ValueError, KeyError, TypeError) as error:
        raise ResultRefusedError(str(error)) from error
    return Effect(write=lambda: services.record_refit(claim.subject_id, found))


def nothing(_parcel: Parcel, _supply: Supply) -> bytes:
    """The night's job only asks for others: all of it is in the effect."""
    return b""


def nightly_effect(_claim: Claim, _result: bytes) -> Effect:
    return Effect(write=services.request_refits)


REFITTING = Kind(name=queries.REFIT, pack=pack, perform=perform, effect=effect)
NIGHTLY = Kind(name=queries.NIGHTLY, perform=nothing, effect=nightly_effect)
