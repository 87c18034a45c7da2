"""Whether the expressions of an item mean something, before anything is drawn."""

from collections.abc import Iterator
from typing import Any

from saem.lib.content.codes import Code
from saem.lib.content.documents import Document, Path
from saem.lib.content.errors import ExpressionError
from saem.lib.content.items.expressions import names_in
from saem.lib.content.problems import Problem, near, problem


def expression_problems(document: Document, path: Path, item: Path, *, until: str | None = None) -> Iterator[Problem]:
    """Nothing where no expression stands. `until`: a parameter; only those above it have a value yet."""
    text = document.text(*path)
    if not text:
        return
    known = parameters_of(document, item)
    if until is not None:
        known = known[: known.index(until)] if until in known else known
    line = document.line(*path)
    try:
        unknown = [name for name in names_in(text) if name not in known]
    except ExpressionError as error:
        yield problem(document.file, line, Code.BAD_EXPRESSION, **error.params)
        return
    for name in unknown:
        yield problem(document.file, line, Code.UNKNOWN_PARAMETER, **{"name": name, **near(name, known)})


def parameters_of(document: Document, item: Path) -> list[str]:
    """The names of the item at this path, or of the item that this part belongs to."""
    found: dict[Any, Any] = document.mapping(*item[:1], "parameters")
    return [name for name in found if isinstance(name, str)]
