"""Checks what somebody brings: a certificate's PDF by its hash, a badge by its signature and status; no network."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone

from saem.apps.awards.badges.baking import credential_in
from saem.apps.awards.badges.statuses import address_of_list, known_list
from saem.apps.awards.certificates.queries import certificate_with_file
from saem.apps.awards.issuers.rings import all_rings, controller_of
from saem.apps.awards.models import Badge, Certificate, StatusList
from saem.apps.people.models import Institution
from saem.lib.credentials.badges import PublishedList, Trust, Verification, verify

PDF = b"%PDF-"
# The largest honest badge carries its picture, the largest certificate its fonts.
MOST_BYTES = 2 * 2**20
LIST_ADDRESS = re.compile(r"/status/([0-9]{1,9})/")


class SiteLists(Mapping[str, PublishedList]):
    """The status lists of this site, each read when a signed badge names it."""

    def __getitem__(self, address: str) -> PublishedList:
        found = LIST_ADDRESS.search(address)
        row = StatusList.objects.filter(pk=int(found[1])).first() if found else None
        if row is None or address_of_list(row) != address:
            raise KeyError(address)
        return known_list(row)

    def __iter__(self) -> Iterator[str]:
        return map(address_of_list, StatusList.objects.order_by("pk"))

    def __len__(self) -> int:
        return StatusList.objects.count()


@dataclass(frozen=True)
class Brought:
    """What an uploaded file is: a certificate's own file, or a badge as checked."""

    certificate: Certificate | None = None
    badge: Verification | None = None

    @property
    def is_pdf(self) -> bool:
        return self.badge is None


def site_trust() -> Trust:
    """Whom this site believes: the institutions whose keys it keeps."""
    return Trust(rings=all_rings(), lists=SiteLists(), on_record=is_on_record)


def is_on_record(digest: str) -> bool:
    return Badge.objects.filter(digest=digest).exists()


def check_file(data: bytes) -> Brought:
    if data.startswith(PDF):
        return Brought(certificate=certificate_with_file(hashlib.sha256(data).hexdigest()))
    return Brought(badge=check_badge(credential_in(data)))


def check_badge(document: object) -> Verification:
    return verify(document, site_trust(), at=timezone.now())


def names_of(controllers: set[str]) -> dict[str, str]:
    """What the institutions behind these DIDs are called: a badge may call its issuer anything."""
    ours = {
        controller_of(one.pk): one.local_name
        for one in Institution.objects.filter(issuer_keys__isnull=False).distinct()
    }
    return {controller: ours.get(controller, "") for controller in controllers}
