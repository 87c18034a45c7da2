"""Points out what may tell who somebody is, before it is published: numbers, addresses, names. Knows no Django."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Personal(StrEnum):
    """What was found; each is a code of the message table."""

    RESIDENT_NUMBER = "showcase.found.resident_number"
    PHONE = "showcase.found.phone"
    MAIL = "showcase.found.mail"
    NAME = "showcase.found.name"


@dataclass(frozen=True)
class Found:
    """One passage: in which part of the page, what it looks like, and the words themselves."""

    part: str
    kind: Personal
    words: str

    @property
    def is_forbidden(self) -> bool:
        """A resident number is never published, whatever anybody says of it."""
        return self.kind is Personal.RESIDENT_NUMBER


# Six digits of a birth date, a sign of sex and century (1 to 8), six more (the law on resident registration, §7-2).
RESIDENT = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})\s?-?\s?([1-8])\d{6}(?!\d)")
MOBILE = re.compile(r"(?<!\d)(?:\+?82[-.\s]?)?0?1[016789][-.\s]?\d{3,4}[-.\s]?\d{4}(?!\d)")
LANDLINE = re.compile(r"(?<!\d)0(?:2|[3-6]\d|70)[-.)\s]\s?\d{3,4}[-.\s]\d{4}(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# A name of one sign is in every second word.
SHORTEST_NAME = 2
LEAP_YEAR = 2000


def look_at(parts: Mapping[str, str], names: Collection[str] = ()) -> list[Found]:
    """Everything in the parts that may be personal, in order; `names` are those of the people of the team."""
    return [found for part, text in parts.items() for found in _in_text(part, text, names)]


def _in_text(part: str, text: str, names: Collection[str]) -> Iterator[Found]:
    # Full-width digits and letters read the same to a person.
    plain = unicodedata.normalize("NFKC", text)
    for number in resident_numbers(plain):
        yield Found(part, Personal.RESIDENT_NUMBER, number)
    for kind, pattern in ((Personal.PHONE, MOBILE), (Personal.PHONE, LANDLINE), (Personal.MAIL, MAIL)):
        for match in pattern.finditer(plain):
            yield Found(part, kind, match.group().strip())
    for name in names:
        if len(name) >= SHORTEST_NAME and name.casefold() in plain.casefold():
            yield Found(part, Personal.NAME, name)


def resident_numbers(text: str) -> Iterator[str]:
    """What reads like a resident number, one after the other: a long table is not read to its end for the first."""
    return (match.group() for match in RESIDENT.finditer(text) if _is_day(match))


def _is_day(match: re.Match[str]) -> bool:
    try:
        dt.date(LEAP_YEAR, int(match.group(2)), int(match.group(3)))
    except ValueError:
        return False
    return True
