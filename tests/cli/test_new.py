"""`saem new`: a copy of the template that reads well under its new name, and nothing written over."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from saem.cli.new import TEMPLATE, new_command
from saem.lib.content import load


def new(*arguments: str | Path) -> Result:
    return CliRunner().invoke(new_command, list(map(str, arguments)))


def test_the_copy_has_its_own_id_and_title_and_no_problem(tmp_path: Path) -> None:
    folder = tmp_path / "paper-planes"
    done = new(folder, "--title", '종이비행기: "멀리", \\ 높이 # 1')
    assert done.exit_code == 0
    loaded = load(folder)
    assert loaded.problems == ()
    assert (loaded.program.id, loaded.program.title.ko) == ("paper-planes", '종이비행기: "멀리", \\ 높이 # 1')
    assert loaded.program.title.en == loaded.program.title.ko
    assert "# 프로그램의 첫 파일이에요." in (folder / "program.yaml").read_text()
    assert done.output.splitlines()[-1] == f"saem check {folder}"
    written = {path for path in folder.rglob("*") if path.is_file()}
    assert set(done.output.splitlines()[:-1]) == set(map(str, written))


def test_without_a_title_the_templates_stays(tmp_path: Path) -> None:
    assert new(tmp_path / "beans").exit_code == 0
    ours, theirs = load(tmp_path / "beans").program, load(TEMPLATE).program
    assert (ours.id, ours.title) == ("beans", theirs.title)


def test_an_id_of_its_own(tmp_path: Path) -> None:
    assert new(tmp_path / "My Folder", "--id", "beans").exit_code == 0
    assert load(tmp_path / "My Folder").program.id == "beans"


@pytest.mark.parametrize(
    ("folder", "options"),
    [
        ("My Folder", []),
        ("콩", []),
        ("beans", ["--id", "Beans"]),
        ("beans", ["--id", "a" * 61]),
        ("beans", ["--title", " "]),
        ("beans", ["--title", "two\nlines"]),
    ],
)
def test_what_is_no_name_writes_nothing(tmp_path: Path, folder: str, options: list[str]) -> None:
    done = new(tmp_path / folder, *options)
    assert done.exit_code == 2
    assert not (tmp_path / folder).exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "beans").mkdir()
    (tmp_path / "beans" / "mine.txt").write_text("mine")
    (tmp_path / "a-file").write_text("mine")
    for name in ("beans", "a-file"):
        done = new(tmp_path / name)
        assert done.exit_code == 2
        assert "is not empty" in done.output
    assert [path.name for path in (tmp_path / "beans").iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    assert new(tmp_path / "empty").exit_code == 0
