"""Keys and issuers as the badges room knows them: who an institution is to the world, and what it signed with."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from saem.apps.awards.models import IssuerKey
from saem.apps.notices.words import address_of
from saem.apps.people.models import Institution
from saem.lib.credentials.badges import Issuer, KeyRing, PublicKey, did_web


def controller_of(institution_id: int) -> str:
    """The institution's DID: `did:web:saem.example:issuers:3`, which lies at /issuers/3/did.json."""
    return f"{did_web(settings.SITE_URL)}:issuers:{institution_id}"


def issuer_of(institution: Institution) -> Issuer:
    """The profile that badges and endorsements carry."""
    page = address_of(reverse("awards:issuer", args=[institution.pk]))
    return Issuer(id=controller_of(institution.pk), name=institution.name, url=page)


def public_key(key: IssuerKey) -> PublicKey:
    dates = {"valid_from": key.valid_from, "retired": key.retired_at, "compromised": key.compromised_at}
    return PublicKey.from_multibase(key.name, key.public, **dates)


def ring_of(institution: Institution) -> KeyRing:
    """Every key that the institution ever had."""
    keys = IssuerKey.objects.filter(institution=institution).order_by("pk")
    return KeyRing(controller_of(institution.pk), map(public_key, keys))


def all_rings() -> dict[str, KeyRing]:
    """The keys of all institutions here, by DID: whom this site's verifier believes."""
    return rings(IssuerKey.objects.order_by("pk"))


def rings(keys: Iterable[IssuerKey]) -> dict[str, KeyRing]:
    by_controller: dict[str, list[PublicKey]] = {}
    for key in keys:
        by_controller.setdefault(controller_of(key.institution_id), []).append(public_key(key))
    return {controller: KeyRing(controller, found) for controller, found in by_controller.items()}
