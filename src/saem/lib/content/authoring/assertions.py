"""Turns the plain Python of a check cell into a check of the program format."""

import ast
import builtins
import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.names import parsed
from saem.lib.content.authoring.regions import Trouble

_CLOSE = ("isclose", "allclose")
_EQUAL = ("assert_equal", "assertEqual")
_BUILTINS = frozenset(dir(builtins))
_MISSING = object()


@dataclass(frozen=True, kw_only=True)
class Body:
    """`kind` says what is checked; `function` is code for checks.py where comparing a value is not enough."""

    kind: Mapping[str, Any] = field(default_factory=dict)
    function: str = ""
    imports: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the rest of the notebook knows: imports by name, names of checks.py, functions that students write."""

    imports: Mapping[str, str]
    checks: Collection[str]
    functions: Collection[str]


@dataclass(frozen=True)
class Comparison:
    """`subject == expected`, perhaps within a tolerance."""

    subject: ast.expr
    expected: Any
    tolerance: float | None = None


def read_body(code: str, check: str, known: Surroundings, *, line: int) -> Body:
    """What the code below the directives asks for. `line` is the number of its first line in the cell."""
    tree = parsed(code)
    if tree is None:
        return Body()  # said once for the whole cell
    statements = [_asserted(each) for each in tree.body if not _is_remark(each)]
    if not statements:
        return Body(troubles=(Trouble(Code.CHECK_EMPTY, line),))
    return _value(statements) or _calls(statements, line) or _function(code, statements, check, known, line)


def _is_remark(statement: ast.stmt) -> bool:
    """A text that stands for itself says something to people only."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _asserted(statement: ast.stmt) -> ast.stmt:
    """`mean == 2` alone on a line says the same as `assert mean == 2`."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, (ast.Compare, ast.BoolOp)):
        return ast.copy_location(ast.Assert(test=statement.value), statement)
    return statement


def _value(statements: Sequence[ast.stmt]) -> Body | None:
    """`mean_height`, or `assert mean_height == 12.5`."""
    if len(statements) != 1:
        return None
    only = statements[0]
    if isinstance(only, ast.Expr) and isinstance(only.value, ast.Name):
        return Body(kind={"value": only.value.id})
    compared = _comparison(only)
    # `expect: solution` has a meaning of its own in the format, so that one word is left to a function.
    if compared is None or not isinstance(compared.subject, ast.Name) or compared.expected == "solution":
        return None
    return Body(kind={"value": compared.subject.id, "expect": compared.expected, **_tolerance([compared])})


def _calls(statements: Sequence[ast.stmt], line: int) -> Body | None:
    """`is_rainy(0.3)` line by line, or `assert is_rainy(0.3) == True`."""
    compared = [found for statement in statements if (found := _comparison(statement))]
    calls = [each.subject for each in compared] or [each.value for each in statements if isinstance(each, ast.Expr)]
    direct = [each for each in calls if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)]
    names = {each.func.id for each in direct if isinstance(each.func, ast.Name)}
    if len(direct) != len(statements) or len(names) != 1 or len({each.tolerance for each in compared}) > 1:
        return None
    cases = []
    for call in direct:
        values = [_literal(argument) for argument in call.args]
        if call.keywords or not values or _MISSING in values:
            at = line + call.lineno - 1
            return None if compared else Body(troubles=(Trouble(Code.CALL_ARGUMENTS, at, {"name": next(iter(names))}),))
        cases.append(values)
    expect = {"expect": [each.expected for each in compared]} if compared else {}
    return Body(kind={"call": names.pop(), "cases": cases, **expect, **_tolerance(compared)})


def _tolerance(compared: Sequence[Comparison]) -> dict[str, float]:
    return {"tolerance": compared[0].tolerance} if compared and compared[0].tolerance is not None else {}


def _comparison(statement: ast.stmt) -> Comparison | None:
    """`assert a == 1`, `assert abs(a - 1) < 0.1`, `assert math.isclose(a, 1, abs_tol=0.1)`, `assert_equal(a, 1)`."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call = statement.value
        equal = _last_name(call.func) in _EQUAL and len(call.args) == 2 and not call.keywords  # noqa: PLR2004  # a left and a right side
        return _sides(*call.args) if equal else None
    if not isinstance(statement, ast.Assert):
        return None
    test = statement.test
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        operator, right = test.ops[0], test.comparators[0]
        if isinstance(operator, (ast.Eq, ast.Is)):
            return _sides(test.left, right)
        if isinstance(operator, (ast.Lt, ast.LtE)):
            return _distance(test.left, _literal(right))
    if isinstance(test, ast.Call) and _last_name(test.func) in _CLOSE and len(test.args) == 2:  # noqa: PLR2004  # a left and a right side
        given = {each.arg: _literal(each.value) for each in test.keywords}
        tolerance = given.get("abs_tol", given.get("atol"))
        found = _sides(test.args[0], test.args[1])
        if found is not None and len(given) <= 1 and (isinstance(tolerance, (int, float)) or not given):
            return Comparison(found.subject, found.expected, tolerance)
    return None


