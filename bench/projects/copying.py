"""What is done to a notebook so that it looks like one's own: every copy is renamed, re-commented, given other constants and
cell borders, and by its kind reordered, edited or only a part.
"""

import io
import keyword
import random
import re
import tokenize
from collections.abc import Callable

from bench.projects.corpus import WORDS, Notebook, independent

Questions = tuple[tuple[str, ...], ...]


def copied(source: Notebook, kind: str, name: str, rng: random.Random) -> Notebook:
    """Cell borders and comments are drawn anew when the notebook becomes a work."""
    names: dict[str, str] = {}
    disguised = tuple(tuple(disguise(each, names, rng) for each in question) for question in source.questions)
    return Notebook(name, KINDS[kind](disguised, rng))


def disguise(statement: str, names: dict[str, str], rng: random.Random) -> str:
    """Other names for what a notebook chose (words of the list), other numbers and texts, other layout."""
    tokens = list(tokenize.generate_tokens(io.StringIO(statement).readline))
    before, changed = "", []
    for token, after in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        text = token.string
        is_keyword = before in {"(", ","} and after.string == "="
        if token.type == tokenize.NAME and is_chosen(text) and before != "." and not is_keyword:
            text = names.setdefault(text, fresh(names, rng))
        elif token.type == tokenize.NUMBER and rng.random() < 0.5:
            text = str(rng.randint(1, 99))
        elif token.type == tokenize.STRING and re.fullmatch(r"[\"'][\w :%.-]*[\"']", text) and rng.random() < 0.5:
            text = repr(rng.choice(WORDS))
        before = token.string
        changed.append((token, text))
    return laid_out(changed)


def laid_out(tokens: list[tuple[tokenize.TokenInfo, str]]) -> str:
    """Tokens with one blank between them at most, lines and indents as they were, but two blanks for four."""
    lines: dict[int, str] = {}
    end = (0, 0)
    for token, text in tokens:
        if token.type in {tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER}:
            continue
        row = token.start[0]
        if row not in lines:
            lines[row] = " " * (token.start[1] // 2)
        elif token.start != end:
            lines[row] += " "
        lines[row] += text
        end = token.end
    return "\n".join(lines.values())


def is_chosen(name: str) -> bool:
    return name not in LIBRARY and not keyword.iskeyword(name)


def fresh(names: dict[str, str], rng: random.Random) -> str:
    while (name := f"{rng.choice(WORDS)}_{rng.randint(1, 999)}") in names.values():
        pass
    return name


LIBRARY = frozenset(
    [
        "abs",
        "all",
        "any",
        "dict",
        "enumerate",
        "filter",
        "float",
        "int",
        "isinstance",
        "len",
        "list",
        "map",
        "max",
        "min",
        "open",
        "pow",
        "print",
        "range",
        "reversed",
        "round",
        "set",
        "sorted",
        "str",
        "sum",
        "tuple",
        "zip",
        "vars",
        "type",
        "None",
        "True",
        "False",
        "ValueError",
        "TypeError",
        "KeyError",
        "Exception",
        "self",
        "__init__",
        "super",
        "csv",
        "math",
        "pandas",
        "pd",
        "numpy",
        "np",
        "matplotlib",
        "pyplot",
        "plt",
        "seaborn",
        "sns",
        "sklearn",
        "scipy",
        "stats",
        "statistics",
        "random",
        "json",
        "sys",
        "heapq",
        "collections",
        "Counter",
        "defaultdict",
        "itertools",
        "groupby",
        "pathlib",
        "Path",
        "mean",
        "itemgetter",
        "linear_model",
        "LinearRegression",
        "model_selection",
        "train_test_split",
        "neighbors",
        "KNeighborsRegressor",
        "tree",
        "DecisionTreeRegressor",
        "ensemble",
        "RandomForestRegressor",
        "metrics",
        "mean_absolute_error",
        "r2_score",
        "mean_squared_error",
        "fit",
        "predict",
        "predict_one",
        "_",
    ]
)


def whole(questions: Questions, _: random.Random) -> Questions:
    return questions


def reordered(questions: Questions, rng: random.Random) -> Questions:
    """Questions in another order, functions and classes at another place."""
    found: list[tuple[str, ...]] = []
    moved: list[str] = []
    for statements in questions:
        is_moved = [each.startswith(("def ", "class ")) and rng.random() < 0.7 for each in statements]
        moved.extend(each for each, goes in zip(statements, is_moved, strict=True) if goes)
        found.append(tuple(each for each, goes in zip(statements, is_moved, strict=True) if not goes))
    rng.shuffle(found)
    rng.shuffle(moved)
    return (tuple(moved), *found)


def edited(questions: Questions, rng: random.Random) -> Questions:
    """Reordered, and of the statements a tenth left out and a tenth put in, which somebody else wrote."""
    other = [each for statements in independent(0, rng).questions for each in statements]
    return tuple(
        tuple(
            each
            for statement in statements
            if rng.random() > 0.1
            for each in ([statement, rng.choice(other)] if rng.random() < 0.1 else [statement])
        )
        for statements in reordered(questions, rng)
    )


def partly(questions: Questions, rng: random.Random) -> Questions:
    """Three questions of five; the others are one's own."""
    own = set(rng.sample(range(len(questions)), 2))
    others = independent(0, rng).questions
    return tuple(others[place] if place in own else each for place, each in enumerate(questions))


KINDS: dict[str, Callable[[Questions, random.Random], Questions]] = {
    "renamed, re-commented, other constants and cells": whole,
    "… and reordered": reordered,
    "… and a tenth taken out, a tenth put in": edited,
    "… three questions of five": partly,
}
