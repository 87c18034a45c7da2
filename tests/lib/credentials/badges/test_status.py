import gzip
import random

import pytest

from saem.lib.credentials.badges import Purpose, StatusList, status_entry
from saem.lib.credentials.badges.multibase import base64url
from saem.lib.credentials.badges.status import read_entry
from saem.lib.credentials.errors import UnreadableError


def test_bits_come_back() -> None:
    bits, dice = StatusList(), random.Random(1)
    chosen = set(dice.sample(range(bits.size), 500))
    for index in chosen:
        bits[index] = True
    read = StatusList.decoded(bits.encoded())
    assert {index for index in range(read.size) if read[index]} == chosen


def test_a_bit_can_be_cleared() -> None:
    bits = StatusList()
    bits[9] = True
    bits[8] = True
    bits[9] = False
    assert (bits[8], bits[9]) == (True, False)


def test_the_first_bit_is_the_left_most() -> None:
    bits = StatusList()
    bits[0] = bits[15] = True
    assert gzip.decompress(__import__("base64").urlsafe_b64decode(bits.encoded()[1:] + "==="))[:2] == b"\x80\x01"


def test_the_same_bits_are_the_same_text() -> None:
    assert StatusList().encoded() == StatusList().encoded()


def test_the_standards_empty_list() -> None:
    # Bitstring Status List 1.0, example of an encodedList: 131,072 bits, all clear.
    example = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    read = StatusList.decoded(example)
    assert read.size == 131_072
    assert not any(read[index] for index in range(read.size))


@pytest.mark.parametrize("size", [0, 131_071, 131_073, 8 * 2**20 + 8, -8])
def test_sizes_that_a_list_cannot_have(size) -> None:
    with pytest.raises(ValueError, match="entries"):
        StatusList(size)


@pytest.mark.parametrize("index", [-1, 131_072])
def test_indexes_beyond_the_list(index) -> None:
    bits = StatusList()
    with pytest.raises(IndexError):
        bits[index]
    with pytest.raises(IndexError):
        bits[index] = True


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "u",
        "uAAAA",
        "u!!",
        base64url(gzip.compress(bytes(10))),
        base64url(gzip.compress(bytes(16_384))[:-9]),
        base64url(gzip.compress(bytes(2**20 + 1))),
        base64url(gzip.compress(bytes(100 * 2**20))),
    ],
    ids=["none", "empty", "letter", "no gzip", "no base64", "short", "cut off", "long", "bomb"],
)
def test_what_is_no_list(text) -> None:
    with pytest.raises(UnreadableError):
        StatusList.decoded(text)


def test_entries_are_read() -> None:
    assert read_entry(status_entry("https://a.example/1", 5)) == ("https://a.example/1", Purpose.REVOCATION, 5)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "StatusList2021Entry"},
        {"statusPurpose": "message"},
        {"statusPurpose": ["revocation"]},
        {"statusListIndex": "-1"},
        {"statusListIndex": "1.5"},
        {"statusListIndex": "٥"},
        {"statusListIndex": "9" * 400},
        {"statusSize": 2},
    ],
    ids=str,
)
def test_entries_that_nobody_can_read(change) -> None:
    with pytest.raises(UnreadableError, match="odd_status"):
        read_entry({**status_entry("https://a.example/1", 5), **change})


@pytest.mark.parametrize("missing", ["statusListIndex", "statusPurpose", "statusListCredential", "type"])
def test_entries_that_lack_something(missing) -> None:
    entry = status_entry("https://a.example/1", 5)
    del entry[missing]
    with pytest.raises(UnreadableError, match="odd_status"):
        read_entry(entry)
