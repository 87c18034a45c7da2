"""What is typed on a tablet becomes what was meant."""

import pytest

from saem.apps.cohorts.models import CODE_ALPHABET, new_join_code
from saem.apps.cohorts.pins import hash_pin, is_easy, new_pin, pin_matches
from saem.apps.cohorts.spelling import KEYS, code_of, nickname_of, pin_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("k7px3m", "K7PX3M"),
        (" K7P-X3M ", "K7PX3M"),
        ("Ｋ７ＰＸ３Ｍ", "K7PX3M"),
        ("ㅏ7ㅔㅌ3ㅡ", "K7PX3M"),
        ("한글", "GKSRMF"),
        ("뷁", "QNPFR"),  # a compound vowel and a compound final: five keys
        ("ㄳㅘ", "RTHK"),
        ("К7РХ3М", ""),  # Cyrillic look-alikes: nothing certain is left, so nothing is guessed
        ("", ""),
        ("AB", ""),
        ("A" * 13, ""),
    ],
)
def test_codes(typed: str, meant: str):
    assert code_of(typed) == meant


def test_every_code_survives_its_own_spelling():
    for _code in range(50):
        code = new_join_code()
        assert code_of(code.lower()) == code
        assert set(code) <= set(CODE_ALPHABET)


def test_the_hangul_keyboard_has_every_letter_once():
    assert len(KEYS) == 19 + 21 + 27
    assert {key for key in KEYS.values() if len(key) == 1 and key.islower()} == set("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5829", "5829"),
        ("５８２９", "5829"),
        (" 58 29 ", "5829"),
        ("123456", "123456"),
        ("٣٤٥٦", ""),
        ("58-29", ""),
        ("②②②②", "2222"),
    ],
)
def test_pins(typed: str, meant: str):
    assert pin_of(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("하늘", "하늘"),
        ("\u1112\u1161늘", "하늘"),
        ("a\tb\n c", "a b c"),
        ("\u202eabc", "abc"),
        ("\ue000", ""),
        ("👩‍🚀", "👩🚀"),
    ],
)
def test_nicknames(typed: str, meant: str):
    assert nickname_of(typed) == meant


def test_a_made_pin_is_four_digits_that_nobody_tries_first():
    pins = {new_pin() for _pin in range(200)}
    assert len(pins) > 150
    assert all(len(pin) == 4 and pin.isdecimal() and not is_easy(pin) for pin in pins)


def test_pins_are_kept_salted_and_match_only_themselves():
    first, second = hash_pin("5829"), hash_pin("5829")
    assert first != second
    assert pin_matches("5829", first)
    assert not pin_matches("5828", first)
    assert not pin_matches("", "")
    assert not pin_matches("5829", "")
    assert not pin_matches("5829", "nonsense")
