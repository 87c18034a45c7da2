"""The job of a round: one batch of a cohort's people is decided anew."""

from saem.apps.cohorts.completion import rounds
from saem.apps.jobs.kinds import Effect, Kind, load_pages
from saem.lib.fleet import Claim


def decide(claim: Claim, _result: bytes) -> Effect:
    return Effect(write=lambda: rounds.decide_batch(claim.subject_id))


ROUND = Kind(
    name=rounds.ROUND_JOB,
    perform=load_pages,
    effect=decide,
    on_set_aside=rounds.set_aside,
    on_retry=rounds.go_on,
)
