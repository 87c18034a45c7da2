"""A program begun from a template: its files under another id and title."""

import json
import re
from pathlib import Path

from saem.lib.content.files import walk
from saem.lib.content.schema import ID_PATTERN

MAIN = "program.yaml"
LONGEST_ID = 60


def is_program_id(name: str) -> bool:
    return len(name) <= LONGEST_ID and re.match(ID_PATTERN, name) is not None


def begin(template: Path, folder: Path, *, program_id: str, title: str | None = None) -> tuple[str, ...]:
    """Copies what belongs to the template into `folder`, and gives the names of the files.

    The title stands for both languages until an author says it in each. Raises FileExistsError where `folder` holds
    something already: nothing is written over.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(folder)
    names = []
    for name, path in walk(template):
        data = path.read_bytes()
        if name == MAIN:
            data = _renamed(data.decode(), program_id, title).encode()
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        names.append(name)
    return tuple(names)


def _renamed(text: str, program_id: str, title: str | None) -> str:
    """The file with its comments as they were; a text in JSON's quotes is one in YAML's."""
    text = _line(text, "id", program_id)
    if title is None:
        return text
    said = json.dumps(title, ensure_ascii=False)
    return _line(text, "title", f"{{ko: {said}, en: {said}}}")


def _line(text: str, key: str, value: str) -> str:
    return re.sub(rf"^{key}:.*$", lambda _found: f"{key}: {value}", text, count=1, flags=re.MULTILINE)
