"""Which signs the fonts of a folder can draw, and text reduced to those.

PDF/UA and PDF/A allow no sign without a glyph, so that a name with an unknown sign would otherwise stop a whole batch.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from saem.lib.credentials.certificates.errors import DocumentError, Fault

# Stands for a sign that no font has: a reader sees that something is missing.
MISSING = "□"
_SUFFIXES = {".otf", ".ttf"}
_JOINER = "\u200d"
# Invisible signs that shape words of some scripts (Persian, Devanagari); every other invisible one is dropped.
_SHAPING = frozenset({"\u200c", _JOINER})
# A sign, with the marks on it and, for emoji, whatever is joined to it.
_CLUSTER = re.compile(
    rf"\S(?:(?:{_JOINER}\S)|[\u0300-\u036f\u200c\u20d0-\u20ff\ufe00-\ufe0f]|[\U0001f3fb-\U0001f3ff])*|\s+"
)


@dataclass(frozen=True)
class Coverage:
    """The code points of each family, by the family's name as Typst knows it."""

    families: dict[str, frozenset[int]]

    def draws(self, cluster: str) -> bool:
        """Whether one single font has all of it: signs and their marks are never set from two."""
        wanted = {ord(sign) for sign in cluster if sign not in _SHAPING}
        return any(wanted <= known for known in self.families.values())

    def fitted(self, text: str) -> str:
        """The text in composed form, without invisible signs, with `MISSING` for what no font can draw."""
        return "".join(self._drawn(cluster) for cluster in _clusters(text))

    def missing(self, text: str) -> frozenset[str]:
        """The signs that `fitted` would replace or drop though a reader should see them."""
        return frozenset(cluster for cluster in _clusters(text) if self._drawn(cluster) != cluster)

    def _drawn(self, cluster: str) -> str:
        if cluster.isspace() or self.draws(cluster):
            return cluster
        # What is joined may still stand side by side, and a sign without its mark is better than none.
        parts = [sign for sign in cluster if not unicodedata.category(sign).startswith(("M", "C"))]
        return "".join(sign if self.draws(sign) else MISSING for sign in parts) or MISSING


def _clusters(text: str) -> Iterator[str]:
    """Signs with their marks, and runs of white space as one space or one line break."""
    composed = unicodedata.normalize("NFC", text)
    for found in _CLUSTER.finditer("".join(filter(_is_kept, composed))):
        cluster = found.group()
        yield ("\n" if "\n" in cluster else " ") if cluster.isspace() else cluster


def _is_kept(sign: str) -> bool:
    """Not control signs, directions that could disguise a name, halves of pairs, private or unassigned points."""
    return sign in _SHAPING or sign.isspace() or not unicodedata.category(sign).startswith("C")


@lru_cache(maxsize=8)
def coverage(fonts: Path) -> Coverage:
    """What the OTF and TTF files directly in a folder can draw. Raises DocumentError(FONTS) where there are none."""
    families: dict[str, frozenset[int]] = {}
    for path in sorted(fonts.glob("*")):
        if path.suffix.lower() in _SUFFIXES:
            family, points = _read(path)
            # The weights of a family may differ a little; only what all have is safe.
            families[family] = families.get(family, points) & points
    if not families:
        raise DocumentError(Fault.FONTS, str(fonts))
    return Coverage(families)


def _read(path: Path) -> tuple[str, frozenset[int]]:
    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            names = font["name"]
            return names.getDebugName(16) or names.getDebugName(1), frozenset(font.getBestCmap())
    except (TTLibError, OSError) as error:
        raise DocumentError(Fault.FONTS, path.name, detail=str(error)) from error
