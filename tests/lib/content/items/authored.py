"""Items as an author writes them, read from a tiny program."""

from pathlib import Path
from textwrap import dedent, indent

from saem.lib.content import Item, Problem, Program, load
from saem.lib.content.items import rehearse
from tests.lib.content.folders import write_program

FILE = "items/basics.yaml"
HEAD = """\
- id: {id}
  kind: {kind}
  skills: [read-table]
  prompt: {{ko: 물음이에요., en: A question.}}
  explanation: {{ko: 풀이예요., en: An explanation.}}
"""


def authored(kind: str, rest: str, *, name: str = "one") -> str:
    """An item of the kind, with what is particular to it."""
    return HEAD.format(id=name, kind=kind) + indent(dedent(rest).strip("\n"), "  ") + "\n"


def program_with(folder: Path, text: str) -> Program:
    loaded = load(write_program(folder, **{FILE: text}))
    assert loaded.program is not None, loaded.problems
    return loaded.program


def item_of(folder: Path, kind: str, rest: str) -> Item:
    return program_with(folder, authored(kind, rest)).items["one"]


def problems_with(folder: Path, text: str) -> list[Problem]:
    """Everything that is said about the items: by reading them, and if they read well by rehearsing them."""
    loaded = load(write_program(folder, **{FILE: text}))
    found = [each for each in loaded.problems if each.file == FILE]
    if loaded.program is not None:
        found += [each for item in loaded.program.items.values() for each in rehearse(item, loaded.program)]
    return found


def told_of(folder: Path, text: str) -> list[tuple[int, str]]:
    return [(each.line, each.code.removeprefix("content.")) for each in problems_with(folder, text)]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1
