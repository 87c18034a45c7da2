"""Which lessons come before which: every need is a lesson of the program, and no lesson waits for itself."""

from collections.abc import Iterator, Mapping, Sequence

from saem.lib.content.codes import Code
from saem.lib.content.context import unknown
from saem.lib.content.documents import Document
from saem.lib.content.problems import Problem, problem, warning


def need_problems(lessons: Mapping[str, Document]) -> Iterator[Problem]:
    """`lessons` are the documents by id, in the order of the steps, as far as they could be read."""
    needs = {name: [need for _, need in document.texts("needs")] for name, document in lessons.items()}
    places = {name: place for place, name in enumerate(lessons)}
    for name, document in lessons.items():
        yield from unknown(document, document.texts("needs"), lessons, Code.UNKNOWN_NEED)
        for path, need in document.texts("needs"):
            way = _way(needs, need, name)
            if way:
                shown = " → ".join((name, *way))
                yield problem(document.file, document.line(*path), Code.NEEDS_CYCLE, way=shown)
            elif places.get(need, -1) > places[name]:
                yield warning(document.file, document.line(*path), Code.NEEDS_LATER, name=need)


def _way(needs: Mapping[str, Sequence[str]], start: str, end: str) -> tuple[str, ...]:
    """The lessons from `start` to `end` along needs, both included; empty where no way leads there."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while waiting:
        way = waiting.pop(0)
        if way[-1] == end:
            return way
        for need in needs.get(way[-1], ()):
            if need not in seen:
                seen.add(need)
                waiting.append((*way, need))
    return ()
