"""The schemes of this folder, one file each, and what is wrong with the tags of a document."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from saem.lib.content.codes import Code
from saem.lib.content.documents import Document, read_document
from saem.lib.content.problems import Problem, near, problem
from saem.lib.content.schema import Id, Strict, Text, TextOrSame
from saem.lib.content.validation import validate

# Published versions hold on to the codes in these files: wording may become better, a code never goes away.
HERE = Path(__file__).parent


class Competency(Strict):
    """One line of a scheme: its code as the scheme has it, and what it means in our own words."""

    code: Annotated[str, Field(pattern=r"^[A-Z0-9]+$", max_length=8)]
    title: Text


class Scheme(Strict):
    """`source` and `year` say whose scheme it is; `version` counts our own wording of it."""

    id: Id
    version: Annotated[int, Field(ge=1)]
    title: Text
    source: TextOrSame
    year: int
    entries: Annotated[tuple[Competency, ...], Field(strict=False, min_length=1)]

    def tag(self, entry: Competency) -> str:
        """As a program's files write it: "ai4k12/3"."""
        return f"{self.id}/{entry.code}"


@lru_cache(maxsize=1)
def schemes() -> Mapping[str, Scheme]:
    """Every scheme by its id. Raises ValueError where a file of this folder is broken."""
    found = (_read(path) for path in sorted(HERE.glob("*.yaml")))
    return {scheme.id: scheme for scheme in found}


def competency(tag: str) -> Competency | None:
    """What "ai4k12/3" stands for; None where no scheme has it."""
    name, _, code = tag.partition("/")
    scheme = schemes().get(name)
    return next((each for each in scheme.entries if each.code == code), None) if scheme else None


def tag_problems(document: Document, *path: str | int) -> Iterator[Problem]:
    """Tags of the list `tags` below `path` that no scheme has, with the codes or the schemes there are."""
    for here, tag in document.texts(*path, "tags"):
        if competency(tag) is None:
            yield problem(document.file, document.line(*here), Code.UNKNOWN_TAG, name=tag, **_known(tag))


def _known(tag: str) -> dict[str, str]:
    """A code is never guessed at: its neighbour would be another competency."""
    name = tag.partition("/")[0]
    scheme = schemes().get(name)
    if scheme is None:
        return near(name, schemes())
    return {"known": ", ".join(scheme.tag(each) for each in scheme.entries)}


def _read(path: Path) -> Scheme:
    document, problems = read_document(path.name, path.read_text(encoding="utf-8"))
    found, more = validate(Scheme, document)
    if found is None or problems:
        raise ValueError(f"{path.name} is broken: {[*problems, *more]}")
    return found
