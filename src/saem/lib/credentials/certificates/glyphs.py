"""Which signs the fonts of a folder can draw, and text reduced to those.

PDF/UA and PDF/A allow no sign without a glyph, so that a name with an unknown sign would otherwise stop a whole batch.
"""

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
_SKINS = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


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
    """Each sign with what is set on or joined to it, and each run of white space as one space or one line break."""
    cluster = ""
    for sign in filter(_is_kept, unicodedata.normalize("NFC", text)):
        if cluster.isspace() and sign.isspace():
            cluster += sign
        elif cluster and _belongs(sign, cluster):
            # On white space or at the beginning there is nothing that a mark could be set on.
            cluster += "" if cluster.isspace() else sign
        else:
            yield from _told(cluster)
            cluster = "" if _belongs(sign, " ") else sign
    yield from _told(cluster)


def _told(cluster: str) -> Iterator[str]:
    if cluster:
        yield ("\n" if "\n" in cluster else " ") if cluster.isspace() else cluster


def _belongs(sign: str, cluster: str) -> bool:
    """Marks, joiners and skin colours belong to the sign before them, and so does whatever a joiner joins."""
    return (
        unicodedata.category(sign).startswith("M")
        or sign in _SHAPING
        or sign in _SKINS
        or (cluster[-1] == _JOINER and not sign.isspace())
    )


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
