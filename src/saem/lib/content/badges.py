"""What is wrong with the badges that a program declares: each is earned in one way that its projects know."""

from collections.abc import Iterator, Mapping

from saem.lib.content.codes import Code
from saem.lib.content.context import keyed, repeated
from saem.lib.content.documents import Document
from saem.lib.content.problems import Problem, near, problem, warning
from saem.lib.content.projects import baselines_in


def badge_problems(main: Document, projects: Mapping[str, Document | None]) -> Iterator[Problem]:
    """`projects` are those that the steps name; None for one that could not be read, which is told elsewhere."""
    yield from repeated(main, keyed(main, "id", "badges"))
    first: dict[tuple[object, ...], int] = {}
    for at in range(len(main.items("badges"))):
        earned = main.mapping("badges", at, "earned_by")
        if not earned:
            continue
        line = main.line("badges", at, "earned_by")
        if not _is_one_way(earned):
            yield problem(main.file, line, Code.BADGE_SHAPE)
            continue
        yield from _project_problems(main, at, projects)
        way = tuple(earned.get(key) for key in ("project", "percent", "beats"))
        if way in first:
            yield problem(main.file, line, Code.SAME_BADGE, first_line=first[way])
        first.setdefault(way, line)


def _is_one_way(earned: Mapping[str, object]) -> bool:
    """Completing, or one project with one level."""
    levels = sum(earned.get(key) is not None for key in ("percent", "beats"))
    has_project = earned.get("project") is not None
    return levels == 0 if earned.get("completion") is True and not has_project else has_project and levels == 1


def _project_problems(main: Document, at: int, projects: Mapping[str, Document | None]) -> Iterator[Problem]:
    path = ("badges", at, "earned_by")
    name, beats = main.text(*path, "project"), main.text(*path, "beats")
    if name is None:
        return
    if name not in projects:
        yield problem(main.file, main.line(*path, "project"), Code.BADGE_PROJECT, name=name, **near(name, projects))
    elif (document := projects[name]) is not None and document.value is not None and beats is not None:
        known, line = [each for _, each in baselines_in(document)], main.line(*path, "beats")
        if beats not in known:
            yield problem(main.file, line, Code.UNKNOWN_BASELINE, name=beats, **near(beats, known))
        elif beats not in _beaten_by_authors(document):
            yield warning(main.file, line, Code.BADGE_OUT_OF_REACH, name=beats)


def _beaten_by_authors(document: Document) -> set[str]:
    return {
        name for at in range(len(document.items("solutions"))) for _, name in document.texts("solutions", at, "beats")
    }
