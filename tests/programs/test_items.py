"""Practice items: every skill is asked for in several ways, in both languages, and each does as it says."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from saem.lib.content import Item, Program, load
from saem.lib.content.items import KINDS, judge, rehearse, right_answer, variant
from saem.lib.content.schema import Text, VaryingFile
from tests.programs.conftest import CheckOf
from tests.programs.test_lessons import PROGRAMS, has_hangul

FEWEST = 12
FEWEST_OF_A_SKILL = 3


def shipped(programs_folder: Path, program: str) -> Program:
    found = load(programs_folder / program).program
    assert found is not None
    return found


def texts_of(value: Any) -> Iterator[Text]:
    """Every text in two languages, however deep it stands."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        for _, part in value:
            yield from texts_of(part)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from texts_of(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_of(part)


@pytest.mark.parametrize("program", PROGRAMS)
def test_items_do_as_they_say(programs_folder: Path, program: str) -> None:
    found = shipped(programs_folder, program)
    assert [each for item in found.items.values() for each in rehearse(item, found)] == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_skill_is_asked_for_in_several_items(programs_folder: Path, program: str) -> None:
    found = shipped(programs_folder, program)
    assert len(found.items) >= FEWEST
    asked = Counter(skill for item in found.items.values() for skill in item.skills)
    assert set(asked) == {skill.id for skill in found.skills}
    assert min(asked.values()) >= FEWEST_OF_A_SKILL
    varied = [item for item in found.items.values() if isinstance(item.asked, VaryingFile) and item.asked.parameters]
    assert len(varied) >= 4


def test_all_kinds_are_used_in_every_program(programs_folder: Path) -> None:
    for program in PROGRAMS:
        assert {item.kind for item in shipped(programs_folder, program).items.values()} == set(KINDS)


@pytest.mark.parametrize("program", PROGRAMS)
def test_items_help_in_both_languages(programs_folder: Path, program: str) -> None:
    for item in shipped(programs_folder, program).items.values():
        assert 1 <= len(item.asked.hints) <= 3, item.id
        for text in texts_of(item.asked):
            if text.ko != text.en:
                assert has_hangul(text.ko), (item.id, text.ko)
                assert not has_hangul(text.en), (item.id, text.en)


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_is_shown_reads_whole_in_both_languages(programs_folder: Path, program: str) -> None:
    for item in shipped(programs_folder, program).items.values():
        for seed in range(3):
            for language in ("ko", "en"):
                shown = variant(item, seed)
                html = shown.prompt.html(language) + "".join(hint.html(language) for hint in shown.hints)
                assert "{{" not in html, item.id
                assert "<" in html


@pytest.mark.parametrize("program", PROGRAMS)
def test_right_answers_are_right_for_many_seeds(programs_folder: Path, program: str) -> None:
    for item in coded_apart(shipped(programs_folder, program)):
        for seed in range(100, 140):
            assert judge(item, seed, right_answer(item, seed)).right, (item.id, seed)


def coded_apart(program: Program) -> list[Item]:
    """Without code, which is judged by running it."""
    return [item for item in program.items.values() if item.kind != "code"]


@pytest.mark.sandbox
@pytest.mark.parametrize("program", PROGRAMS)
def test_code_items_pass_and_fail_as_stated(report_of: CheckOf, program: str) -> None:
    report = report_of(program)
    assert [each for each in report.problems if each.file.startswith("items/")] == []
    assert report.program is not None
    coded = [item.id for item in report.program.items.values() if item.kind == "code"]
    assert [name for name in report.references if name.startswith("items/")] == [f"items/{name}" for name in coded]
