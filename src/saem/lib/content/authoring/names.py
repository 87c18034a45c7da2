"""What the code of a notebook imports and gives names to."""

import ast
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field

from saem.lib.content.python_code import Broken, broken

_SHELL = ("%", "!", "?")


@dataclass
class Names:
    """`imports` by the name they give, as a line of code; `is_open` where a star makes names that nobody can list."""

    imports: dict[str, str] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    is_open: bool = False


def python_of(source: str) -> str:
    """The cell without what only a notebook understands; as many lines as before."""
    if source.lstrip().startswith("%%"):
        return "pass"
    return "\n".join("pass" if line.startswith(_SHELL) else line for line in source.split("\n"))


def broken_cell(source: str) -> Broken | None:
    return broken(python_of(source))


def parsed(code: str) -> ast.Module | None:
    """Without the warnings that a strange escape in a text sets off."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def names_of(sources: Iterable[str]) -> Names:
    names = Names()
    for source in sources:
        tree = parsed(python_of(source))
        for node in ast.walk(tree) if tree is not None else ():
            _note(names, node)
    return names


def _note(names: Names, node: ast.AST) -> None:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        names.bound.add(node.id)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        names.bound.add(node.name)
        names.functions.add(node.name)
    elif isinstance(node, ast.Import):
        for alias in node.names:
            names.imports[alias.asname or alias.name.partition(".")[0]] = f"import {_spelt(alias)}"
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for alias in node.names:
            names.is_open = names.is_open or alias.name == "*"
            names.imports[alias.asname or alias.name] = f"from {node.module} import {_spelt(alias)}"


def _spelt(alias: ast.alias) -> str:
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name
