"""Which names somebody chose: those that a work binds; what libraries are called is somebody else's choice."""

import ast
import builtins
import keyword
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from saem.lib.similarity.lexing import Kind, Lexeme

# An interactive Python puts `_` there.
BUILTINS = frozenset(dir(builtins)) - {"_"}
# A parser recurses; code that nobody writes by hand is not given to it.
_DEEPEST = 60
_LONGEST = 2_000
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


@dataclass
class Names:
    """`variables` are bound in a work, `parameters` are those of its functions, `members` its methods and attributes.

    `imported` says what libraries' names mean: `np` is `numpy`.
    """

    variables: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    imported: dict[str, str] = field(default_factory=dict)

    def read(self, code: str, tokens: Sequence[Lexeme]) -> None:
        """Learn the names of one cell: from its syntax tree, or roughly from its tokens where it has none."""
        tree = _tree(code) if tokens and _is_plain(tokens) else None
        if tree is None:
            self._guess(tokens)
        else:
            for node in ast.walk(tree):
                self._learn(node)

    def is_foreign(self, name: str) -> bool:
        """Whether the language or a library chose it: what nobody binds here came from code that is not here."""
        is_given = name in BUILTINS or name in self.imported or keyword.iskeyword(name)
        return is_given and name not in self.variables

    def _learn(self, node: ast.AST) -> None:
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                self.variables.add(name)
            case ast.arg(arg=name):
                self.variables.add(name)
                self.parameters.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                self.variables.add(name)
                self.members.add(name)
            case ast.ClassDef(name=name, body=body):
                self.variables.add(name)
                self.members.update(_class_names(body))
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name, ctx=ast.Store()):
                self.members.add(name)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                self.variables.add(name)
            case ast.Import(names=names):
                self.imported.update(
                    (each.asname or _root(each.name), each.name if each.asname else _root(each.name)) for each in names
                )
            case ast.ImportFrom(names=names):
                self.imported.update((each.asname or each.name, each.name) for each in names)

    def _guess(self, tokens: Sequence[Lexeme]) -> None:
        """What is imported or defined; all other names count as somebody's own anyway, but for builtins."""
        head, before = "", "\n"
        for token in tokens:
            head = token.text if before == "\n" else head
            if token.kind is Kind.NAME and not keyword.iskeyword(token.text):
                if head in {"import", "from"}:
                    self.imported.setdefault(token.text, token.text)
                elif before in {"def", "class"}:
                    self.variables.add(token.text)
                    self.members.add(token.text)
            before = "\n" if token.kind is Kind.END else token.text


def _root(module: str) -> str:
    return module.partition(".")[0]


def _class_names(body: Iterable[ast.stmt]) -> Iterable[str]:
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def _is_plain(tokens: Sequence[Lexeme]) -> bool:
    depth = length = 0
    for token in tokens:
        length = 0 if token.kind is Kind.END else length + 1
        depth = max(0, depth + (token.text in _OPEN) - (token.text in _CLOSE))
        if depth > _DEEPEST or length > _LONGEST:
            return False
    return True


def _tree(code: str) -> ast.Module | None:
    try:
        return ast.parse(code)
    # Text that is no Unicode and NUL are ValueErrors.
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
