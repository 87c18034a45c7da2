"""Status lists: which badges were taken back, signed when somebody asks and it is not what was signed last.

The bits are worked out from badges and completions at each question, so a withdrawn completion needs no second act.
"""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from saem.apps.awards.issuers.rings import controller_of
from saem.apps.awards.issuers.services import signer_for
from saem.apps.awards.models import Badge, StatusList
from saem.apps.notices.words import address_of
from saem.apps.people.models import Institution
from saem.lib.credentials import badges as lib

# A copy may be believed for a week; it is signed anew each day, so nobody ever fetches one about to end.
BELIEVED, SIGNED_ANEW = dt.timedelta(days=7), dt.timedelta(days=1)
# Beyond half full, free places are hard to find at random.
FULLEST = 0.5


def address_of_list(status_list: StatusList) -> str:
    return address_of(reverse("awards:status", args=[status_list.pk]))


def signed_list(status_list: StatusList) -> dict[str, Any]:
    """The list as a credential that holds now; needs `institution` and `key`."""
    taken = taken_back(status_list)
    digest = hashlib.sha256(",".join(map(str, taken)).encode()).hexdigest()
    if is_fresh(status_list, digest):
        return dict(status_list.document or {})
    signer = signer_for(status_list.institution)
    now = timezone.now()
    document = lib.publish_list(
        bits_of(status_list, taken),
        url=address_of_list(status_list),
        issuer=controller_of(status_list.institution_id),
        key=signer.key,
        at=now,
        until=now + BELIEVED,
    )
    # Two who sign at once write the same bits; the later one stands.
    StatusList.objects.filter(pk=status_list.pk).update(
        document=document, bits_sha256=digest, key=signer.row, signed_at=now
    )
    return document


def is_fresh(status_list: StatusList, digest: str) -> bool:
    key, signed_at = status_list.key, status_list.signed_at
    return (
        status_list.document is not None
        and status_list.bits_sha256 == digest
        and key is not None
        and key.retired_at is None
        and signed_at is not None
        and timezone.now() - signed_at < SIGNED_ANEW
    )


def taken_back(status_list: StatusList) -> list[int]:
    gone = Q(revoked_at__isnull=False) | Q(completion__withdrawn_at__isnull=False)
    return list(status_list.badges.filter(gone).order_by("index").values_list("index", flat=True))


def bits_of(status_list: StatusList, taken: list[int]) -> lib.StatusList:
    bits = lib.StatusList(status_list.size)
    for index in taken:
        bits[index] = True
    return bits


def known_list(status_list: StatusList) -> lib.PublishedList:
    """The list as a verifier on this site holds it: our own rows need no signature to be believed."""
    return lib.PublishedList(
        state=lib.State.VALID,
        issuer=controller_of(status_list.institution_id),
        purpose=lib.Purpose.REVOCATION,
        bits=bits_of(status_list, taken_back(status_list)),
    )


def list_with_room(institution: Institution, count: int) -> StatusList:
    """The institution's newest list, or another one where that is half full."""
    with transaction.atomic():
        Institution.objects.select_for_update().get(pk=institution.pk)
        found = StatusList.objects.filter(institution=institution).order_by("-pk").first()
        if found is not None and found.badges.count() + count <= found.size * FULLEST:
            return found
        return StatusList.objects.create(institution=institution)


def free_places(status_list: StatusList, count: int) -> list[int]:
    """As many places that no badge has, at random: their order must not tell who got a badge when."""
    chosen: set[int] = set()
    while len(chosen) < count:
        tried = {secrets.randbelow(status_list.size) for _place in range(count - len(chosen))}
        taken = Badge.objects.filter(status_list=status_list, index__in=tried).values_list("index", flat=True)
        chosen |= tried - set(taken)
    return list(chosen)
