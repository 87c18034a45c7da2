"""A tiny arithmetic over the values of an item, such as `hits / (hits + misses)`; nothing in it runs for long."""

import ast
import math
import operator
import statistics
import warnings
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from saem.lib.content.codes import Code
from saem.lib.content.errors import ExpressionError

MAX_LETTERS = 300
MAX_NODES = 150
MAX_LIST = 100
MAX_NUMBER = 1e15
MAX_EXPONENT = 64
# More digits than these are the noise of binary fractions: 0.1 + 0.2 is 0.3 for a learner.
DIGITS = 12


Binary = Callable[[Any, Any], Any]
_BINARY: Mapping[type[ast.AST], Binary] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_COMPARE: Mapping[type[ast.AST], Binary] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_OF_LISTS: Mapping[str, Callable[[list[float]], float]] = {
    "sum": math.fsum,
    "mean": statistics.fmean,
    "median": statistics.median,
    "len": len,
}
_FUNCTIONS = ("abs", "max", "min", "round", "sqrt", *_OF_LISTS)


def evaluate(text: str, values: Mapping[str, Any]) -> Any:
    """A number, a truth or a list of numbers.

    Raises ExpressionError: for what the language does not have, for a name without a value, and for arithmetic that
    cannot be done (a division by zero, a number that grows too large).
    """
    tree = _parsed(text)
    try:
        return _Walk(text, values).value(tree)
    except (ArithmeticError, ValueError, TypeError, IndexError, RecursionError) as error:
        raise ExpressionError(Code.EXPRESSION_FAILS, expression=text, detail=str(error)) from error


def names_in(text: str) -> tuple[str, ...]:
    """The names that an expression asks for, functions left out. Raises ExpressionError."""
    found = [node.id for node in ast.walk(_parsed(text)) if isinstance(node, ast.Name)]
    return tuple(dict.fromkeys(name for name in found if name not in _FUNCTIONS))


@lru_cache(maxsize=2048)
def _parsed(text: str) -> ast.expr:
    if len(text) > MAX_LETTERS:
        raise ExpressionError(Code.BAD_EXPRESSION, expression=text[:40] + "…", part=text[:20] + "…")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(Code.BAD_EXPRESSION, expression=text, part=text[:20]) from error
    nodes = list(ast.walk(tree))
    refused = next((node for node in nodes if not _is_known(node)), None)
    if refused is not None or len(nodes) > MAX_NODES:
        part = ast.get_source_segment(text.strip(), refused) if refused is not None else None
        raise ExpressionError(Code.BAD_EXPRESSION, expression=text, part=part or text)
    return tree


def _is_known(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (bool, int, float))
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS and not node.keywords
    signs = (ast.USub, ast.UAdd, ast.Not, ast.And, ast.Or, ast.Load)
    shapes = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.List, ast.Subscript, ast.Name)
    return isinstance(node, (*shapes, *signs)) or type(node) in _BINARY or type(node) in _COMPARE


class _Walk:
    """Goes through one expression. Every number on the way is bounded, so no step can be slow."""

    def __init__(self, text: str, values: Mapping[str, Any]) -> None:
        self.text = text
        self.values = values

    def value(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Name):
            return self._named(node.id)
        if isinstance(node, ast.List):
            return [self.number(each) for each in node.elts]
        if isinstance(node, ast.Subscript):
            return self._list(node.value)[int(self.number(node.slice))]
        if isinstance(node, ast.IfExp):
            return self.value(node.body if self.value(node.test) else node.orelse)
        return self._truth(node) if isinstance(node, (ast.BoolOp, ast.Compare)) else bounded(self._number(node))

    def number(self, node: ast.expr) -> float:
        found = self.value(node)
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            raise TypeError(f"not a number: {ast.unparse(node)}")
        return found

    def _named(self, name: str) -> Any:
        if name not in self.values:
            raise ExpressionError(Code.UNKNOWN_PARAMETER, name=name, known=", ".join(self.values) or "-")
        return self.values[name]

    def _truth(self, node: ast.BoolOp | ast.Compare) -> bool:
        if isinstance(node, ast.BoolOp):
            found = (bool(self.value(each)) for each in node.values)
            return any(found) if isinstance(node.op, ast.Or) else all(found)
        sides = [self.number(each) for each in (node.left, *node.comparators)]
        pairs = zip(node.ops, sides, sides[1:], strict=False)
        return all(_COMPARE[type(op)](rounded(left), rounded(right)) for op, left, right in pairs)

    def _number(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.UnaryOp):
            if isinstance(node.op, ast.Not):
                return not self.value(node.operand)
            return -self.number(node.operand) if isinstance(node.op, ast.USub) else self.number(node.operand)
        if isinstance(node, ast.BinOp):
            left, right = self.number(node.left), self.number(node.right)
            if isinstance(node.op, ast.Pow) and abs(right) > MAX_EXPONENT:
                raise OverflowError("exponent")
            return _BINARY[type(node.op)](left, right)
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Name)
        return self._called(node.func.id, node.args)

    def _called(self, name: str, arguments: list[ast.expr]) -> Any:
        if name in _OF_LISTS:
            (only,) = arguments
            return _OF_LISTS[name](self._list(only))
        if name in ("min", "max"):
            found = self._list(arguments[0]) if len(arguments) == 1 else [self.number(each) for each in arguments]
            return min(found) if name == "min" else max(found)
        numbers = [self.number(each) for each in arguments]
        if name == "round":
            return half_up(numbers[0], int(numbers[1]) if len(numbers) > 1 else 0)
        (alone,) = numbers
        return abs(alone) if name == "abs" else math.sqrt(alone)

    def _list(self, node: ast.expr) -> list[float]:
        found = self.value(node)
        if not isinstance(found, list) or len(found) > MAX_LIST:
            raise TypeError(f"not a list: {ast.unparse(node)}")
        return found


def bounded(found: Any) -> Any:
    """Numbers as they are, unless they leave the range in which a float is exact. Raises OverflowError."""
    if isinstance(found, complex) or not abs(found) <= MAX_NUMBER:
        raise OverflowError("number")
    return found


def rounded(number: float) -> float:
    """Without the noise of binary fractions, so that 0.1 + 0.2 == 0.3 holds."""
    return float(f"{number:.{DIGITS}g}")


def half_up(number: float, places: int = 0) -> float:
    """Rounded as it is taught at school: 2.5 is 3, and 0.125 to two places is 0.13."""
    places = max(-DIGITS, min(DIGITS, places))
    scaled = rounded(abs(number) * 10**places)
    found = math.copysign(math.floor(scaled + 0.5) / 10**places, number)
    return int(found) if places <= 0 else found
