"""Codes as strangers type them, and names as strangers may read them."""

import unicodedata

from saem.apps.awards.models.certificates import CODE_LENGTH
from saem.apps.cohorts.models import CODE_ALPHABET


def code_of(text: str) -> str:
    """The code that was meant, whatever its width, case, spaces and dashes; empty for what is none."""
    typed = unicodedata.normalize("NFKC", text).upper()
    # Whoever types an address that was printed under a QR code may type all of it.
    last = typed.rstrip("/ ").rpartition("/")[2]
    signs = "".join(sign for sign in last if sign not in " -‐–_·")
    return signs if len(signs) == CODE_LENGTH and set(signs) <= set(CODE_ALPHABET) else ""


def masked(name: str) -> str:
    """Enough to compare with a paper, too little to look somebody up: 김*늘, 박*, J*** S****."""
    return " ".join(_masked_word(word, is_only=" " not in name.strip()) for word in name.split())


def _masked_word(word: str, *, is_only: bool) -> str:
    ends = word[-1] if is_only and len(word) > 2 and not word.isascii() else ""  # noqa: PLR2004 - two signs have no middle
    return word[0] + "*" * (len(word) - 1 - len(ends)) + ends
