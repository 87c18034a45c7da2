"""What people type on a tablet, spelled one way, so that the same intent is the same text."""

import re
import unicodedata

# Two-set Korean keyboard: the Latin key under each letter. A pupil who leaves Hangul on types `ㅏ7ㅔㅌ3ㅡ` for K7PX3M.
LEADS = ("r", "R", "s", "e", "E", "f", "a", "q", "Q", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g")
VOWELS = tuple(re.findall("[^ ]+", "k o i O j p u P h hk ho hl y n nj np nl b m ml l"))
TAILS = tuple(re.findall("[^ ]+", "r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g"))
KEYS = {
    **{chr(0x1100 + place): key for place, key in enumerate(LEADS)},
    **{chr(0x1161 + place): key for place, key in enumerate(VOWELS)},
    **{chr(0x11A8 + place): key for place, key in enumerate(TAILS)},
}
# One keyboard sends them with an emoji, another does not: a pupil on another tablet would be somebody else.
EMOJI_STYLES = frozenset("\ufe0e\ufe0f")
CODE_FORM = re.compile(r"[A-Z0-9]{4,12}")
PIN_FORM = re.compile(r"[0-9]{4,6}")
# Invisible or meaningless in a name: controls, direction marks, zero-width signs, private and unassigned characters.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def code_of(text: str) -> str:
    """The class code that was meant: full-width, small letters, spaces, dashes and a Hangul keyboard are all fine."""
    typed = "".join(KEYS.get(sign, sign) for sign in unicodedata.normalize("NFKD", text))
    code = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    return code if CODE_FORM.fullmatch(code) else ""


def pin_of(text: str) -> str:
    """Four to six plain digits, or nothing; full-width digits and spaces are fine."""
    pin = "".join(unicodedata.normalize("NFKC", text).split())
    return pin if PIN_FORM.fullmatch(pin) else ""


def nickname_of(text: str) -> str:
    """The nickname without what nobody sees: composed, single spaces, no controls or direction marks."""
    composed = unicodedata.normalize("NFKC", text)
    seen = "".join(" " if sign.isspace() else sign for sign in composed if sign.isspace() or is_seen(sign))
    return " ".join(seen.split())


def is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in UNSEEN and sign not in EMOJI_STYLES
