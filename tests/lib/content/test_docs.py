"""The guides for authors name every key, and their examples are sound."""

import re
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

from saem.lib.content import load, schema
from saem.lib.content.files import ASSET_FOLDERS
from saem.lib.content.items import KINDS as ITEM_KINDS
from saem.lib.content.items import rehearse
from saem.lib.content.markdown.labels import ADMONITIONS
from saem.lib.content.sources import KINDS
from tests.lib.content.folders import changed, notebook, told

DOCS = Path(__file__).parents[3] / "docs"
GUIDES = ("program-format.md", "program-format.ko.md")
EXAMPLE = re.compile(r"^(`{3,4})\w+ file=(\S+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def examples(guide: str) -> dict[str, str]:
    return {name: text for _, name, text in EXAMPLE.findall((DOCS / guide).read_text())}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.mark.parametrize("guide", GUIDES)
def test_the_small_program_of_the_guide_is_sound(tmp_path: Path, guide: str):
    files = examples(guide)
    project = {name: text for name, text in files.items() if name.startswith("projects")}
    lessons = {name: text for name, text in files.items() if name not in project}
    lessons["files/flights.csv"] = "wing,metres\n10,6\n11,7\n12,8\n13,9\n"
    loaded = load(write(tmp_path / "paper-planes", lessons))
    assert told(loaded.problems) == []
    program = loaded.program
    assert program is not None
    assert {item.kind for item in program.items.values()} == set(ITEM_KINDS)
    assert [each for item in program.items.values() for each in rehearse(item, program)] == []
    folder = "projects/farthest/"
    scripts = ("prepare.py", "solution/predict.py", "wrong/missing-rows.py", "wrong/swapped.py")
    more = {folder + name: "pass\n" for name in scripts}
    more |= {f"{folder}brief.{language}.md": "## ?\n" for language in schema.LANGUAGES}
    notebooks = ("starter.ko.ipynb", "starter.en.ipynb", "solution/notebook.ipynb")
    more |= {folder + name: notebook("mean = ...") for name in notebooks}
    main = changed(lessons["program.yaml"], "how-far\n", "how-far\n  - project: farthest\n")
    write(tmp_path / "paper-planes", {**project, **more, "program.yaml": main})
    assert told(load(tmp_path / "paper-planes").problems) == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_key_is_explained(guide: str):
    words = (DOCS / guide).read_text()
    rooms = (schema, *(sys.modules[kind.model.__module__] for kind in ITEM_KINDS.values()))
    found = [each for room in rooms for each in vars(room).values() if isinstance(each, type)]
    models = [each for each in found if issubclass(each, BaseModel)]
    keys = {key for model in models for key in model.model_fields} | {*ADMONITIONS, *ASSET_FOLDERS}
    assert len(keys) > 50
    missing = {key for key in keys if not re.search(rf"[`{{ ]{key}[`:,}} ]", words)}
    assert missing == set()
    assert all(f"`{kind}" in words for kind in (*KINDS, *ITEM_KINDS))


def test_both_guides_have_the_same_examples_and_sections():
    english, korean = (examples(guide) for guide in GUIDES)
    assert english == korean
    tables = [len(re.findall(r"^\|", (DOCS / guide).read_text(), re.MULTILINE)) for guide in GUIDES]
    assert tables[0] == tables[1]
    headings = [len(re.findall(r"^## ", (DOCS / guide).read_text(), re.MULTILINE)) for guide in GUIDES]
    assert headings[0] == headings[1]
