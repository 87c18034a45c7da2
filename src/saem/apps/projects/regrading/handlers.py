"""The two kinds of regrading jobs: grade one submission to look at it; write one student's new verdicts."""

from saem.apps.catalog.queries import assignment_data, spec_of
from saem.apps.jobs.kinds import Effect, Kind
from saem.apps.projects.handlers import GRADER, parcel_of, report_of
from saem.apps.projects.models import RegradeItem
from saem.apps.projects.regrading import services
from saem.lib.fleet import Claim, Parcel, Supply
from saem.lib.sandbox import SandboxUnavailable


def pack(claim: Claim) -> Parcel:
    """What was handed in, and the name of the rule to look at."""
    item = _item(claim)
    return parcel_of(item.submission, item.regrade.version)


def supply(claim: Claim) -> bytes:
    item = _item(claim)
    return assignment_data(item.regrade.version, item.regrade.project)


def effect(claim: Claim, result: bytes) -> Effect:
    """Keep the verdict beside the one that counts."""
    item = _item(claim)
    spec = spec_of(item.regrade.version, item.regrade.project)
    report = report_of(result, spec, item.regrade.version)
    return Effect(write=lambda: services.record_graded(item.pk, report.verdict, result, spec.measure))


def _item(claim: Claim) -> RegradeItem:
    return RegradeItem.objects.select_related("regrade__version", "submission").get(pk=claim.subject_id)


def nothing(_parcel: Parcel, _supply: Supply) -> bytes:
    """Applying has no slow part: all of it is in the effect, so that it is done once and whole."""
    return b""


def apply_effect(claim: Claim, _result: bytes) -> Effect:
    return Effect(write=lambda: services.apply_to_student(claim.subject_id))


REGRADING = Kind(
    name=services.REGRADE,
    pack=pack,
    supply=supply,
    perform=GRADER,
    effect=effect,
    is_portable=True,
    on_set_aside=services.set_aside,
    on_retry=services.queue_again,
    unavailable=(SandboxUnavailable,),
)
# Portable, so that a site whose workers are all elsewhere applies, too: only the word to go on comes from there.
APPLYING = Kind(name=services.APPLY, perform=nothing, effect=apply_effect, is_portable=True)
