"""Signs that can be drawn stay; others are seen to be missing, or were never to be seen."""

from pathlib import Path

import pytest

from saem.lib.credentials.certificates import DocumentError, Fault, missing_signs
from saem.lib.credentials.certificates.glyphs import coverage
from tests.lib.credentials.certificates import samples

FITTED = [
    ("홍길동", "홍길동"),
    ("\u1112\u1169\u11bc길동", "홍길동"),
    ("洪吉童", "洪吉童"),
    ("Nguyễn Thị Hồng", "Nguyễn Thị Hồng"),
    ("Батбаяр", "Батбаяр"),
    ("محمد بن سعيد", "محمد بن سعيد"),
    ("สมชาย", "สมชาย"),
    ("🎉👨\u200d👩\u200d👧", "🎉👨\u200d👩\u200d👧"),
    ("가\x00나\x07다", "가나다"),
    ("가\u200b나\ufeff", "가나"),
    ("abc\u202egpj.exe", "abcgpj.exe"),
    ("가\ud800나", "가나"),
    ("가\U000f0000나\ufffe", "가나"),
    ("가 \t  나", "가 나"),
    ("가 \r\n 나", "가\n나"),
    ("𒀀", "□"),
    ("가𒀀\u0301", "가□"),
    ("é", "é"),
    ("\u0301가 \u0301나", "가 나"),
    ("👧\u0e31", "👧"),
    ("👍🏽", "👍🏽"),
    ("가\u0e31\u064b", "가"),
    ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
]


@pytest.mark.parametrize(("given", "fitted"), FITTED)
def test_text_is_reduced_to_what_the_fonts_draw(given: str, fitted: str) -> None:
    assert coverage(samples.FONTS).fitted(given) == fitted


def test_every_syllable_and_every_word_of_the_templates_can_be_drawn() -> None:
    known = coverage(samples.FONTS)
    assert known.missing("".join(map(chr, range(ord("가"), ord("힣") + 1)))) == frozenset()
    for family in ("Pretendard", "Gowun Batang"):
        assert set(range(ord("가"), ord("힣") + 1)) <= known.families[family]


def test_missing_signs_are_told_before_printing() -> None:
    assert missing_signs(samples.training(name="홍𒀀길동", course="과정 𒁀"), fonts=samples.FONTS) == {"𒀀", "𒁀"}
    assert missing_signs(samples.portfolio(), fonts=samples.FONTS) == frozenset()


def test_a_folder_without_fonts_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        coverage(tmp_path)
    assert caught.value.fault is Fault.FONTS
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    with pytest.raises(DocumentError) as caught:
        coverage(tmp_path)
    assert (caught.value.fault, caught.value.field) == (Fault.FONTS, "broken.ttf")