def _distance(left: ast.expr, limit: Any) -> Comparison | None:
    if not (isinstance(left, ast.Call) and _last_name(left.func) == "abs" and len(left.args) == 1):
        return None
    inner = left.args[0]
    if not (isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Sub) and isinstance(limit, (int, float))):
        return None
    found = _sides(inner.left, inner.right)
    return Comparison(found.subject, found.expected, limit) if found else None


def _sides(left: ast.expr, right: ast.expr) -> Comparison | None:
    expected = _literal(right)
    if expected is not _MISSING:
        return Comparison(left, expected)
    expected = _literal(left)
    return Comparison(right, expected) if expected is not _MISSING else None


def _last_name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _literal(node: ast.expr) -> Any:
    """The value of a literal that YAML can hold, or _MISSING."""
    try:
        return _plain(ast.literal_eval(node))
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return _MISSING


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _plain(each) for key, each in value.items()}
    if value is None or isinstance(value, (bool, int, str)) or (isinstance(value, float) and abs(value) < float("inf")):
        return value
    raise ValueError


def _function(code: str, statements: Sequence[ast.stmt], check: str, known: Surroundings, line: int) -> Body:
    """Anything else becomes a function of checks.py, given the values that it names."""
    names = list(dict.fromkeys(_free_names(statements)))
    values = [name for name in names if name not in known.imports and name not in known.checks]
    called = [
        (node.func.id, line + node.lineno - 1)
        for statement in statements
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in values
    ]
    troubles = [Trouble(Code.CALLS_STUDENT, at, {"name": name}) for name, at in dict.fromkeys(called)]
    # A function is no value that could leave the student's process.
    troubles += [
        Trouble(Code.CALLS_STUDENT, line, {"name": name})
        for name in values
        if name in known.functions and name not in {name for name, _ in called}
    ]
    if not values:
        troubles.append(Trouble(Code.CHECK_NAMES_NOTHING, line))
    function = f"check_{''.join(sign if sign.isalnum() else '_' for sign in check)}"
    while function in known.checks:
        function += "_"
    lines = [f"def {function}(values):"]
    lines += [f'    {name} = values["{name}"]' for name in values]
    lines += [textwrap.indent(_as_return(code, statement), "    ") for statement in statements]
    return Body(
        kind={"python": function, "values": values},
        function="\n".join([*lines, "    return True"]),
        imports=tuple(known.imports[name] for name in names if name in known.imports),
        troubles=tuple(troubles),
    )


def _as_return(code: str, statement: ast.stmt) -> str:
    """An assertion at the outside decides; deeper ones raise, which fails the check as well."""
    if isinstance(statement, ast.Assert):
        return f"if not ({ast.get_source_segment(code, statement.test)}):\n    return False"
    text = ast.get_source_segment(code, statement, padded=True) or ""
    return textwrap.dedent(text)


def _free_names(statements: Sequence[ast.stmt]) -> Iterator[str]:
    """Names that are read and not made by the statements themselves, in order."""
    nodes = [node for statement in statements for node in ast.walk(statement)]
    made = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    made |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    made |= {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    imports = [node for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom))]
    made |= {alias.asname or alias.name.partition(".")[0] for node in imports for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in made | _BUILTINS:
            yield node.id
