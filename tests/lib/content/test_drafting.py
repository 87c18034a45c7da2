"""One file read by itself says what loading the whole folder says of it."""

from pathlib import Path

import pytest

from saem.lib import content
from saem.lib.content import Draft
from saem.lib.content.files import walk

PROGRAMS = Path(__file__).parents[3] / "programs"
FOLDER = PROGRAMS / "example"


def files_of(folder: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in walk(folder)}


def draft_of(name: str, text: str | None = None, files: dict[str, bytes] | None = None) -> Draft:
    held = files if files is not None else files_of(FOLDER)
    written = text if text is not None else held[name].decode()
    needed = content.needed_for(name, written, held)
    return content.read_draft(name, written, {each: held[each] for each in needed if each in held}, list(held))


@pytest.mark.parametrize("program", ["example", "digits"])
def test_sound_files_have_no_problem_and_pages_are_those_of_the_program(program):
    files = files_of(PROGRAMS / program)
    loaded = content.load(PROGRAMS / program).program
    assert loaded is not None
    for name in filter(content.has_draft, files):
        assert [each for each in draft_of(name, files=files).problems if each.severity == "error"] == [], name
    for lesson in loaded.lessons.values():
        for language, page in lesson.pages.items():
            assert draft_of(f"lessons/{lesson.id}/{language}.md", files=files).page == page


def test_a_problem_of_the_file_and_one_beside_it_are_told_apart():
    files = files_of(FOLDER)
    files["lessons/water/en.md"] = b"## Other\n\n[next](lesson:nowhere)\n"
    draft = draft_of("lessons/water/ko.md", files["lessons/water/ko.md"].decode() + "\n[다음](lesson:none)\n", files)
    assert {each.file for each in draft.problems} == {"lessons/water/ko.md"}
    assert "lessons/water/en.md" in {each.file for each in draft.around}
    assert draft.problems[-1].line == files["lessons/water/ko.md"].count(b"\n") + 2


@pytest.mark.parametrize(
    "name", ["program.yaml", "items/water.yaml", "lessons/water/lesson.yaml", "projects/cups/project.yaml"]
)
@pytest.mark.parametrize("text", ["", "a: [", "- : :\n\t", "[" * 500, "a: &x 1\nb: *x\n", "\x00", "just words"])
def test_whatever_is_written_is_told_and_never_raises(name, text):
    draft = draft_of(name, text)
    assert not draft.can_be_shown
    assert all(each.file == name for each in draft.problems)
    if name != "items/water.yaml" or text:
        assert draft.is_broken


def test_a_broken_program_file_still_lets_a_page_be_read():
    files = files_of(FOLDER) | {"program.yaml": b"id: ["}
    assert draft_of("lessons/water/ko.md", files=files).page is not None


def test_only_what_is_near_is_asked_for():
    files = files_of(PROGRAMS / "digits")
    needed = content.needed_for("lessons/mistaken-digits/ko.md", "![](images/split.ko.svg)", files)
    assert "lessons/mistaken-digits/images/split.ko.svg" in needed
    assert all(each == "program.yaml" or each.startswith("lessons/mistaken-digits/") for each in needed)
