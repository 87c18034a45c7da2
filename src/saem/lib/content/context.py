"""What a lesson or project needs to know about the program round it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from saem.lib.content.codes import Code
from saem.lib.content.documents import Document, Path, read_document
from saem.lib.content.drawings import Drawing
from saem.lib.content.files import Files
from saem.lib.content.markdown import Place
from saem.lib.content.problems import Problem, near, problem
from saem.lib.content.python_code import broken


@dataclass(frozen=True, kw_only=True)
class Context:
    """`steps` are "lesson:first-look"; names come from the raw file, for a wrong file names things too."""

    files: Files
    skills: tuple[str, ...]
    sources: tuple[str, ...]
    steps: tuple[str, ...]
    drawings: Mapping[str, Drawing]

    def place(self, file: str, language: str) -> Place:
        return Place(file=file, language=language, files=self.files, steps=self.steps, drawings=self.drawings)

    def document(self, file: str) -> tuple[Document | None, list[Problem]]:
        text, problems = self.files.text(file)
        if text is None:
            return None, problems
        return read_document(file, text)

    def skill_problems(self, document: Document) -> Iterator[Problem]:
        yield from unknown(document, document.texts("skills"), self.skills, Code.UNKNOWN_SKILL)


def unknown(
    document: Document, named: Iterable[tuple[Path, str]], known: Iterable[str], code: Code
) -> Iterator[Problem]:
    """One problem for each name that nothing answers to."""
    names = tuple(known)
    for path, name in named:
        if name not in names:
            yield problem(document.file, document.line(*path), code, name=name, **near(name, names))


def repeated(document: Document, ids: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for path, name in ids:
        line = document.line(*path)
        if name in first:
            yield problem(document.file, line, Code.DUPLICATE_ID, id=name, first_line=first[name])
        first.setdefault(name, line)


def code_problems(document: Document, *path: str | int) -> Iterator[Problem]:
    """Python inside YAML, with the line it has in the file."""
    code = document.text(*path)
    found = broken(code) if code else None
    if found is not None:
        line = document.body_line(*path) + found.line - 1
        yield problem(document.file, line, Code.PYTHON_SYNTAX, detail=found.detail)


def keyed(document: Document, key: str, *path: str | int) -> list[tuple[Path, str]]:
    """The texts that the mappings of a list have under `key`, each with its path."""
    found = ((*path, at, key) for at in range(len(document.items(*path))))
    return [(each, text) for each in found if (text := document.text(*each)) is not None]
