"""The jobs of partners: a matching, and each night what time alone has ended. Neither ever leaves the house."""

from saem.apps.jobs.kinds import Effect, Kind, load_pages
from saem.apps.partners.matching import runs
from saem.apps.partners.mentors.vetting import follow_all
from saem.apps.partners.opportunities.signing import pass_on_overdue
from saem.lib.fleet import Claim


def compute(claim: Claim, _result: bytes) -> Effect:
    """The computation is here, before the claim is ended; only its result is written in the transaction."""
    return Effect(write=runs.compute(claim.subject_id))


def follow_time(_claim: Claim, _result: bytes) -> Effect:
    """Checks of mentors that ran out, places that were kept long enough for a guardian."""

    def write() -> None:
        follow_all()
        pass_on_overdue()

    return Effect(write=write)


MATCHING = Kind(
    name=runs.RUN_JOB, perform=load_pages, effect=compute, on_set_aside=runs.set_aside, on_retry=runs.wait_again
)
NIGHTLY = Kind(name="partners.nightly", perform=load_pages, effect=follow_time)
