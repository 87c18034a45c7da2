"""Korean particles that fit the word before them: 은/는, 이/가, 을/를, 과/와, 으로/로."""

import re
import unicodedata

# name of the pair → (after a final consonant, after a vowel)
PAIRS = {
    "은는": ("은", "는"),
    "이가": ("이", "가"),
    "을를": ("을", "를"),
    "과와": ("과", "와"),
    "으로로": ("으로", "로"),
    "이라라": ("이라", "라"),
    "이에요예요": ("이에요", "예요"),
}

HANGUL_FIRST, HANGUL_LAST, FINALS, RIEUL = 0xAC00, 0xD7A3, 28, 8
# Digits as they are read: 영 일 이 삼 사 오 육 칠 팔 구.
DIGITS = {"0": "m", "1": "l", "2": "", "3": "m", "4": "", "5": "", "6": "k", "7": "l", "8": "l", "9": ""}
# Letters as they are named, where the name ends in a consonant: 엘 엠 엔 아르(알).
LETTERS = {"l": "l", "m": "m", "n": "n", "r": "l"}
# Endings of English words that Korean writes with a final consonant: 라벨, 컬럼, 모델, 타임, 스텝, 북.
RIEUL_ENDING = re.compile(r"(l|le)$")
CONSONANT_ENDING = re.compile(r"(m|n|me|ne|ng|ck|ic|(?:^|[^aeiou])[aeiou][pt])$")
JO = re.compile(r"(?:^|[^0-9])[1-9][0-9]{0,3}0{12}$")


def final_sound(word: str) -> str | None:
    """Return the final consonant a reader hears: "" none, "l" ㄹ, another letter; None where nobody can tell."""
    spoken = [c for c in unicodedata.normalize("NFC", word) if c.isalnum()]
    if not spoken:
        return None
    last = spoken[-1]
    if HANGUL_FIRST <= ord(last) <= HANGUL_LAST:
        final = (ord(last) - HANGUL_FIRST) % FINALS
        return "l" if final == RIEUL else "k" if final else ""
    if last in DIGITS:
        # 1,000,000,000,000 is 일조, the only round number that ends in a vowel.
        return "" if JO.search(word.replace(",", "")) else DIGITS[last]
    return latin_sound(word) if last.isascii() else None


def latin_sound(word: str) -> str:
    """Guess how Korean reads a Latin word: letter by letter if it looks like initials, else as a loan word."""
    run = re.findall(r"[A-Za-z]+", word)[-1]
    if run.isupper() or len(run) == 1 or not re.search(r"[aeiouy]", run.lower()):
        return LETTERS.get(run[-1].lower(), "")
    low = run.lower()
    if RIEUL_ENDING.search(low):
        return "l"
    return "k" if CONSONANT_ENDING.search(low) else ""


def with_particle(word: str, pair: str) -> str:
    """Return the word with the fitting particle of a pair, or with both, 은(는), where nobody can tell."""
    after_consonant, after_vowel = PAIRS[pair]
    sound = final_sound(word)
    if sound is None:
        return f"{word}{after_consonant}({after_vowel})"
    if pair == "으로로" and sound == "l":
        return word + after_vowel
    return word + (after_consonant if sound else after_vowel)
