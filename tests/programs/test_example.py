"""The template: checked like a program that ships, and an example of everything that a small program has."""

from pathlib import Path

from saem.lib.content import coverage, load
from tests.programs.conftest import CheckOf
from tests.programs.test_lessons import has_hangul, shape

EXAMPLE = "example"


def test_it_does_as_it_says(report_of: CheckOf) -> None:
    report = report_of(EXAMPLE)
    assert report.ok
    assert report.problems == ()


def test_it_has_one_of_everything(programs_folder: Path) -> None:
    program = load(programs_folder / EXAMPLE).program
    assert program is not None
    (lesson,) = program.lessons.values()
    assert set(lesson.teacher) == {"ko", "en"}
    assert lesson.exit in program.items
    assert (len(lesson.exercises), len(program.items), len(program.projects)) == (1, 3, 1)
    assert len({item.kind for item in program.items.values()}) == 3
    assert {skill for item in program.items.values() for skill in item.skills} == {each.id for each in program.skills}
    assert len(coverage(program).schemes) == 3


def test_both_languages_do_the_same(programs_folder: Path) -> None:
    lesson = load(programs_folder / EXAMPLE).program.lessons["water"]
    korean, english = lesson.pages["ko"], lesson.pages["en"]
    assert [shape(cell.code) for cell in korean.cells] == [shape(cell.code) for cell in english.cells]
    for pages in (lesson.pages, lesson.teacher):
        assert not any(has_hangul(section.title) for section in pages["en"].sections)
        assert all(has_hangul(section.title) for section in pages["ko"].sections)


def test_its_comments_are_in_both_languages(programs_folder: Path) -> None:
    for file in (programs_folder / EXAMPLE).rglob("*.yaml"):
        comments = [line.strip() for line in file.read_text().splitlines() if line.strip().startswith("#")]
        text = " ".join(comments)
        assert not comments or (has_hangul(text) and any(word.isascii() and word.isalpha() for word in text.split()))
