"""The job of a round: one batch of a cohort's people is decided anew."""

from django.urls import reverse

from saem.apps.cohorts.completion import rounds
from saem.apps.jobs.kinds import Effect, Kind
from saem.lib.fleet import Claim, Parcel, Supply


def load_addresses(_parcel: Parcel, _supply: Supply) -> bytes:
    """Facts are read under the locks of the people whom they decide on; but notices lead to pages, and a worker that
    names its first page imports every view of the site, for seconds: not while it holds people, or SQLite's one lock.
    """
    reverse("completion:own", args=[0])
    return b""


def decide(claim: Claim, _result: bytes) -> Effect:
    return Effect(write=lambda: rounds.decide_batch(claim.subject_id))


ROUND = Kind(
    name=rounds.ROUND_JOB,
    perform=load_addresses,
    effect=decide,
    on_set_aside=rounds.set_aside,
    on_retry=rounds.go_on,
)
