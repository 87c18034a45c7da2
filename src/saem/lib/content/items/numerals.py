"""Numbers as learners type them: `3,200`, `３.５`, `1/4`, `25%`, `1만 2천 대`, `1.2×10^3`."""

import re
import unicodedata
from dataclasses import dataclass

MAX_LETTERS = 100
MAX_NUMBER = 1e15
_MINUS = str.maketrans(dict.fromkeys("−‐‑‒–—﹣", "-") | dict.fromkeys("\xa0\u2009\u202f", " ") | {"⁄": "/"})
# What people write before and after a number without meaning anything by it.
_BEFORE = re.compile(r"^(?:[^=]{0,30}=|약|대략|≈|~|about|approx\.?)\s*", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:입니다|이에요|예요|쯤|정도)?[.。]?$")
# A comma parts thousands and nothing else: 3,5 is no number here, for it could be meant in two ways.
_PLAIN = r"(?:[0-9]{1,3}(?:[, '][0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+"
_NUMBER = re.compile(
    rf"(?P<sign>[-+]?)\s*(?P<plain>{_PLAIN})(?P<power>\s*[x×*]\s*10\s*\^\s*[-+]?[0-9]{{1,3}}|[eE][-+]?[0-9]{{1,3}})?"
)
_OVER = re.compile(r"\s*/\s*([0-9]+(?:\.[0-9]+)?)")
_MYRIADS = {"천": 10**3, "만": 10**4, "억": 10**8}
_KOREAN = re.compile(rf"(?P<plain>{_PLAIN})\s*(?P<scale>천만|백만|천|만|억)\s*")
_SCALES = {**_MYRIADS, "백만": 10**6, "천만": 10**7}


@dataclass(frozen=True)
class Quantity:
    """A number and the words behind it, such as `km`; the words are "" where there are none."""

    number: float
    unit: str = ""


def read_quantity(text: str) -> Quantity | None:
    """What was meant, or None where that is no number or could be meant in two ways."""
    if len(text) > MAX_LETTERS:
        return None
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS).strip()
    plain = _AFTER.sub("", _BEFORE.sub("", plain, count=1), count=1)
    found = _korean(plain) or _arabic(plain)
    if found is None or not abs(found.number) <= MAX_NUMBER:
        return None
    # Digits left over mean that something was not understood: `3 4`, `1.2.3`, `3,5`.
    return None if re.search(r"[0-9]|^[,.'/]", _without_powers(found.unit)) else found


def _without_powers(unit: str) -> str:
    """`m2` and `km/h` are units; the digit belongs to them."""
    return re.sub(r"(?<=[A-Za-z])[23]", "", unit)


def _arabic(text: str) -> Quantity | None:
    found = _NUMBER.match(text)
    if found is None:
        return None
    number, rest = _value(found["plain"]), text[found.end() :]
    if found["power"]:
        number *= 10.0 ** max(-300, min(300, int(re.split(r"[eE^]", found["power"])[-1])))
    over = _OVER.match(rest)
    if over is not None:
        if float(over[1]) == 0:
            return None
        number, rest = number / float(over[1]), rest[over.end() :]
    return Quantity(-number if found["sign"] == "-" else number, rest.strip())


def _korean(text: str) -> Quantity | None:
    """`8만 2천 대`, `1만 2,345`: parts that grow smaller, added up."""
    total, last, at = 0.0, float("inf"), 0
    while (found := _KOREAN.match(text, at)) and _SCALES[found["scale"]] < last:
        last = _SCALES[found["scale"]]
        total += _value(found["plain"]) * last
        at = found.end()
    if at == 0:
        return None
    rest = _NUMBER.match(text, at)
    if rest is not None and not rest["sign"] and not rest["power"]:
        return Quantity(total + _value(rest["plain"]), text[rest.end() :].strip())
    return Quantity(total, text[at:].strip())


def _value(plain: str) -> float:
    return float(re.sub(r"[, ']", "", plain))
