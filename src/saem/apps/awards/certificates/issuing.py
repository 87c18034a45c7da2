"""Certificates come into being, and are taken back. Every act locks the completion first and looks again."""

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.awards import batching
from saem.apps.awards.badges.issuing import keep_badges, tell_given
from saem.apps.awards.certificates.batches import MAKE
from saem.apps.awards.certificates.facts import Facts, facts_of, with_records
from saem.apps.awards.models import Badge, BatchItem, BatchPart, Certificate, CertificateFile, ItemState
from saem.apps.cohorts.models import Completion
from saem.apps.events.services import record
from saem.apps.notices.services import Telling, notify, notify_many
from saem.apps.people.models import User
from saem.lib.credentials.certificates import Language

FAULT = "certificate.fault"


@dataclass(frozen=True)
class Made:
    """What a worker made for one person: a file, or why there is none."""

    code: str
    issue: int
    facts: Facts
    pdf: bytes = b""
    refused: str = ""
    params: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, one: Mapping[str, Any]) -> Self:
        pdf = base64.b64decode(one["pdf"], validate=True) if "pdf" in one else b""
        return cls(one["code"], one["issue"], one["facts"], pdf, one.get("refused", ""), one.get("params", {}))


def next_issue(completion: Completion) -> int:
    return max((one.issue for one in completion.certificates.all()), default=0) + 1


def record_part(part_id: int, made: Mapping[int, Made], badges: Mapping[int, Badge]) -> None:
    """Write a part's certificates and badges. Call inside the transaction that holds the claim."""
    part = BatchPart.objects.select_related("batch__asked_by", "batch__cohort").get(pk=part_id)
    items = list(part.items.filter(state=ItemState.WAITING).order_by("pk"))
    completions = locked(item.completion_id for item in items)
    ends = chain_ends(completions.values())
    issued: list[Certificate] = []
    for item in items:
        completion = completions[item.completion_id]
        if completion.withdrawn_at is not None:
            fail(item, "certificate.not_completed", name=completion.name)
            continue
        certificate = settle(item, completion, made.get(item.pk), ends, by=part.batch.asked_by)
        if certificate is not None:
            issued.append(certificate)
    given = write_badges(items, completions, badges, by=part.batch.asked_by)
    BatchItem.objects.bulk_update(items, ["state", "code", "params"])
    tell(issued, given)
    if any(item.state == ItemState.WAITING for item in items):
        # Somebody corrected a record while the pages were set: those people's are set again.
        batching.ask_again(part, kind=MAKE)


def locked(keys: Iterable[int]) -> dict[int, Completion]:
    """Completions with their records, held until the transaction ends; always in the same order."""
    rows = with_records(Completion.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)))
    return {one.pk: one for one in rows.prefetch_related("certificates").order_by("pk")}


def settle(
    item: BatchItem, completion: Completion, made: Made | None, ends: Mapping[int, Certificate], *, by: User | None
) -> Certificate | None:
    """What becomes of one person's certificate; None where none is issued now."""
    held = next((one for one in completion.certificates.all() if one.revoked_at is None), None)
    if item.replaces_id is None and held is not None:
        item.state = ItemState.MADE
    elif item.replaces_id is not None and (held is None or held.pk != item.replaces_id):
        fail(item, "certificate.changed_meanwhile")
    elif made is not None and is_still_true(made, completion):
        if not made.refused:
            item.state = ItemState.MADE
            return issue(item, completion, made, held=held, before=held or ends.get(completion.enrolment_id), by=by)
        fail(item, made.refused, **made.params)
    return None


def is_still_true(made: Made, completion: Completion) -> bool:
    """Whether the page says what the records say now."""
    issued = dt.date.fromisoformat(made.facts["issued"])
    return made.facts == facts_of(completion, issued=issued, issue=next_issue(completion))


def issue(
    item: BatchItem,
    completion: Completion,
    made: Made,
    *,
    held: Certificate | None,
    before: Certificate | None,
    by: User | None,
) -> Certificate:
    if held is not None:
        take_back(held, by=by, reason=item.reason)
    certificate = Certificate.objects.create(
        completion=completion,
        kind=made.facts["kind"],
        issue=made.issue,
        number=made.facts["number"],
        code=made.code,
        facts=made.facts,
        issued_by=by,
        replaces=before,
    )
    CertificateFile.objects.create(certificate=certificate, **kept(Language.KO, made.pdf))
    note("certificate.issued", certificate, by=by, replaces=before.pk if before else None)
    return certificate


