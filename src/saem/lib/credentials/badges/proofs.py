"""Data Integrity proofs with Ed25519 over canonical statements: eddsa-rdfc-2022 (W3C Data Integrity EdDSA, 3.2)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from saem.lib.credentials.errors import KeyMaterialError, UnreadableError

from .keys import SigningKey
from .linked import canonical_text
from .moments import moment_text, read_moment
from .multibase import base58, from_base58

TYPE, SUITE, PURPOSE = "DataIntegrityProof", "eddsa-rdfc-2022", "assertionMethod"
MEMBERS = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}


def signed(document: Mapping[str, Any], key: SigningKey, *, controller: str, at: datetime) -> dict[str, Any]:
    """The document with a proof by this key of `controller`. Raises UnreadableError for what cannot be signed whole."""
    options = {
        "type": TYPE,
        "cryptosuite": SUITE,
        "created": moment_text(at),
        "verificationMethod": f"{controller}#{key.name}",
        "proofPurpose": PURPOSE,
    }
    signature = key.private.sign(_hashed(document, options))
    return {**document, "proof": {**options, "proofValue": base58(signature)}}


@dataclass(frozen=True)
class Proof:
    """A proof as read: which key signed, and when."""

    method: str
    created: datetime | None
    signature: bytes
    options: Mapping[str, Any]

    def signed_data(self, document: Mapping[str, Any]) -> bytes:
        """The 64 bytes that were signed, or not. Raises UnreadableError as `canonical_text` does."""
        return _hashed({name: value for name, value in document.items() if name != "proof"}, self.options)


def read_proof(document: Mapping[str, Any]) -> Proof:
    """The one proof of a screened document.

    Raises UnreadableError: `no_proof`, `odd_moment`, and `unsupported_proof` for several, chained, or of another suite.
    """
    proof = document.get("proof")
    if proof in (None, [], {}):
        raise UnreadableError("no_proof")
    if isinstance(proof, list) and len(proof) == 1:
        proof = proof[0]
    if not isinstance(proof, Mapping) or not _is_ours(proof):
        raise UnreadableError("unsupported_proof")
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    created = read_moment(proof["created"]) if "created" in proof else None
    return Proof(proof["verificationMethod"], created, _signature(proof.get("proofValue")), options)


def _signature(text: object) -> bytes:
    """What is no base58 is no signature; the empty one has the wrong length for every key."""
    try:
        return from_base58(text)
    except KeyMaterialError:
        return b""


def _is_ours(proof: Mapping[str, Any]) -> bool:
    kind = (proof.get("type"), proof.get("cryptosuite"), proof.get("proofPurpose"))
    return kind == (TYPE, SUITE, PURPOSE) and set(proof) <= MEMBERS and isinstance(proof.get("verificationMethod"), str)


def _hashed(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """64 bytes: the hash of the proof's options and the hash of the document (section 3.2.4)."""
    configuration = canonical_text({"@context": document["@context"], **options})
    return b"".join(hashlib.sha256(text.encode()).digest() for text in (configuration, canonical_text(document)))
