"""What a kind of item must be able to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from saem.lib.content.documents import Document, Path
from saem.lib.content.items.answers import Answer
from saem.lib.content.items.model import Ask, Chart, Judged
from saem.lib.content.items.posing import Posed
from saem.lib.content.problems import Problem
from saem.lib.content.schema import ItemFile


@dataclass(frozen=True)
class Wrong:
    """An answer that must not get the full score, and where in the item it was written."""

    path: Path
    answer: Answer


def _no_problems(_document: Document, _path: Path) -> Iterator[Problem]:
    yield from ()


def _no_chart(_posed: Posed) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`problems` finds what the model cannot, at a path of the document: ids that repeat, expressions without meaning.

    `runs`: an answer is code, and judged only after it has run. `gives_away`: the answers that no prompt may hold.
    """

    model: type[ItemFile]
    ask: Callable[[Posed], Ask]
    judge: Callable[[Posed, Answer], Judged]
    right: Callable[[Posed], Answer]
    wrong: Callable[[Posed], Iterator[Wrong]]
    problems: Callable[[Document, Path], Iterator[Problem]] = _no_problems
    chart: Callable[[Posed], Chart | None] = _no_chart
    runs: bool = False
    gives_away: Callable[[Posed], tuple[str, ...]] = lambda _posed: ()
