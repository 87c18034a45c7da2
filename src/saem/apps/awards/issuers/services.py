"""Keys that come into force and go, and how an institution signs on paper."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from saem.apps.awards.issuers.rings import controller_of
from saem.apps.awards.issuers.sealing import is_secret_given, passphrase, unlocked
from saem.apps.awards.models import IssuerKey, IssuerProfile, Seal
from saem.apps.events.services import record
from saem.apps.people.models import Institution, User
from saem.errors import SaemError
from saem.lib.credentials.badges import SigningKey
from saem.lib.credentials.errors import KeyMaterialError

SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True)
class Signer:
    """A key's row and its private half."""

    row: IssuerKey
    key: SigningKey


def signer_for(institution: Institution) -> Signer:
    """The institution's key in force; its first one is made when it first signs.

    Raises SaemError `issuer.locked` where the site's secret does not open it.
    """
    row = _in_force(institution) or _first_key(institution)
    try:
        return Signer(row, unlocked(row.name, row.locked, passphrase()))
    except KeyMaterialError as error:
        raise SaemError("issuer.locked", status=503) from error


def rotate(institution: Institution, *, by: User | None, is_compromised: bool = False) -> IssuerKey:
    """Retire the key in force and put a new one in its place. The old private half is destroyed in the same act.

    What it signed goes on holding, unless it is compromised: then only what the site has on record does (ADR 16).
    """
    with transaction.atomic():
        Institution.objects.select_for_update().get(pk=institution.pk)
        now = timezone.now().replace(microsecond=0)
        old = _in_force(institution)
        if old is not None:
            # Signatures are dated to the second: the second of the change belongs to both keys.
            old.retired_at, old.retired_by, old.locked = now + SECOND, by, ""
            old.compromised_at = now if is_compromised else None
            old.save(update_fields=["retired_at", "retired_by", "locked", "compromised_at"])
        new = _new_key(institution, now)
        record(
            "issuer.key_rotated",
            actor=by,
            object_kind="institution",
            object_id=institution.pk,
            facts={"old": old.name if old else "", "new": new.name, "compromised": is_compromised},
        )
    return new


def set_profile(
    institution: Institution, *, by: User, officer: str, officer_en: str, name: str, seal: bytes | None
) -> IssuerProfile:
    """How certificates are signed from now on; those that were issued keep what they say."""
    with transaction.atomic():
        Institution.objects.select_for_update().get(pk=institution.pk)
        facts: dict[str, object] = {"officer": officer, "officer_en": officer_en, "name": name}
        if seal is not None:
            facts["seal"] = Seal.objects.create(institution=institution, data=seal, added_by=by)
        profile, _is_new = IssuerProfile.objects.update_or_create(institution=institution, defaults=facts)
        record(
            "issuer.profile_set",
            actor=by,
            object_kind="institution",
            object_id=institution.pk,
            facts={"officer": officer, "name": name, "seal": profile.seal_id},
        )
    return profile


def locked_out() -> int:
    """How many keys in force the site's secret does not open."""
    return sum(not _opens(row) for row in IssuerKey.objects.filter(retired_at=None))


def moved() -> int:
    """How many keys sign for an address that the site no longer has (SAEM_SITE_URL was changed)."""
    rows = IssuerKey.objects.values_list("institution_id", "controller")
    return sum(controller != controller_of(institution) for institution, controller in rows)


def _opens(row: IssuerKey) -> bool:
    if not is_secret_given():
        return False
    try:
        unlocked(row.name, row.locked, passphrase())
    except (KeyMaterialError, ImproperlyConfigured):
        return False
    return True


def _in_force(institution: Institution) -> IssuerKey | None:
    return IssuerKey.objects.filter(institution=institution, retired_at=None).first()


def _first_key(institution: Institution) -> IssuerKey:
    with transaction.atomic():
        Institution.objects.select_for_update().get(pk=institution.pk)
        return _in_force(institution) or _new_key(institution, timezone.now().replace(microsecond=0))


def _new_key(institution: Institution, begins: dt.datetime) -> IssuerKey:
    number = IssuerKey.objects.filter(institution=institution).count() + 1
    key = SigningKey.generate(f"key-{number}")
    return IssuerKey.objects.create(
        institution=institution,
        name=key.name,
        public=key.public().multibase,
        locked=key.locked(passphrase()).decode(),
        controller=controller_of(institution.pk),
        valid_from=begins,
    )
