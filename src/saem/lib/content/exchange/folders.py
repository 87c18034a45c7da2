"""Books on disk: read under the limits that programs have, and files written all or none."""

from collections.abc import Mapping
from pathlib import Path

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.pictures import SUFFIXES
from saem.lib.content.files import list_files
from saem.lib.content.problems import Problem, problem

_READ = (".md", ".ipynb", ".yml", *SUFFIXES)
_BUILT = ("_build", "node_modules")


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """What may belong to a book, by name; links and large files are told of and not read."""
    listed, problems = list_files(folder)
    names = [name for name in listed.paths if _is_wanted(name)]
    refused = [each for each in problems if each.file in listed.refused and _is_wanted(each.file)]
    return {name: listed.read(name) for name in names}, refused


def _is_wanted(name: str) -> bool:
    return name.lower().endswith(_READ) and not any(part in _BUILT for part in name.split("/"))


def in_the_way(folder: Path, files: Mapping[str, bytes]) -> list[Problem]:
    """One problem for each file that is there already and says something else."""
    there = (name for name, data in files.items() if (folder / name).exists() and not _holds(folder / name, data))
    return [problem(name, 1, Code.EXISTS, name=name) for name in there]


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data