def chain_ends(completions: Iterable[Completion]) -> dict[int, Certificate]:
    """The last certificate of each person so far, by enrolment: of this completion, or of one that was withdrawn."""
    found = Certificate.objects.filter(
        completion__enrolment__in=[one.enrolment_id for one in completions], successor=None
    ).select_related("completion")
    return {one.completion.enrolment_id: one for one in found.order_by("issued_at", "pk")}


def kept(language: Language, pdf: bytes) -> dict[str, Any]:
    return {"language": language.value, "data": pdf, "sha256": hashlib.sha256(pdf).hexdigest()}


def add_file(certificate: Certificate, language: Language, pdf: bytes) -> CertificateFile:
    """Keep a file; of two that were made at once the first one stands."""
    facts = kept(language, pdf)
    name = facts.pop("language")
    made, _is_new = CertificateFile.objects.get_or_create(certificate=certificate, language=name, defaults=facts)
    return made


def write_badges(
    items: Iterable[BatchItem], completions: Mapping[int, Completion], badges: Mapping[int, Badge], *, by: User | None
) -> list[Badge]:
    """The badges of those who have none yet; a certificate that could not be made holds up no badge."""
    wanted = [item.completion_id for item in items if completions[item.completion_id].withdrawn_at is None]
    have = set(Badge.objects.filter(completion__in=wanted, revoked_at=None).values_list("completion_id", flat=True))
    given = [badges[key] for key in wanted if key in badges and key not in have]
    keep_badges(given, by=by)
    return given


def revoke(certificate: Certificate, *, by: User, reason: str) -> bool:
    """Take a certificate back without another; False where that was done before."""
    with transaction.atomic():
        Completion.objects.select_for_update().get(pk=certificate.completion_id)
        row = Certificate.objects.select_related("completion__enrolment__user").get(pk=certificate.pk)
        if row.revoked_at is not None:
            return False
        take_back(row, by=by, reason=reason)
        facts = {"course": row.course, "reason": reason}
        user, path = row.completion.enrolment.user, reverse("awards:mine")
        notify(user, "certificate.revoked", key=f"certificate:{row.pk}:revoked", facts=facts, path=path)
    return True


def take_back(certificate: Certificate, *, by: User | None, reason: str) -> None:
    certificate.revoked_at, certificate.revoked_by, certificate.revocation_reason = timezone.now(), by, reason
    certificate.save(update_fields=["revoked_at", "revoked_by", "revocation_reason"])
    note("certificate.revoked", certificate, by=by, reason=reason)


def share_name(certificate: Certificate, *, shows: bool) -> None:
    """The holder decides whether strangers with the code read the whole name."""
    Certificate.objects.filter(pk=certificate.pk).update(shows_name=shows)


def set_aside(part_id: int) -> None:
    """The job broke again and again: staff see who is left, and may ask again."""
    waiting = BatchItem.objects.filter(part=part_id, state=ItemState.WAITING)
    waiting.update(state=ItemState.FAILED, code=FAULT)


def queue_again(part_id: int) -> None:
    """An operator has sent the job back into the queue."""
    BatchItem.objects.filter(part=part_id, state=ItemState.FAILED, code=FAULT).update(state=ItemState.WAITING, code="")


def fail(item: BatchItem, code: str, **params: str) -> None:
    item.state, item.code, item.params = ItemState.FAILED, code, params


def tell(issued: Iterable[Certificate], given: Iterable[Badge]) -> None:
    path = reverse("awards:mine")
    notify_many(
        "certificate.ready",
        [
            Telling(
                recipient=one.completion.enrolment.user,
                key=f"certificate:{one.pk}",
                facts={"course": one.course},
                path=path,
            )
            for one in issued
        ],
    )
    tell_given(given)


def note(verb: str, certificate: Certificate, *, by: User | None, **facts: object) -> None:
    cohort = certificate.completion.enrolment.classroom.cohort_id
    facts = {"completion": certificate.completion_id, "number": certificate.number, **facts}
    record(verb, actor=by, object_kind="certificate", object_id=certificate.pk, cohort_id=cohort, facts=facts)
