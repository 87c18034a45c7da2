"""A project that was written without a source gets one, and the source gives the same project back."""

import json
import shutil
from pathlib import Path

import pytest

from saem.lib.content.authoring import Fate, make, plan, source_of
from tests.lib.content.authoring.notebooks import FILE

PROGRAMS = Path(__file__).resolve().parents[4] / "programs"
PROJECTS = ("rain-tomorrow/projects/rain", "digits/projects/read-digits")


@pytest.mark.parametrize("project", PROJECTS)
def test_the_way_back_gives_the_same_bytes(project: str):
    folder = PROGRAMS / project
    data, problems = source_of(folder, FILE)
    assert problems == []
    assert data is not None
    planned = plan(folder, make(FILE, data))
    assert planned.problems == ()
    assert {each.file: each.fate for each in planned.changes} == dict.fromkeys(
        ("starter.ko.ipynb", "starter.en.ipynb", "solution/notebook.ipynb", "project.yaml", "checks.py"), Fate.UNCHANGED
    )


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(PROGRAMS / PROJECTS[0], folder / "rain"))


def change(path: Path, cell: int, **changes: object) -> None:
    tree = json.loads(path.read_text())
    tree["cells"][cell] |= changes
    path.write_text(json.dumps(tree))


def test_what_a_run_would_change_is_told_before(tmp_path: Path):
    folder = copied(tmp_path)
    change(folder / "solution" / "notebook.ipynb", 0, source="# 다른 글")
    data, problems = source_of(folder, FILE)
    assert data is not None
    assert [(each.code, each.file, each.severity) for each in problems] == [
        ("authoring.not_same", "solution/notebook.ipynb", "warning")
    ]


def test_cells_of_the_solution_alone_stay_there(tmp_path: Path):
    folder = copied(tmp_path)
    path = folder / "solution" / "notebook.ipynb"
    tree = json.loads(path.read_text())
    extra = {
        "cell_type": "code",
        "id": "extra",
        "metadata": {},
        "source": "1 + 1",
        "outputs": [],
        "execution_count": None,
    }
    tree["cells"].insert(2, extra)
    path.write_text(json.dumps(tree))
    data, problems = source_of(folder, FILE)
    assert [(each.code, each.file) for each in problems] == [
        ("authoring.not_same", "solution/notebook.ipynb")
    ]  # its JSON only
    assert data is not None
    made = make(FILE, data)
    assert [cell["id"] for cell in json.loads(made.solution)["cells"]][2] == "extra"
    assert "extra" not in made.starters["ko"].decode()


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("project.yaml", None, "authoring.no_project"),
        ("starter.en.ipynb", None, "authoring.not_notebook"),
        ("starter.en.ipynb", '{"cells": [{"cell_type": "code", "source": ""}]}', "authoring.cells_differ"),
        ("solution/notebook.ipynb", '{"cells": [{"cell_type": "code", "source": ""}]}', "authoring.cells_differ"),
        ("project.yaml", "a: [", "content.yaml_syntax"),
    ],
)
def test_projects_that_have_no_way_back(tmp_path: Path, name: str, text: str | None, code: str):
    path = copied(tmp_path) / name
    path.unlink()
    if text is not None:
        path.write_text(text)
    data, problems = source_of(tmp_path / "rain", FILE)
    assert data is None
    assert [each.code for each in problems] == [code]
