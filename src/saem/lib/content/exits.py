"""The exit question of a lesson: an item for practice that asks for what the lesson teaches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from saem.lib.content.codes import Code
from saem.lib.content.documents import Document
from saem.lib.content.problems import Problem, near, problem


@dataclass(frozen=True)
class _Written:
    """An item as its file has it, sound or not: one with a mistake elsewhere is there all the same."""

    skills: frozenset[str]
    use: str | None


def exit_problems(lessons: Iterable[Document], items: Iterable[Document]) -> Iterator[Problem]:
    written = {
        name: _Written(frozenset(skill for _, skill in document.texts(at, "skills")), document.text(at, "use"))
        for document in items
        for at in range(len(document.items()))
        if (name := document.text(at, "id")) is not None
    }
    for lesson in lessons:
        name, line = lesson.text("exit"), lesson.line("exit")
        if name is None:
            continue
        if name not in written:
            yield problem(lesson.file, line, Code.UNKNOWN_EXIT, name=name, **near(name, written))
            continue
        if written[name].skills.isdisjoint(skill for _, skill in lesson.texts("skills")):
            skills = ", ".join(sorted(written[name].skills)) or "-"
            yield problem(lesson.file, line, Code.EXIT_SKILL, name=name, skills=skills)
        if written[name].use == "diagnosis":
            yield problem(lesson.file, line, Code.EXIT_USE, name=name)
