"""Signing badges, endorsements and status lists."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from saem.lib.credentials.errors import UnreadableError

from .achievements import Achievement, Award, Issuer, Language, content_digest
from .contexts import CREDENTIALS, OPEN_BADGES
from .keys import SigningKey
from .moments import moment_text
from .proofs import signed
from .screening import screened
from .status import Purpose, StatusList, list_document

CONTEXT = (CREDENTIALS, OPEN_BADGES)


def issue_badge(
    award: Award,
    *,
    issuer: Issuer,
    key: SigningKey,
    at: datetime,
    language: Language = "ko",
    status: Mapping[str, str] | None = None,
    endorsements: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """A signed OpenBadgeCredential (Open Badges 3.0, section B.1), as JSON.

    `status` is a `status_entry`. `endorsements` of this achievement in this language, or of the issuer, are laid into
    it, so that one file proves everything. Raises UnreadableError where a text or number cannot be signed whole, and
    `foreign_endorsement` for an endorsement of something else.
    """
    profile, subject = issuer.document(), award.subject(language)
    for endorsement in endorsements:
        _lay_in(endorsement, (subject["achievement"], profile))
    document = {
        "@context": list(CONTEXT),
        "id": award.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": award.achievement.name.in_language(language),
        "issuer": profile,
        **award.validity(),
        "credentialSubject": subject,
        **({"evidence": [one.document(language) for one in award.evidence]} if award.evidence else {}),
        **({"credentialStatus": dict(status)} if status else {}),
    }
    return signed(screened(document), key, controller=issuer.id, at=at)


def endorse(
    endorsed: Achievement | Issuer,
    *,
    id: str,  # noqa: A002 - the field's name
    endorser: Issuer,
    key: SigningKey,
    at: datetime,
    comment: str,
    language: Language = "ko",
    until: datetime | None = None,
    status: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A signed EndorsementCredential: this institution stands by that achievement, or by that issuer.

    It is made once and goes into every badge of the achievement. It holds for these very words: `digestMultibase` is of
    the achievement or profile as badges in this language state it.
    """
    described = endorsed.document(language) if isinstance(endorsed, Achievement) else endorsed.document()
    document = {
        "@context": list(CONTEXT),
        "id": id,
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": described["name"],
        "issuer": endorser.document(),
        "validFrom": moment_text(at),
        **({"validUntil": moment_text(until)} if until else {}),
        "credentialSubject": {
            "id": described["id"],
            "type": ["EndorsementSubject"],
            "endorsementComment": comment,
            "digestMultibase": content_digest(described),
        },
        **({"credentialStatus": dict(status)} if status else {}),
    }
    return signed(screened(document), key, controller=endorser.id, at=at)


def publish_list(
    bits: StatusList,
    *,
    url: str,
    issuer: str,
    key: SigningKey,
    at: datetime,
    until: datetime | None = None,
    purpose: Purpose = Purpose.REVOCATION,
) -> dict[str, Any]:
    """A signed BitstringStatusListCredential. `until` says how long a copy may be believed: publish anew by then."""
    document = list_document(bits, url=url, issuer=issuer, purpose=purpose, at=at, until=until)
    return signed(screened(document), key, controller=issuer, at=at)


def _lay_in(endorsement: Mapping[str, Any], described: Sequence[dict[str, Any]]) -> None:
    target = endorsement["credentialSubject"]["id"]
    for node in described:
        if node["id"] == target:
            node.setdefault("endorsement", []).append(dict(endorsement))
            return
    raise UnreadableError("foreign_endorsement", str(target))
