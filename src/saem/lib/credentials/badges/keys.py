"""Ed25519 keys with names and dates, and the documents that publish them.

A key that was retired goes on proving what was signed while it was in force: its private half was destroyed, so that
its dates can be believed. A compromised key proves nothing by itself, whatever date a badge claims, because a thief can
write any date; only badges that the issuer has on record count (`Trust.on_record`). ADR 16 says why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from urllib.parse import quote, urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from saem.lib.credentials.errors import KeyMaterialError

from .moments import moment_text
from .multibase import base58, base64url, from_base58

# Multicodec prefixes of 32 bytes each (Multikey, W3C Controlled Identifiers 1.0, section 2.2.2).
PUBLIC, PUBLIC_LENGTH = b"\xed\x01", 32
SIGNATURE_LENGTH = 64
MULTIKEY = "https://w3id.org/security/multikey/v1"
DID = "https://www.w3.org/ns/did/v1"


@dataclass(frozen=True, kw_only=True)
class PublicKey:
    """What others check signatures with. `name` is unique among the keys of one controller (`key-2026`).

    `valid_from` and `retired` bound the time in which it signed, None for unbounded; `compromised` is when it may have
    got into other hands.
    """

    name: str
    raw: bytes
    valid_from: datetime | None = None
    retired: datetime | None = None
    compromised: datetime | None = None

    @property
    def multibase(self) -> str:
        return base58(PUBLIC + self.raw)

    @classmethod
    def from_multibase(cls, name: str, text: object, **dates: datetime | None) -> Self:
        """Raises KeyMaterialError for what is no Ed25519 Multikey."""
        data = from_base58(text)
        if not data.startswith(PUBLIC) or len(data) != len(PUBLIC) + PUBLIC_LENGTH:
            raise KeyMaterialError("not an Ed25519 Multikey")
        return cls(name=name, raw=data[len(PUBLIC) :], **dates)

    def was_in_force(self, moment: datetime) -> bool:
        """Whether this key signed at that time, by its dates."""
        has_begun = self.valid_from is None or self.valid_from <= moment
        return has_begun and (self.retired is None or moment < self.retired)

    def has_signed(self, signature: bytes, data: bytes) -> bool:
        if len(signature) != SIGNATURE_LENGTH:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """A private key with its name. It lives where the caller keeps secrets; nothing here writes it anywhere."""

    name: str
    private: Ed25519PrivateKey

    @classmethod
    def generate(cls, name: str) -> Self:
        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> Self:
        """From 32 secret bytes. Raises KeyMaterialError for another length."""
        try:
            return cls(name, Ed25519PrivateKey.from_private_bytes(seed))
        except ValueError as error:
            raise KeyMaterialError("an Ed25519 seed has 32 bytes") from error

    @classmethod
    def unlocked(cls, name: str, pem: bytes, passphrase: bytes) -> Self:
        """The reverse of `locked`. Raises KeyMaterialError for a wrong passphrase or another kind of key."""
        try:
            private = serialization.load_pem_private_key(pem, passphrase)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise KeyMaterialError("not a key that this passphrase opens") from error
        if not isinstance(private, Ed25519PrivateKey):
            raise KeyMaterialError("not an Ed25519 key")
        return cls(name, private)

    def locked(self, passphrase: bytes) -> bytes:
        """PKCS #8 in PEM, encrypted with the passphrase: what may lie on a disk."""
        return self.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase),
        )

    def public(self, **dates: datetime | None) -> PublicKey:
        """The public half, with the dates of `PublicKey`."""
        return PublicKey(name=self.name, raw=self.private.public_key().public_bytes_raw(), **dates)


class KeyRing:
    """The keys of one controller (an issuer or endorser), past and present; `controller` is its DID or address."""

    def __init__(self, controller: str, keys: Iterable[PublicKey]) -> None:
        self.controller = controller
        self.keys = {f"{controller}#{key.name}": key for key in keys}

    def did_document(self) -> dict[str, Any]:
        """The document that publishes the keys, at `/.well-known/did.json` for did:web.

        Retired keys stay, or old badges would fail everywhere. Compromised keys stay with `revoked`, so that verifiers
        can say what happened, and lose their purpose.
        """
        return {
            "@context": [DID, MULTIKEY],
            "id": self.controller,
            "verificationMethod": [self._method(address, key) for address, key in self.keys.items()],
            "assertionMethod": [address for address, key in self.keys.items() if key.compromised is None],
        }

    def _method(self, address: str, key: PublicKey) -> dict[str, Any]:
        shown = {"id": address, "type": "Multikey", "controller": self.controller, "publicKeyMultibase": key.multibase}
        return shown if key.compromised is None else {**shown, "revoked": moment_text(key.compromised)}

    def jwks(self) -> dict[str, Any]:
        """The keys that are not compromised as a JSON Web Key Set (RFC 8037)."""
        return {"keys": [_jwk(address, key) for address, key in self.keys.items() if key.compromised is None]}

    @classmethod
    def from_did_document(cls, document: Mapping[str, Any]) -> Self:
        """The keys of somebody else's document. Its dates are not known, so they are unbounded.

        Raises KeyMaterialError for a document without an id. Keys that are no Ed25519 Multikeys, belong to somebody
        else or may not assert are left out.
        """
        controller = document.get("id")
        if not isinstance(controller, str):
            raise KeyMaterialError("a DID document has an id")
        methods, allowed = document.get("verificationMethod"), document.get("assertionMethod")
        keys = [_read(method, controller) for method in methods] if isinstance(methods, list) else []
        may = [one for one in allowed if isinstance(one, str)] if isinstance(allowed, list) else []
        return cls(controller, [key for key in keys if key and f"{controller}#{key.name}" in may])

    @classmethod
    def from_did_key(cls, did: str) -> Self:
        """The one key that a did:key is. Raises KeyMaterialError for another kind of DID."""
        name = did.removeprefix("did:key:")
        if name == did:
            raise KeyMaterialError("not a did:key")
        return cls(did, [PublicKey.from_multibase(name, name)])


def did_web(url: str) -> str:
    """The did:web whose document lies at the root of this site: `https://saem.kr:8443` → `did:web:saem.kr%3A8443`."""
    return f"did:web:{quote(urlsplit(url).netloc, safe='.-')}"


def _read(method: object, controller: str) -> PublicKey | None:
    if not isinstance(method, Mapping) or method.get("controller") != controller or "revoked" in method:
        return None
    place, _hash, name = str(method.get("id")).partition("#")
    if place not in ("", controller):
        return None
    try:
        return PublicKey.from_multibase(name, method.get("publicKeyMultibase"))
    except KeyMaterialError:
        return None


def _jwk(address: str, key: PublicKey) -> dict[str, str]:
    return {"kty": "OKP", "crv": "Ed25519", "kid": address, "x": base64url(key.raw).removeprefix("u")}
