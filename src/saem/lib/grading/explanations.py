"""What a Python error means to a beginner: a code and its parameters; the words are in the table of messages."""

import builtins
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from saem.lib.grading.rules import RULES
from saem.lib.sandbox import Fault

LONGEST, LONGEST_READ = 80, 600
ALIASES = {
    "pd": "import pandas as pd",
    "np": "import numpy as np",
    "plt": "import matplotlib.pyplot as plt",
    "sns": "import seaborn as sns",
    "math": "import math",
    "random": "import random",
    "train_test_split": "from sklearn.model_selection import train_test_split",
    "LinearRegression": "from sklearn.linear_model import LinearRegression",
    "LogisticRegression": "from sklearn.linear_model import LogisticRegression",
    "DecisionTreeClassifier": "from sklearn.tree import DecisionTreeClassifier",
    "RandomForestClassifier": "from sklearn.ensemble import RandomForestClassifier",
    "KNeighborsClassifier": "from sklearn.neighbors import KNeighborsClassifier",
}
CONSTANTS = {"true": "True", "false": "False", "none": "None", "null": "None", "TRUE": "True", "FALSE": "False"}
BUILTINS = tuple(name for name in vars(builtins) if name.islower() and not name.startswith("_"))
# Methods that beginners reach for; a near one is offered when an attribute is not there.
METHODS = (
    *("append", "apply", "astype", "columns", "copy", "count", "describe", "drop", "dropna", "extend", "fillna", "fit"),
    *("groupby", "head", "idxmax", "idxmin", "iloc", "index", "isin", "isna", "items", "join", "keys", "loc", "lower"),
    *("max", "mean", "median", "merge", "min", "mode", "plot", "predict", "predict_proba", "replace", "reset_index"),
    *("round", "score", "shape", "sort", "sort_values", "split", "std", "strip", "sum", "tail", "to_csv", "tolist"),
    *("transform", "unique", "upper", "value_counts", "values", "var", "read_csv", "DataFrame", "Series", "show"),
)


@dataclass(frozen=True)
class Explanation:
    """`code` has words in the table of messages; `line` is 1-based in the cell that `Fault.source` names."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    line: int | None = None


def explain(fault: Fault, *, names: Iterable[str] = (), columns: Iterable[str] = ()) -> Explanation:
    """What to tell a beginner about an error. Pure; never raises.

    `names` are names that exist in the student's program, `columns` those of the tables at hand: with them a
    misspelling is recognised.
    """
    # Exceptions carry whatever a student wrote: patterns and comparisons must stay quick on any of it.
    fault = replace(fault, message=fault.message[:LONGEST_READ], text=fault.text[:LONGEST_READ])
    code, params = _match(fault)
    refine = REFINEMENTS.get(code)
    if refine is not None:
        code, params = refine(params, fault, (*names,), (*columns,))
    return Explanation(code, {name: _short(value) for name, value in params.items()}, fault.line)


def column_names(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Column names of the CSV files beside the student's code, for `explain(columns=…)`."""
    heads = (data[:4000].split(b"\n", 1)[0] for name, data in files.items() if name.endswith(".csv"))
    names = (name.strip().strip('"') for head in heads for name in head.decode("utf-8-sig", "replace").split(","))
    return tuple(dict.fromkeys(names))


def _match(fault: Fault) -> tuple[str, dict[str, str]]:
    for rule in RULES:
        if fault.type in rule.types or not rule.types:
            found = re.search(rule.pattern, fault.message, re.DOTALL)
            if found:
                return rule.code, {name: value or "" for name, value in found.groupdict().items()}
    return "python.other", {"type": fault.type}


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


Refined = tuple[str, dict[str, str]]
Names = tuple[str, ...]


def _name(params: dict[str, str], fault: Fault, names: Names, _columns: Names) -> Refined:
    name = params["name"]
    if name in ALIASES:
        return "python.import_forgotten", {"name": name, "statement": ALIASES[name]}
    if name in CONSTANTS:
        return "python.constant_case", {"name": name, "right": CONSTANTS[name]}
    nearest = _nearest(name, (*names, *_names_in(fault), *BUILTINS))
    if nearest:
        return "python.name_near", {"name": name, "nearest": nearest}
    return "python.name_unknown", params


def _names_in(fault: Fault) -> tuple[str, ...]:
    """Names that stand in the lines of the error itself; the wrong one is among them and is left out later."""
    return tuple(name for frame in fault.frames for name in re.findall(r"[^\W\d]\w+", frame.text[:LONGEST_READ]))


def _key(params: dict[str, str], fault: Fault, _names: Names, columns: Names) -> Refined:
    key = params["key"]
    nearest = _nearest(key, columns)
    if nearest:
        return "python.column_near", {"key": key, "nearest": nearest}
    is_column = "pandas" in fault.traceback or columns or re.search(r"\bdf\w*\s*\[|\.groupby|\.drop\(", fault.text)
    return ("python.column_missing" if is_column else "python.key_missing"), {"key": key}


def _attribute(params: dict[str, str], _fault: Fault, _names: Names, columns: Names) -> Refined:
    if params["kind"] == "NoneType":
        return "python.attribute_none", params
    nearest = _nearest(params["name"], (*METHODS, *columns))
    if nearest:
        return "python.attribute_near", {**params, "nearest": nearest}
    return "python.attribute_missing", params


def _module_attribute(params: dict[str, str], _fault: Fault, _names: Names, _columns: Names) -> Refined:
    nearest = _nearest(params["name"], METHODS)
    return "python.module_attribute", {**params, "nearest": nearest} if nearest else params


def _syntax(params: dict[str, str], fault: Fault, _names: Names, _columns: Names) -> Refined:
    text = fault.text.strip()
    if re.match(r"(if|elif|else|for|while|def|class|try|except|with)\b", text) and ":" not in text:
        return "python.missing_colon", params
    return ("python.name_with_digit" if re.match(r"\d+[^\W\d]", text) else "python.syntax"), params


def _cannot_assign(params: dict[str, str], fault: Fault, _names: Names, _columns: Names) -> Refined:
    in_condition = re.match(r"(if|elif|while)\b", fault.text.strip())
    return "python.assign_in_condition" if in_condition else "python.cannot_assign", params


def _file(params: dict[str, str], _fault: Fault, _names: Names, _columns: Names) -> Refined:
    file = params["file"]
    if re.match(r"/|[A-Za-z]:|\.\.|~", file):
        return "python.file_path", {"file": file, "name": re.split(r"[/\\]", file)[-1]}
    return "python.file_missing", params


def _nearest(word: str, known: Iterable[str]) -> str:
    others = [name for name in dict.fromkeys(known) if name != word]
    same = next((name for name in others if name.casefold() == word.casefold()), "")
    return same or next(iter(difflib.get_close_matches(word, others, n=1, cutoff=0.75)), "")


REFINEMENTS: dict[str, Callable[[dict[str, str], Fault, Names, Names], Refined]] = {
    "python.name_unknown": _name,
    "python.key_missing": _key,
    "python.attribute_missing": _attribute,
    "python.module_attribute": _module_attribute,
    "python.syntax": _syntax,
    "python.cannot_assign": _cannot_assign,
    "python.file_missing": _file,
}
