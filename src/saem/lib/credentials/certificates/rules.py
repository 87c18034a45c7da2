"""The checks that documents run on themselves when they are made."""

import re
import unicodedata
from collections.abc import Sized
from datetime import date

from saem.lib.credentials.certificates.errors import DocumentError, Fault

# Signs that still fit: a heading, a label or number, a name, a line of a table or a field, a sentence of conferral,
# a paragraph, a text over pages. With all fields full, a certificate is one sheet (measured by the tests).
HEADING, LABEL, NAME, LINE, STATEMENT, PARAGRAPH, TEXT = 40, 60, 100, 160, 400, 1000, 4000
# Signs that Unicode calls letters or symbols, and that no eye sees: Hangul fillers, the empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_ADDRESS = re.compile(r"https?://[!-~]{3,192}")


def check_texts(document: object, limit: int, *names: str, required: bool = True) -> None:
    """Each named field is at most `limit` characters long and, where `required`, not blank."""
    for name in names:
        check_text(name, getattr(document, name), limit, required=required)


def check_text(field: str, value: str, limit: int, *, required: bool = True) -> None:
    if required and not any(map(_is_seen, value)):
        raise DocumentError(Fault.EMPTY, field)
    if len(value) > limit:
        raise DocumentError(Fault.LONG, field)


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "CMZ" and sign not in _BLANK


def check_many(field: str, values: Sized, *, least: int = 0, most: int) -> None:
    if len(values) < least:
        raise DocumentError(Fault.EMPTY, field)
    if len(values) > most:
        raise DocumentError(Fault.LONG, field)


def check_address(field: str, value: str) -> None:
    """What a QR code can hold in a size that a phone still reads from paper."""
    if _ADDRESS.fullmatch(value) is None:
        raise DocumentError(Fault.ADDRESS, field)


def check_period(begins: date, ends: date) -> None:
    if ends < begins:
        raise DocumentError(Fault.PERIOD, "ends")


def check_amount(field: str, value: float | None, least: float, most: float) -> None:
    """None is no amount, and fine; a value that is not a number is in no range."""
    if value is not None and not least <= value <= most:
        raise DocumentError(Fault.AMOUNT, field)
