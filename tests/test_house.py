"""The house rules that a machine can hold: sizes, layers, migrations, and that the documents name what exists."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command

import saem.cli

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "saem"
LONGEST_FILE, LONGEST_FUNCTION = 600, 60
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_sizes(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= LONGEST_FILE
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions if node.end_lineno}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{path.relative_to(PACKAGE)}:{inner.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    # Inside a cell nothing is imported before the student's limits are set; each of those says so beside it.
    assert [place for place in hidden if not place.startswith("lib/sandbox/inside/")] == []


def test_no_vague_modules() -> None:
    vague = {"utils", "helpers", "common", "constants", "manager", "tasks", "signals"}
    assert [str(path) for path in SOURCES if path.stem in vague] == []


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_architecture_names_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    rooms = [
        path.name for room in ("lib", "apps") for path in (PACKAGE / room).iterdir() if (path / "__init__.py").exists()
    ]
    assert [room for room in rooms if f"`{room}`" not in text] == []


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    assert [name for name in saem.cli.COMMANDS if f"`saem {name}" not in text] == []


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    names = {name for path in SOURCES for name in re.findall(r'"(SAEM_[A-Z_]+)"', path.read_text())}
    assert sorted(name for name in names if f"`{name}`" not in text) == []


def test_decisions_have_numbers_of_their_own() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "adr").glob("*.md")]
    assert sorted(numbers) == sorted(set(numbers))


def test_no_sentence_is_marked_unfinished() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b")
    assert [str(path) for path in SOURCES if marks.search(path.read_text())] == []
