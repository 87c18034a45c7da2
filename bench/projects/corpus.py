"""Made-up notebooks: independent solutions of five tasks, and copies whose making is known.

Independent ones are drawn from grammars (`tasks/*.txt`), one for each question: a question is a way of going about it, made of
steps with several alternatives each, with smaller choices inside; names, numbers, comments, layout and cell borders are each
work's own. Two works may take the same step, as pupils of one class do, so that equal passages of a few lines happen by chance; every
program parses, none is run. Real classes differ in two ways: they have solutions nobody thought of here, and
favourites that most write alike. Nothing about real classes follows from a number measured here, only that what was done
to a copy does not hide it.
"""

import ast
import functools
import keyword
import random
import re
from dataclasses import dataclass
from pathlib import Path

from saem.lib.similarity import Work

TASKS = Path(__file__).parent / "tasks"
WORDS = [
    "data",
    "rows",
    "table",
    "rec",
    "info",
    "lst",
    "values",
    "val",
    "item",
    "line",
    "part",
    "temp",
    "rain",
    "cnt",
    "num",
    "total",
    "res",
    "result",
    "ans",
    "out",
    "row",
    "record",
    "x",
    "y",
    "a",
    "b",
    "c",
    "d",
    "i",
    "j",
    "k",
    "n",
    "m",
    "s",
    "t",
    "key",
    "name",
    "col",
    "field",
    "hour",
    "mean",
    "avg",
    "best",
    "top",
    "score",
    "err",
    "guess",
    "model",
    "pred",
    "train",
    "test",
    "acc",
    "group",
    "bins",
    "label",
    "text",
    "first",
    "second",
    "tmp",
    "buf",
    "cur",
    "prev",
    "idx",
    "pos",
    "arr",
    "vec",
    "mat",
    "slope",
    "bias",
    "base",
    "lim",
    "low",
    "high",
    "mid",
    "sum_",
    "all_",
    "my_",
    "new_",
    "자료",
    "값",
    "평균",
    "시간",
]
REMARKS = (
    "load",
    "clean",
    "check this",
    "mean",
    "result",
    "합계",
    "여기서 평균",
    "TODO",
    "loop",
    "note",
    "최댓값 찾기",
    "test",
)

Grammar = dict[str, list[str]]


@dataclass(frozen=True)
class Notebook:
    """`questions` are lists of statements (source text), before they are dealt out to cells."""

    id: str
    questions: tuple[tuple[str, ...], ...]

    def work(self, rng: random.Random) -> Work:
        return Work(id=self.id, owner=f"team-{self.id}", cells=tuple(cells(self.questions, rng)))


@functools.cache
def grammars() -> tuple[Grammar, ...]:
    return tuple(grammar(path.read_text(encoding="utf-8")) for path in sorted(TASKS.glob("*.txt")))


def grammar(text: str) -> Grammar:
    found: Grammar = {}
    for section in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        name, _, body = section.partition("\n")
        found[name.strip()] = [each.strip("\n") for each in re.split(r"^--\s*\n", body, flags=re.MULTILINE)]
    return found


def independent(number: int, rng: random.Random) -> Notebook:
    names: dict[str, str] = {}
    return Notebook(f"{number:05d}", tuple(question(each, names, rng) for each in grammars()))


def question(rules: Grammar, names: dict[str, str], rng: random.Random) -> tuple[str, ...]:
    """The statements of a drawn solution; drawn again where small choices do not fit together."""
    while True:
        drawn = [expanded(rules, part, rng) for part in ("question", *["extra"] * rng.randint(0, 4))]
        text = named("\n".join(drawn), names, rng)
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue
        lines = text.split("\n")
        return tuple("\n".join(lines[node.lineno - 1 : node.end_lineno]) for node in tree.body if node.col_offset == 0)


def expanded(rules: Grammar, symbol: str, rng: random.Random) -> str:
    text = rng.choice(rules[symbol])
    while found := re.search(r"«([^«»]*)»", text):
        text = text[: found.start()] + rng.choice(found[1].split("¦")) + text[found.end() :]
    lines: list[str] = []
    for line in text.split("\n"):
        inner = re.fullmatch(r"( *)<([\w.]+)>", line)
        if inner:
            lines.extend(inner[1] + each for each in expanded(rules, inner[2], rng).split("\n"))
        elif line.strip():
            lines.append(line)
    return "\n".join(lines)


def named(text: str, names: dict[str, str], rng: random.Random) -> str:
    for name in re.findall(r"\$(\w+)", text):
        if name not in names:
            fresh = rng.choice(WORDS) + rng.choice(["", "", "s", "_2", "1", "_" + rng.choice(WORDS)])
            while fresh in names.values() or keyword.iskeyword(fresh):
                fresh += rng.choice("abcdexyz")
            names[name] = fresh
    return re.sub(r"\$(\w+)", lambda found: names[found[1]], text)


def cells(questions: tuple[tuple[str, ...], ...], rng: random.Random) -> list[str]:
    """Statements in one or more cells for each question, with comments and empty lines of one's own."""
    found: list[str] = []
    for statements in questions:
        cell: list[str] = []
        for statement in statements:
            if cell and rng.random() < 0.15:
                found.append("\n".join(cell))
                cell = []
            cell.extend(remark(rng))
            cell.append(statement)
        found.append("\n".join(cell))
    return found


def remark(rng: random.Random) -> list[str]:
    drawn = rng.random()
    return [f"# {rng.choice(REMARKS)}"] if drawn < 0.15 else [""] if drawn < 0.3 else []
