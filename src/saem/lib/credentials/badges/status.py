"""Which badges were taken back: one bit for each, published as a signed list (W3C Bitstring Status List 1.0).

A verifier fetches the whole list, so that the issuer does not learn which badge was looked at. For the same reason the
caller should hand out indexes at random, not in order.
"""

import gzip
import zlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from saem.lib.credentials.errors import KeyMaterialError, UnreadableError

from .contexts import CREDENTIALS
from .moments import moment_text
from .multibase import base64url, from_base64url

# Section 3.1: fewer entries would tell who is on the list.
SMALLEST = 131_072
LARGEST = 8 * 2**20
ENTRY, LIST, LIST_CREDENTIAL = "BitstringStatusListEntry", "BitstringStatusList", "BitstringStatusListCredential"


class Purpose(StrEnum):
    """What a set bit means: for good, or until it is cleared."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


class StatusList:
    """Bits by index; the first is the left-most bit of the first byte."""

    def __init__(self, size: int = SMALLEST, *, bits: bytes | None = None) -> None:
        """Raises ValueError for a size below 131,072, above 8 Mi or not a multiple of eight."""
        if not SMALLEST <= size <= LARGEST or size % 8:
            raise ValueError(f"a status list has {SMALLEST} to {LARGEST} entries in whole bytes, not {size}")
        self.size = size
        self._bits = bytearray(bits or bytes(size // 8))

    def __getitem__(self, index: int) -> bool:
        byte, bit = self._place(index)
        return bool(self._bits[byte] & bit)

    def __setitem__(self, index: int, value: bool) -> None:
        byte, bit = self._place(index)
        self._bits[byte] = self._bits[byte] | bit if value else self._bits[byte] & ~bit

    def _place(self, index: int) -> tuple[int, int]:
        if not 0 <= index < self.size:
            raise IndexError(index)
        return index // 8, 0x80 >> index % 8

    def encoded(self) -> str:
        """The bits in GZIP and base64url, the same text for the same bits."""
        return base64url(gzip.compress(bytes(self._bits), mtime=0))

    @classmethod
    def decoded(cls, text: object) -> Self:
        """Raises UnreadableError ("odd_list") for what is no such list, is too short or unpacks to more than 1 MiB."""
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            bits = unpacker.decompress(from_base64url(text), LARGEST // 8 + 1)
            if unpacker.eof:
                return cls(len(bits) * 8, bits=bits)
        except (KeyMaterialError, zlib.error, ValueError) as error:
            raise UnreadableError("odd_list") from error
        raise UnreadableError("odd_list")


def status_entry(list_url: str, index: int, purpose: Purpose = Purpose.REVOCATION) -> dict[str, str]:
    """What a badge says about where its bit is."""
    return {
        "id": f"{list_url}#{index}",
        "type": ENTRY,
        "statusPurpose": purpose.value,
        "statusListIndex": str(index),
        "statusListCredential": list_url,
    }


def list_document(
    bits: StatusList, *, url: str, issuer: str, purpose: Purpose, at: datetime, until: datetime | None
) -> dict[str, Any]:
    """The credential of a list, unsigned; `url` is where it is published, `issuer` the controller of its key."""
    ends = {"validUntil": moment_text(until)} if until else {}
    return {
        "@context": [CREDENTIALS],
        "id": url,
        "type": ["VerifiableCredential", LIST_CREDENTIAL],
        "issuer": issuer,
        "validFrom": moment_text(at),
        **ends,
        "credentialSubject": {
            "id": f"{url}#list",
            "type": LIST,
            "statusPurpose": purpose.value,
            "encodedList": bits.encoded(),
        },
    }


def read_entry(entry: object) -> tuple[str, Purpose, int]:
    """The list, purpose and index of a badge's entry.

    Raises UnreadableError ("odd_status") for what is none, another type of status and purposes we do not know: whoever
    cannot read a status must not call the badge good.
    """
    try:
        if isinstance(entry, Mapping) and entry["type"] == ENTRY and entry.get("statusSize", 1) == 1:
            digits = str(entry["statusListIndex"])
            if digits.isascii() and digits.isdigit() and len(digits) <= len(str(LARGEST)):
                return str(entry["statusListCredential"]), Purpose(entry["statusPurpose"]), int(digits)
    except (KeyError, ValueError) as error:
        raise UnreadableError("odd_status") from error
    raise UnreadableError("odd_status")
