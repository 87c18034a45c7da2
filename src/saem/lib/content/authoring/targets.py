"""What running `saem author` would change in a project's folder, and doing so."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.notebook import found
from saem.lib.content.authoring.project_file import NAME, ProjectFile, open_project, read_project_file
from saem.lib.content.authoring.source import Made
from saem.lib.content.problems import Problem, Severity

# Hidden, so it belongs to no version; it says what we wrote, so that other hands' changes are noticed.
MEMORY = ".authoring.json"
SOLUTION = "solution/notebook.ipynb"
CHECKS = "checks.py"


class Fate(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class Change:
    """`data` is what the file will hold; None where it goes. `mark` is what is remembered of it."""

    file: str
    fate: Fate
    data: bytes | None
    mark: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Nothing may be applied while a problem is an error."""

    folder: Path
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    memory: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not any(each.severity is Severity.ERROR for each in self.problems)

    def unchanged(self) -> "Plan":
        """Only what is as it should be already: applying it remembers, and writes nothing else."""
        kept = tuple(each for each in self.changes if each.fate is Fate.UNCHANGED)
        return replace(self, changes=kept, problems=())


def plan(folder: Path, made: Made, *, force: bool = False) -> Plan:
    """What has to change so that the folder holds what was made; reads only."""
    memory = remembered(folder)
    project, problems = open_project(folder)
    if project is None:
        return Plan(folder=folder, problems=tuple(problems))
    changes = [_file_change(folder, name, data, memory, force=force) for name, data in _files(made)]
    changes += [_yaml_change(project, made, memory, force=force)]
    changes += _checks_change(folder, made, memory, force=force)
    edited = [found(each, Code.HAND_EDITED, name=each) for each in changes if isinstance(each, str)]
    return Plan(
        folder=folder,
        changes=tuple(each for each in changes if isinstance(each, Change)),
        problems=(*edited, *_unlisted(project)),
        memory=memory,
    )


def apply(planned: Plan) -> None:
    """Write what differs, and remember it. Raises OSError."""
    for change in planned.changes:
        path = planned.folder / change.file
        if change.fate is Fate.REMOVED:
            path.unlink(missing_ok=True)
        elif change.fate is not Fate.UNCHANGED and change.data is not None:
            _write(path, change.data)
    memory = dict(planned.memory) | {each.file: each.mark for each in planned.changes if each.data is not None}
    for change in planned.changes:
        if change.data is None:
            memory.pop(change.file, None)
    if memory != remembered(planned.folder):
        _write(planned.folder / MEMORY, (json.dumps(memory, indent=1, sort_keys=True) + "\n").encode())


def remembered(folder: Path) -> dict[str, str]:
    """What was written last, by file; nothing where the note is gone or broken, and then nothing is overwritten."""
    try:
        read = json.loads((folder / MEMORY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(mark) for name, mark in read.items()} if isinstance(read, dict) else {}


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(data)
    aside.replace(path)


def _mark(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _files(made: Made) -> Iterator[tuple[str, bytes]]:
    for language, data in made.starters.items():
        yield f"starter.{language}.ipynb", data
    yield SOLUTION, made.solution


def _file_change(folder: Path, name: str, data: bytes, memory: Mapping[str, str], *, force: bool) -> Change | str:
    """The change, or the name of a file that somebody edited."""
    path = folder / name
    current = path.read_bytes() if path.is_file() else None
    change = Change(file=name, fate=Fate.CHANGED, data=data, mark=_mark(data))
    if current is None:
        return replace(change, fate=Fate.CREATED)
    if current == data:
        return replace(change, fate=Fate.UNCHANGED)
    return change if force or memory.get(name) == _mark(current) else name


def _yaml_change(project: ProjectFile, made: Made, memory: Mapping[str, str], *, force: bool) -> Change | str:
    """A section that already says the same keeps its style and its comments."""
    if project.holds(made.questions):
        mark = _mark(project.section.encode())
        return Change(file=NAME, fate=Fate.UNCHANGED, data=project.text.encode(), mark=mark)
    untouched = memory.get(NAME) == _mark(project.section.encode()) and not project.has_comments
    if project.section and not untouched and not force:
        return NAME
    text = project.with_questions(made.questions)
    written, _ = read_project_file(text)
    section = written.section if written is not None else ""
    return Change(file=NAME, fate=Fate.CHANGED, data=text.encode(), mark=_mark(section.encode()))


def _checks_change(folder: Path, made: Made, memory: Mapping[str, str], *, force: bool) -> list[Change | str]:
    """A checks.py that the source says nothing of stays, unless it was made from an earlier state of it."""
    if made.checks:
        return [_file_change(folder, CHECKS, made.checks.encode(), memory, force=force)]
    path = folder / CHECKS
    if path.is_file() and memory.get(CHECKS) == _mark(path.read_bytes()):
        return [Change(file=CHECKS, fate=Fate.REMOVED, data=None, mark="")]
    return []


def _unlisted(project: ProjectFile) -> Iterator[Problem]:
    listed = [each for each in project.document.items("solutions") if isinstance(each, dict)]
    if not any(each.get("file") == SOLUTION and each.get("full") is True for each in listed):
        line = project.document.line("solutions")
        problem = found(NAME, Code.NO_SOLUTION_LISTED, line=line, name=SOLUTION)
        yield replace(problem, severity=Severity.WARNING)
