"""Whether a badge is what it says, as a value: for a stranger's document no exception, no network, no long wait."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from saem.lib.credentials.errors import UnreadableError

from .achievements import content_digest, identity_hash
from .keys import PublicKey
from .moments import read_moment
from .proofs import Proof, read_proof
from .results import Endorsed, PublishedList, State, Trust, Verification
from .screening import screened
from .status import LIST, LIST_CREDENTIAL, Purpose, StatusList, read_entry

# Honest badges carry one or two; each costs as much as a badge.
MOST_ENDORSEMENTS = 8
BADGES = {"OpenBadgeCredential", "AchievementCredential"}
ENDORSEMENT = "EndorsementCredential"


def verify(document: object, trust: Trust, *, at: datetime) -> Verification:
    """Check a badge (bytes, text or parsed JSON) as of `at`, a moment with a time zone.

    Raises ContextsMissingError where the site was not built; nothing for any document.
    """
    found = _checked(document, trust, at, kinds=BADGES)
    if not found.document:
        return found
    return replace(found, endorsements=tuple(_endorsements(found.document, trust, at)))


def read_list(document: object, trust: Trust, *, url: str, at: datetime) -> PublishedList:
    """Check the status list that was fetched from `url`."""
    found = _checked(document, trust, at, kinds={LIST_CREDENTIAL})
    if not found.is_valid:
        return PublishedList(state=found.state, reason=found.reason, issuer=found.issuer)
    subject = found.document["credentialSubject"]
    try:
        purpose, bits = Purpose(subject.get("statusPurpose")), StatusList.decoded(subject.get("encodedList"))
    except (UnreadableError, ValueError):
        return PublishedList(state=State.MALFORMED, reason="odd_list", issuer=found.issuer)
    if found.document.get("id") != url or subject.get("type") != LIST:
        return PublishedList(state=State.MALFORMED, reason="odd_list", issuer=found.issuer)
    until = found.document.get("validUntil")
    ends = read_moment(until) if until else None
    return PublishedList(state=State.VALID, issuer=found.issuer, purpose=purpose, bits=bits, until=ends)


def is_recipient(document: Mapping[str, Any], identity: str) -> bool:
    """Whether a verified badge was given to this identity (an e-mail address, an account)."""
    listed = document["credentialSubject"].get("identifier", [])
    for one in listed if isinstance(listed, list) else [listed]:
        if not isinstance(one, Mapping):
            continue
        salt = one.get("salt", "")
        given = identity_hash(identity, str(salt)) if one.get("hashed") is True else identity
        if one.get("identityHash") == given:
            return True
    return False


def _checked(document: object, trust: Trust, at: datetime, *, kinds: set[str]) -> Verification:
    """Everything but the endorsements."""
    try:
        return _examined(screened(document), trust, at, kinds)
    except UnreadableError as error:
        state = State.UNSUPPORTED_PROOF if error.code in {"no_proof", "unsupported_proof"} else State.MALFORMED
        return Verification(state=state, reason=error.code)


def _examined(body: dict[str, Any], trust: Trust, at: datetime, kinds: set[str]) -> Verification:
    """The cheap parts first: a stranger's signature costs nothing."""
    issuer, proof = _issuer(body), read_proof(body)
    _check_shape(body, kinds)
    validity, entries = _validity(body), _entries(body)
    told = Verification(state=State.UNKNOWN_KEY, issuer=issuer, key=proof.method)
    key = _key_of(trust, issuer, proof)
    if key is None:
        return told
    data = proof.signed_data(body)
    if not key.has_signed(proof.signature, data):
        return replace(told, state=State.BAD_SIGNATURE)
    digest = hashlib.sha256(data).hexdigest()
    states = (
        _state_of_key(key, proof.created or validity[0], digest, trust),
        _state_in_time(validity, proof, at, trust.skew),
        *(_state_on_list(entry, issuer, trust, at) for entry in entries),
    )
    state = min(states, key=list(State).index)
    return replace(told, state=state, signed_at=proof.created, digest=digest, document=body)


