"""Korean particles fit whatever stands before them: names, columns, numbers, quoted words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.particles import PAIRS, with_particle


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("하늘", "이가", "하늘이"),
        ("나무", "이가", "나무가"),
        ("학생 06", "은는", "학생 06은"),
        ("서울", "으로로", "서울로"),
        ("부산", "으로로", "부산으로"),
        ("제주", "으로로", "제주로"),
        ("점수", "이에요예요", "점수예요"),
        ("1", "이가", "1이"),
        ("2", "이가", "2가"),
        ("10", "을를", "10을"),
        ("7", "으로로", "7로"),
        ("3", "으로로", "3으로"),
        ("1000000000000", "이가", "1000000000000가"),
        ("0.5", "이가", "0.5가"),
        ("temp_max", "은는", "temp_max는"),
        ("‘temp_min’", "은는", "‘temp_min’은"),
        ("rain", "을를", "rain을"),
        ("model", "으로로", "model로"),
        ("table", "이가", "table이"),
        ("time", "이가", "time이"),
        ("dataset", "을를", "dataset을"),
        ("date", "이가", "date가"),
        ("score", "을를", "score를"),
        ("RMSE", "이가", "RMSE가"),
        ("XML", "이가", "XML이"),
        ("csv", "을를", "csv를"),
        ("id", "을를", "id를"),
        ("train.csv", "이가", "train.csv가"),
        ("x", "이가", "x가"),
        ("數", "이가", "數이(가)"),
        ("", "은는", "은(는)"),
        ("(나)", "과와", "(나)와"),
    ],
)
def test_the_particle_fits(word: str, pair: str, expected: str) -> None:
    assert with_particle(word, pair) == expected


@given(st.text(), st.sampled_from(sorted(PAIRS)))
def test_any_text_gets_one_of_its_particles(word: str, pair: str) -> None:
    written = with_particle(word, pair)
    assert written.startswith(word)
    assert written[len(word) :] in {*PAIRS[pair], "{}({})".format(*PAIRS[pair])}
