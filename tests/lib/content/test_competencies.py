"""The schemes of competencies: complete, in both languages, found by tag."""

import re

import pytest

from saem.lib.content.competencies import competency, schemes
from saem.lib.content.competencies.schemes import _read

GRID = [f"{aspect}{level}" for aspect in "HETD" for level in "123"]
CODES = {
    "ai4k12": [*"12345"],
    "ailit": ["EN", "CR", "MA", "DE"],
    "kr-ai-basics": [*"1234"],
    "unesco-students": GRID,
    "unesco-teachers": [f"{aspect}{level}" for aspect in "HEFPL" for level in "123"],
}


def test_each_scheme_has_its_codes_once():
    assert {name: [entry.code for entry in scheme.entries] for name, scheme in schemes().items()} == CODES


def test_the_words_differ_and_are_in_their_own_language():
    for scheme in schemes().values():
        for language in ("ko", "en"):
            words = [entry.title.in_(language) for entry in scheme.entries]
            assert len(set(words)) == len(words)
        assert all(re.search("[가-힣]", entry.title.ko) for entry in scheme.entries)
        assert not any(re.search("[가-힣]", entry.title.en) for entry in scheme.entries)


def test_a_tag_names_one_competency():
    assert competency("unesco-students/D1").title.ko.startswith("시스템 설계 1")
    assert competency("unesco-students/D4") is None
    assert competency("ai4k12") is None
    assert competency("nobody/1") is None


def test_a_broken_file_says_so(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("id: x\nentries: []\n")
    with pytest.raises(ValueError, match=r"x\.yaml is broken"):
        _read(path)
