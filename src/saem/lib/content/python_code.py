"""Whether a piece of Python compiles, without running any of it."""

import ast
import warnings
from dataclasses import dataclass


@dataclass(frozen=True)
class Broken:
    """`line` counts from 1 within the piece; `detail` is the interpreter's own (English) sentence."""

    line: int
    detail: str


def broken(code: str) -> Broken | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except SyntaxError as error:
        return Broken(line=error.lineno or 1, detail=error.msg or "invalid syntax")
    except (ValueError, RecursionError, MemoryError) as error:
        return Broken(line=1, detail=str(error) or type(error).__name__)
    return None
