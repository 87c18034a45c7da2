"""Runs the author's own check functions, and tells an author's mistake from a student's."""

import sys
import traceback
import types
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .reasons import reason
from .values import Frame, Series

SOURCE = "checks.py"
CURRENT = "current"


class AuthorsCode:
    """`checks.py`, executed once, when its first function is wanted."""

    def __init__(self, folder: Path, code: str) -> None:
        self.folder = folder
        self.code = code
        self.module: types.ModuleType | None = None

    def begin(self, what: str) -> None:
        # A loop in here is ended from outside: this file then tells in which check it was.
        (self.folder / CURRENT).write_text(what, encoding="utf-8")

    def function(self, name: str) -> Callable[..., Any]:
        if self.module is None:
            module = types.ModuleType("checks")
            sys.modules["checks"] = module
            exec(compile(self.code, SOURCE, "exec"), module.__dict__)  # noqa: S102  # the author's code, in its own cell
            self.module = module
        function: Callable[..., Any] = getattr(self.module, name)
        return function


class AuthorsChecks:
    """The author's check functions, called on values of students."""

    def __init__(self, folder: Path, task: Mapping[str, Any]) -> None:
        self.code = AuthorsCode(folder, task["checks_code"])

    def result(
        self, check: Mapping[str, Any], values: Mapping[str, Any], reference: Callable[[], Mapping[str, Any] | None]
    ) -> dict[str, Any]:
        """The function's answer as a result; `broken` says that the function itself failed.

        A function that fails on a student's value and not on the solution's (`reference`) met a value that it did
        not expect, a text for a number perhaps: that is a failed check, not a broken one.
        """
        self.code.begin(check["id"])
        result = self._tried(check, values)
        if "broken" in result and self._passes(check, reference()):
            return {"status": "failed", "fraction": 0.0, "reasons": [reason("unexpected_value", check=check["id"])]}
        return result

    def _passes(self, check: Mapping[str, Any], values: Mapping[str, Any] | None) -> bool:
        return values is not None and bool(self._tried(check, values)["status"] == "passed")

    def _tried(self, check: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
        try:
            answer = self.code.function(check["python"])({name: _for_author(value) for name, value in values.items()})
            success, fraction = answer if isinstance(answer, tuple) else (answer, None)
            earned = float(bool(success)) if fraction is None else min(max(float(fraction), 0.0), 1.0)
        except BaseException as error:  # noqa: BLE001  # sys.exit() in a check is a broken check too
            return {"status": "error", "fraction": 0.0, "reasons": [], "broken": [broken_reason(check["id"], error)]}
        if not isinstance(success, (bool, np.bool_)) or not np.isfinite(earned):
            found = type(success).__name__
            return {
                "status": "error",
                "fraction": 0.0,
                "reasons": [],
                "broken": [reason("checker_answer", check=check["id"], found=found)],
            }
        return {"status": "passed" if success else "failed", "fraction": earned, "reasons": []}


def broken_reason(check: str, error: BaseException) -> dict[str, object]:
    """That the author's function failed, and on which of its lines."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == SOURCE]
    line = lines[-1] if lines else getattr(error, "lineno", None)
    return reason("checker_failed", check=check, type=type(error).__name__, message=str(error)[:300], line=line)


def _for_author(value: Any) -> Any:
    """Values as an author expects them: real pandas and writable arrays."""
    if isinstance(value, Frame):
        return pd.DataFrame({name: _for_author(cells) for name, cells in value.columns.items()}, index=_index(value))
    if isinstance(value, Series):
        return pd.Series(_for_author(value.values), index=_index(value))
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: _for_author(item) for key, item in value.items()}
    return [_for_author(item) for item in value] if isinstance(value, list) else value


def _index(value: Frame | Series) -> Any:
    index = value.index
    if isinstance(index, np.ndarray):
        return index.copy()
    return [tuple(item) if isinstance(item, list) else item for item in index]
