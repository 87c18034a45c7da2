"""The last gate: whatever the renderer made, only this leaves it."""

import nh3

from saem.lib.content.drawings import ATTRIBUTES, TAGS, names

_MATH_TAGS = names(
    "math mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle merror mpadded mphantom msub msup "
    "msubsup munder mover munderover mmultiscripts mtable mtr mtd mlabeledtr menclose mprescripts "
    "none"
)
_MATH_ATTRIBUTES = names(
    "display displaystyle scriptlevel mathvariant mathcolor stretchy fence form separator accent "
    "accentunder lspace rspace width height depth voffset minsize maxsize symmetric movablelimits "
    "largeop linethickness columnalign rowalign columnspacing rowspacing columnlines rowlines frame "
    "notation linebreak"
)
_TAGS = names(
    "a abbr b blockquote br code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img li ol "
    "p pre s section span strong sub sup table tbody td th thead tr ul"
)
_ATTRIBUTES = {
    "a": {"href", "rel"},
    "img": {"src", "alt", "loading"},
    "ol": {"start"},
    "div": {"tabindex", "role", "aria-label"},
    "th": {"scope"},
    **{tag: set(_MATH_ATTRIBUTES) for tag in _MATH_TAGS},
    **{tag: set(ATTRIBUTES) for tag in TAGS},
    "svg": {*ATTRIBUTES, "role", "aria-label"},
}


def _cleaner(of_every_tag: set[str], schemes: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS | _MATH_TAGS | TAGS),
        clean_content_tags={"script", "style"},
        attributes={"*": of_every_tag, **_ATTRIBUTES},
        url_schemes=schemes,
        link_rel=None,
    )


_CLEANER = _cleaner({"class", "id", "lang", "title"}, {"https", "http", "mailto", "asset", "lesson", "project"})
# What readers themselves have written stands beside parts of the page that are found by their ids.
_OF_READERS = _cleaner({"class", "lang", "title"}, {"https", "http", "mailto"})


def clean(html: str) -> str:
    return _CLEANER.clean(html)


def clean_of_readers(html: str) -> str:
    """Of text that is nobody's program: no ids, and no way into a program."""
    return _OF_READERS.clean(html)
