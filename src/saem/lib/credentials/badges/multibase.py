"""Multibase and multihash as keys, proofs and digests use them (W3C Controlled Identifiers 1.0, section 2.4)."""

import base64
import binascii
import hashlib
import re

from saem.lib.credentials.errors import KeyMaterialError

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
PLACE = {letter: value for value, letter in enumerate(ALPHABET)}
# Longer text is neither a key nor a signature, and decoding takes time that grows with the square of the length.
LONGEST = 256
BASE64URL = re.compile(r"[A-Za-z0-9_-]*")
SHA_256 = b"\x12\x20"


def base58(data: bytes) -> str:
    """`z` and the bytes in base 58 of Bitcoin's alphabet."""
    number, text = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, 58)
        text = ALPHABET[rest] + text
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + ALPHABET[0] * zeros + text


def from_base58(text: object) -> bytes:
    """The bytes again. Raises KeyMaterialError for anything else than `base58` gives."""
    if not isinstance(text, str) or not text.startswith("z") or len(text) > LONGEST or not set(text[1:]) <= set(PLACE):
        raise KeyMaterialError("not base58 with a leading z")
    digits = text[1:]
    number = 0
    for letter in digits:
        number = number * 58 + PLACE[letter]
    zeros = len(digits) - len(digits.lstrip(ALPHABET[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def base64url(data: bytes) -> str:
    """`u` and the bytes in base64url without padding."""
    return "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_base64url(text: object) -> bytes:
    """The bytes again, with or without the leading `u` that older lists lack.

    Raises KeyMaterialError for what is no base64url.
    """
    if not isinstance(text, str) or not BASE64URL.fullmatch(text):
        raise KeyMaterialError("not base64url")
    # A gzip stream begins with H in base64, so that a leading u is never part of it.
    digits = text.removeprefix("u")
    try:
        return base64.b64decode(digits + "=" * (-len(digits) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyMaterialError("not base64url") from error


def multihash(data: bytes) -> str:
    """SHA-256 as a multihash in base64url: what `digestMultibase` holds."""
    return base64url(SHA_256 + hashlib.sha256(data).digest())