def _issuer(body: Mapping[str, Any]) -> str:
    issuer = body.get("issuer")
    name = issuer.get("id") if isinstance(issuer, Mapping) else issuer
    if not isinstance(name, str):
        raise UnreadableError("no_issuer")
    return name


def _check_shape(body: Mapping[str, Any], kinds: set[str]) -> None:
    """The parts that every reader relies on stand where they belong."""
    if not {"VerifiableCredential"} <= _types(body) or not kinds & _types(body):
        raise UnreadableError("odd_type")
    subject = body.get("credentialSubject")
    if not isinstance(subject, Mapping):
        raise UnreadableError("no_subject")
    if kinds is BADGES:
        achievement = subject.get("achievement")
        if not isinstance(achievement, Mapping) or not {"id", "name", "criteria", "description"} <= set(achievement):
            raise UnreadableError("no_achievement")


def _types(node: Mapping[str, Any]) -> set[str]:
    kinds = node.get("type")
    return {one for one in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(one, str)}


def _validity(body: Mapping[str, Any]) -> tuple[datetime, datetime | None]:
    until = body.get("validUntil")
    return read_moment(body.get("validFrom")), None if until is None else read_moment(until)


def _entries(body: Mapping[str, Any]) -> list[tuple[str, Purpose, int]]:
    status = body.get("credentialStatus", [])
    return [read_entry(entry) for entry in (status if isinstance(status, list) else [status])]


def _key_of(trust: Trust, issuer: str, proof: Proof) -> PublicKey | None:
    """Only the issuer's own keys sign for it, whatever else the verifier knows."""
    ring = trust.rings.get(issuer)
    return ring.keys.get(proof.method) if ring else None


def _state_of_key(key: PublicKey, signed_at: datetime, digest: str, trust: Trust) -> State:
    if key.compromised is not None and not trust.on_record(digest):
        return State.COMPROMISED_KEY
    return State.VALID if key.was_in_force(signed_at) else State.KEY_NOT_IN_FORCE


def _state_in_time(validity: tuple[datetime, datetime | None], proof: Proof, at: datetime, skew: timedelta) -> State:
    begins, ends = validity
    if max(begins, proof.created or begins) > at + skew:
        return State.NOT_YET_VALID
    return State.EXPIRED if ends is not None and ends < at - skew else State.VALID


def _state_on_list(entry: tuple[str, Purpose, int], issuer: str, trust: Trust, at: datetime) -> State:
    url, purpose, index = entry
    listed = trust.lists.get(url)
    if listed is None or listed.bits is None or listed.issuer != issuer or listed.purpose != purpose:
        return State.STATUS_UNKNOWN
    if index >= listed.bits.size or (listed.until is not None and listed.until < at - trust.skew):
        return State.STATUS_UNKNOWN
    if not listed.bits[index]:
        return State.VALID
    return State.REVOKED if purpose is Purpose.REVOCATION else State.SUSPENDED


def _endorsements(body: Mapping[str, Any], trust: Trust, at: datetime) -> Iterator[Endorsed]:
    described = [body, body["credentialSubject"]["achievement"], body["issuer"]]
    left = MOST_ENDORSEMENTS
    for node in described:
        held = node.get("endorsement", []) if isinstance(node, Mapping) else []
        for document in held if isinstance(held, list) else [held]:
            if left == 0:
                yield Endorsed(state=State.MALFORMED, reason="too_large")
                return
            left -= 1
            yield _endorsed(document, node, trust, at)


def _endorsed(document: object, node: Mapping[str, Any], trust: Trust, at: datetime) -> Endorsed:
    found = _checked(document, trust, at, kinds={ENDORSEMENT})
    if not found.document:
        return Endorsed(state=found.state, reason=found.reason, by=found.issuer)
    subject = found.document["credentialSubject"]
    of, comment = str(subject.get("id", "")), str(subject.get("endorsementComment", ""))
    told = Endorsed(state=found.state, reason=found.reason, by=found.issuer, of=of, comment=comment)
    if of != node.get("id"):
        return replace(told, state=State.MALFORMED, reason="foreign_endorsement")
    words = subject.get("digestMultibase")
    if words is not None and words != content_digest(node):
        return replace(told, state=State.MALFORMED, reason="other_words")
    return told
