"""`saem export-program` and `saem import-program`: files on disk, JSON on stdout, exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from saem.cli.export_program import export_program_command
from saem.cli.import_program import import_program_command
from saem.lib.content import content_hash, load
from tests.lib.content.exchange.qti.package import OPTIONS, item
from tests.lib.content.folders import write_program
from tests.lib.content.items.authored import FILE, authored

NUMBER = authored("number", "answer: 3\nunit: {ko: 미터, en: m}")


def export(*arguments: str | Path) -> Result:
    return CliRunner().invoke(export_program_command, [str(each) for each in arguments])


def bring(*arguments: str | Path) -> Result:
    return CliRunner().invoke(import_program_command, [str(each) for each in arguments])


def test_a_program_as_a_zip_and_back(tmp_path: Path) -> None:
    folder = write_program(tmp_path)
    assert export(folder, tmp_path / "tiny.zip", "--to", "zip").exit_code == 0
    assert export(folder, tmp_path / "tiny.zip", "--to", "zip").exit_code == 2
    assert export(folder, tmp_path / "tiny.zip", "--to", "zip", "--force").exit_code == 0
    done = bring(tmp_path / "tiny.zip", "--into", tmp_path / "again/tiny", "--from", "zip")
    assert (done.exit_code, "program.yaml" in done.output) == (0, True)
    assert content_hash(tmp_path / "again/tiny") == content_hash(folder)


def test_items_as_qti_and_back(tmp_path: Path) -> None:
    folder = write_program(tmp_path, **{FILE: NUMBER})
    done = export(folder, tmp_path / "bank.zip", "--to", "qti", "--json")
    assert (done.exit_code, json.loads(done.output)["problems"]) == (0, [])
    (folder / FILE).unlink()
    done = bring(tmp_path / "bank.zip", "--into", folder, "--from", "qti", "--json")
    assert json.loads(done.output) == {
        "ok": True,
        "changes": [{"file": "items/bank.yaml", "change": "created"}],
        "problems": [],
    }
    assert load(folder).ok
    assert done.exit_code == 0


def test_a_book_as_a_folder_and_back(tmp_path: Path) -> None:
    folder = write_program(tmp_path)
    done = export(folder, tmp_path / "book", "--to", "book", "--language", "en")
    assert (done.exit_code, done.output) == (0, "Files written to book: 8.\n")
    assert export(folder, tmp_path / "book", "--to", "book").exit_code == 2
    done = bring(tmp_path / "book", "--into", tmp_path / "new", "--from", "book", "--language", "en")
    assert done.exit_code == 0
    assert "lessons/first-look/lesson.md:1: warning: “first-look” lacks a language (`ko`)." in done.output
    assert (tmp_path / "new/lessons/first-look/en.md").is_file()


def test_a_program_that_does_not_load_is_not_exported(tmp_path: Path) -> None:
    folder = write_program(tmp_path, **{"program.yaml": "format: ["})
    done = export(folder, tmp_path / "out.zip", "--to", "qti", "--json")
    assert (done.exit_code, json.loads(done.output)["ok"], (tmp_path / "out.zip").exists()) == (1, False, False)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "bank.xml").write_bytes(item())
    into = tmp_path / "program"
    dry = bring(tmp_path / "bank.xml", "--into", into, "--from", "qti", "--dry-run", "--language", "en")
    assert (dry.exit_code, into.exists()) == (0, False)
    assert bring(tmp_path / "bank.xml", "--into", into, "--from", "qti").exit_code == 0
    assert bring(tmp_path / "bank.xml", "--into", into, "--from", "qti").exit_code == 0
    (into / "items/bank.yaml").write_text("mine")
    done = bring(tmp_path / "bank.xml", "--into", into, "--from", "qti", "--json")
    said = json.loads(done.output)
    assert (done.exit_code, said["problems"][0]["code"], said["changes"]) == (1, "exchange.exists", [])
    assert (into / "items/bank.yaml").read_text() == "mine"
    assert bring(tmp_path / "bank.xml", "--into", into, "--from", "qti", "--force").exit_code == 0
    assert (into / "items/bank.yaml").read_text() != "mine"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("bank.zip", b"PK\x03\x04", "content.archive_broken"),
        ("bank.xml", b"<!DOCTYPE a><a/>", "exchange.xml_doctype"),
        ("bank.xml", item(OPTIONS * 2), "exchange.several_interactions"),
    ],
)
def test_what_cannot_be_imported_is_a_problem(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    done = bring(tmp_path / name, "--into", tmp_path / "program", "--from", "qti", "--json")
    assert (done.exit_code, [each["code"] for each in json.loads(done.output)["problems"]]) == (1, [code])
    assert not (tmp_path / "program").exists()


@pytest.mark.parametrize("way", ["zip", "qti"])
def test_a_folder_where_a_file_is_meant(tmp_path: Path, way: str) -> None:
    assert bring(tmp_path, "--into", tmp_path / "program", "--from", way).exit_code == 2
