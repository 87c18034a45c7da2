"""Whose pictures are: said before publishing, and never in the way of a version that is published."""

from pathlib import Path

import pytest

from saem.lib.content import Severity, load, readiness
from tests.lib.content.folders import PROGRAM, told, write_program

PHOTO = "lessons/first-look/images/owl.jpg"
LINES = len(PROGRAM.splitlines())


def found(folder: Path, assets: str, **files: str | bytes) -> list[tuple[str, int, str]]:
    program = load(write_program(folder, **{"program.yaml": PROGRAM + assets, PHOTO: b"jpg", **files})).program
    assert program is not None
    problems = readiness(program)
    assert all(each.severity is Severity.ERROR for each in problems)
    return told(list(problems))


def test_a_photograph_with_its_licence_is_sound(tmp_path: Path):
    own = f"assets:\n  {PHOTO}: {{licence: CC-BY-4.0}}\n"
    assert found(tmp_path / "own", own) == []
    others = f"assets:\n  {PHOTO}: {{licence: CC-BY-SA-3.0, credit: Hong Gildong}}\n"
    assert found(tmp_path / "others", others) == []
    program = load(tmp_path / "others" / "tiny").program
    assert program.credits[PHOTO].credit.in_("en") == "Hong Gildong"


@pytest.mark.parametrize(
    ("assets", "expected"),
    [
        ("", (PHOTO, 1, "asset_without_licence")),
        (f"assets:\n  {PHOTO}: {{licence: CC-BY-SA-3.0}}\n", ("program.yaml", LINES + 2, "asset_without_credit")),
        ("assets:\n  images/owl.jpg: {licence: CC0}\n", ("program.yaml", LINES + 2, "unknown_asset")),
    ],
)
def test_what_is_not_said_of_a_picture_is_told(tmp_path: Path, assets: str, expected: tuple):
    assert expected in found(tmp_path, assets)


def test_a_drawing_may_have_terms_of_its_own(tmp_path: Path):
    drawing = "lessons/first-look/images/map.svg"
    assets = f"assets:\n  {PHOTO}: {{licence: CC-BY-4.0}}\n  {drawing}: {{licence: CC0-1.0}}\n"
    assert found(tmp_path, assets) == [("program.yaml", LINES + 3, "asset_without_credit")]


def test_capitals_hide_no_picture(tmp_path: Path):
    names = [file for file, _, _ in found(tmp_path, "", **{"files/Plan.PNG": b"png"})]
    assert names == ["files/Plan.PNG", PHOTO]


@pytest.mark.parametrize(
    "entry", ["{}", "{licence: ''}", "{licence: CC0, credit: {ko: 홍길동}}", "CC0", "{license: CC0}"]
)
def test_an_entry_that_is_not_one_is_a_problem(tmp_path: Path, entry: str):
    loaded = load(
        write_program(tmp_path, **{"program.yaml": PROGRAM + f"assets:\n  {PHOTO}: {entry}\n", PHOTO: b"jpg"})
    )
    assert loaded.program is None
    assert (loaded.problems[0].file, loaded.problems[0].line) == ("program.yaml", LINES + 2)
