"""The job of one part: facts and codes out of the database, pages typeset beside it, all of it written under the claim.

A certificate exists when its file does: codes are drawn when the job begins and nothing is written until it ends, so a
worker that dies leaves nothing behind, and whoever does the part again draws other codes.
"""

import base64
import json
from typing import Any

from django.utils import timezone

from saem.apps.awards.badges.issuing import signed_badges
from saem.apps.awards.certificates import issuing
from saem.apps.awards.certificates.batches import MAKE
from saem.apps.awards.certificates.facts import facts_of, with_records
from saem.apps.awards.certificates.printing import Refusal, printed
from saem.apps.awards.certificates.queries import newest_template, with_awards
from saem.apps.awards.models import Badge, BatchItem, BatchPart, ItemState, Seal, new_code
from saem.apps.cohorts.models import Completion
from saem.apps.jobs.kinds import Effect, Kind, ResultRefusedError, load_pages
from saem.lib.credentials.certificates import Language
from saem.lib.fleet import Claim, Parcel, Supply


def pack(claim: Claim) -> Parcel:
    """For each person of the part what is to be printed, and the seals."""
    wanted = []
    today = timezone.localdate()
    for item, completion in waiting_of(claim.subject_id):
        if item.replaces_id is None and getattr(completion, "has_certificate", False):
            continue
        issue = issuing.next_issue(completion)
        facts = facts_of(completion, issued=today, issue=issue)
        wanted.append({"item": item.pk, "code": new_code(), "issue": issue, "facts": facts})
    return Parcel(facts={"wanted": wanted, "seals": seals_of(wanted)})


def waiting_of(part: int) -> list[tuple[BatchItem, Completion]]:
    items = list(BatchItem.objects.filter(part=part, state=ItemState.WAITING).order_by("pk"))
    found = with_awards(with_records(Completion.objects.filter(pk__in=[item.completion_id for item in items])))
    completions = found.prefetch_related("certificates").in_bulk()
    return [(item, completions[item.completion_id]) for item in items]


def seals_of(wanted: list[dict[str, Any]]) -> dict[str, str]:
    named = {one["facts"]["issuer"]["seal"] for one in wanted} - {None}
    return {str(seal.pk): base64.b64encode(seal.data).decode() for seal in Seal.objects.filter(pk__in=named)}


def perform(parcel: Parcel, supply: Supply) -> bytes:
    """Typeset each page in Korean; other languages are made when they are asked for."""
    load_pages(parcel, supply)
    seals = {int(pk): base64.b64decode(data) for pk, data in parcel.facts["seals"].items()}
    return json.dumps([made_of(one, seals) for one in parcel.facts["wanted"]], ensure_ascii=False).encode()


def made_of(one: dict[str, Any], seals: dict[int, bytes]) -> dict[str, Any]:
    pdf = printed(one["facts"], code=one["code"], language=Language.KO, seals=seals)
    if isinstance(pdf, Refusal):
        return {**one, "refused": pdf.code, "params": pdf.params}
    return {**one, "pdf": base64.b64encode(pdf).decode()}


def effect(claim: Claim, result: bytes) -> Effect:
    """Badges are signed here, before the claim is ended; then everything is written at once."""
    try:
        made = {one["item"]: issuing.Made.read(one) for one in json.loads(result)}
    except (ValueError, KeyError, TypeError) as error:
        raise ResultRefusedError(str(error)) from error
    badges = {badge.completion_id: badge for badge in badges_of(claim.subject_id) if badge.completion_id is not None}
    return Effect(write=lambda: issuing.record_part(claim.subject_id, made, badges))


def badges_of(part: int) -> list[Badge]:
    batch = BatchPart.objects.select_related("batch__cohort__institution").get(pk=part).batch
    template = newest_template(batch.cohort)
    if template is None:
        return []
    template.cohort = batch.cohort
    lacking = [one for _item, one in waiting_of(part) if not getattr(one, "has_badge", False)]
    valid = [one for one in lacking if one.withdrawn_at is None]
    return signed_badges(template, [Badge(completion=one, holder=one.enrolment.user) for one in valid])


MAKING = Kind(
    name=MAKE,
    pack=pack,
    perform=perform,
    effect=effect,
    on_set_aside=issuing.set_aside,
    on_retry=issuing.queue_again,
)
