"""Rehearses a program's practice items: every kind with many seeds, and those of code in the sandbox."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

from saem.apps.catalog.rehearsals import Files, References, located, passes_at_once
from saem.lib import content
from saem.lib.content import Problem, items
from saem.lib.grading import rehearse_exercise
from saem.lib.sandbox import Sandbox


def artifact_name(item: str) -> str:
    """Under which the expected values and the data of a code item are kept, beside those of the lessons."""
    return f"items/{item}"


@dataclass(frozen=True, kw_only=True)
class CheckedItem:
    """`references` are the expected values of a code item, under its own id; `data` the files beside the code."""

    item: str
    problems: tuple[Problem, ...] = ()
    references: References | None = None
    data: Files | None = None


def check_items(program: content.Program, data: Files, sandbox: Sandbox, pool: Executor) -> Iterator[CheckedItem]:
    """Pure rehearsals here, code items side by side in the pool."""
    coded = {name: item.asked for name, item in program.items.items() if isinstance(item.asked, items.CodeFile)}
    begun = [
        pool.submit(_check_code, program, program.items[name], asked, data, sandbox) for name, asked in coded.items()
    ]
    for item in program.items.values():
        yield CheckedItem(item=item.id, problems=items.rehearse(item, program))
    yield from (each.result() for each in begun)


def _check_code(
    program: content.Program, item: content.Item, asked: items.CodeFile, data: Files, sandbox: Sandbox
) -> CheckedItem:
    """The solution passes, each wrong answer fails as stated, and the code to begin with is no solution."""
    laid = {name: data[source] for name, source in asked.data.items() if source in data}
    if len(laid) < len(asked.data):
        # A missing source is a problem already; code that wants it would only repeat it.
        return CheckedItem(item=item.id)
    above = [asked.setup] if asked.setup.strip() else []
    reference, found = rehearse_exercise(above, asked, laid, sandbox, path=str(item.place))
    problems = list(located(program, item.file, found))
    if reference is None:
        return CheckedItem(item=item.id, problems=tuple(problems))
    if passes_at_once(above, asked.start, asked.checks, reference, data=laid, sandbox=sandbox):
        line = program.line_of(item.file, f"{item.place}.start")
        params = {"cell": item.id}
        problems.append(Problem(file=item.file, line=line, code="catalog.starter_passes", params=params))
    return CheckedItem(item=item.id, problems=tuple(problems), references={item.id: reference}, data=laid)


def references_of(checked: Iterable[CheckedItem]) -> dict[str, References]:
    return {artifact_name(each.item): each.references for each in checked if each.references is not None}


def data_of(checked: Iterable[CheckedItem]) -> dict[str, Files]:
    return {artifact_name(each.item): each.data for each in checked if each.data is not None}
