"""Reads a program's folder, finds everything that is wrong, and gives the program if nothing is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from saem.lib.content.badges import badge_problems
from saem.lib.content.codes import Code
from saem.lib.content.context import Context, keyed, repeated
from saem.lib.content.documents import Document, read_document
from saem.lib.content.documents import Path as KeyPath
from saem.lib.content.drawings import SUFFIX, Drawing, read_drawing
from saem.lib.content.exits import exit_problems
from saem.lib.content.files import Files, is_asset, list_files
from saem.lib.content.items.reading import read_items
from saem.lib.content.lessons import read_lesson
from saem.lib.content.model import DataSource, Item, Lesson, Loaded, Program, Project, Step, StepKind
from saem.lib.content.order import need_problems
from saem.lib.content.problems import Problem, Severity, in_order, near, problem, warning
from saem.lib.content.projects import read_project
from saem.lib.content.schema import ProgramFile
from saem.lib.content.sources import KINDS
from saem.lib.content.validation import validate

FORMAT = 1
MAIN = "program.yaml"
STEP_KINDS: tuple[StepKind, ...] = ("lesson", "project")


def load(folder: Path) -> Loaded:
    """Never raises for what authors wrote. Lessons and projects that no step names are drafts: not read."""
    folder = folder.resolve()
    if not folder.is_dir():
        return Loaded(None, (problem(MAIN, 1, Code.NO_FOLDER, name=folder.name),))
    files, problems = list_files(folder)
    text, found = files.text(MAIN)
    problems += found
    if text is None:
        return Loaded(None, in_order(problems))
    document, found = read_document(MAIN, text)
    problems += found
    if document.value is None and found:
        return Loaded(None, in_order(problems))
    model, found = validate(ProgramFile, document)
    problems += [*found, *main_problems(document, files)]
    drawings, found = _read_drawings(files)
    problems += found
    parts = _read_parts(document, files, drawings)
    problems += parts.problems
    if model is None or any(each.severity is Severity.ERROR for each in problems):
        return Loaded(None, in_order(problems))
    return Loaded(_program(model, files, parts), in_order(problems))


@dataclass
class _Parts:
    """Lessons, projects and items, as far as they could be read."""

    documents: dict[str, Document]
    lessons: dict[str, Lesson] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def _read_drawings(files: Files) -> tuple[dict[str, Drawing], list[Problem]]:
    """Every drawing that learners may be sent: opened by itself it must be as harmless as in a page."""
    drawings: dict[str, Drawing] = {}
    problems: list[Problem] = []
    for name in files.paths:
        if not is_asset(name) or not name.lower().endswith(SUFFIX):
            continue
        text, found = files.text(name)
        drawing, more = read_drawing(name, text) if text is not None else (None, [])
        problems += [*found, *more]
        drawings |= {name: drawing} if drawing is not None else {}
    return drawings, problems


def context_of(main: Document, files: Files, drawings: Mapping[str, Drawing]) -> Context:
    """What the parts of a program are read with."""
    return Context(
        files=files,
        skills=tuple(name for _, name in keyed(main, "id", "skills")),
        sources=tuple(map(str, main.mapping("data"))),
        steps=tuple(f"{kind}:{name}" for _, kind, name in _steps(main)),
        drawings=drawings,
    )


def _read_parts(main: Document, files: Files, drawings: dict[str, Drawing]) -> _Parts:
    context = context_of(main, files, drawings)
    named = [(kind, name) for _, kind, name in _steps(main)]
    parts = _Parts(documents={MAIN: main})
    for kind, name in dict.fromkeys(named):
        if name not in files.folders(f"{kind}s"):
            continue
        if kind == "lesson":
            lesson, document, found = read_lesson(name, context)
            parts.lessons |= {name: lesson} if lesson is not None else {}
        else:
            project, document, found = read_project(name, context)
            parts.projects |= {name: project} if project is not None else {}
        parts.problems += found
        parts.documents |= {document.file: document} if document is not None else {}
    parts.items, documents, found = read_items(context)
    parts.documents |= documents
    parts.problems += found
    lessons = {
        name: parts.documents[file]
        for kind, name in named
        if kind == "lesson" and (file := f"lessons/{name}/lesson.yaml") in parts.documents
    }
    parts.problems += [*need_problems(lessons), *exit_problems(lessons.values(), documents.values())]
    projects = {name: parts.documents.get(f"projects/{name}/project.yaml") for kind, name in named if kind == "project"}
    parts.problems += badge_problems(main, projects)
    return parts


def _program(model: ProgramFile, files: Files, parts: _Parts) -> Program:
    folder = files.folder
    return Program(
        id=model.id,
        title=model.title,
        summary=model.summary,
        level=model.level,
        licence=model.licence,
        authors=model.authors,
        skills=model.skills,
        sources={
            name: DataSource(
                name=name, folder=folder, **{key: getattr(source, key) for key in type(source).model_fields}
            )
            for name, source in model.data.items()
        },
        steps=tuple(
            Step("lesson", step.lesson) if step.lesson is not None else Step("project", step.project or "")
            for step in model.steps
        ),
        lessons=parts.lessons,
        projects=parts.projects,
        items=parts.items,
        badges=model.badges,
        credits=model.assets,
        assets=tuple(name for name in files.paths if is_asset(name)),
        documents=parts.documents,
    )


def _steps(document: Document) -> list[tuple[KeyPath, StepKind, str]]:
    """Every step that names something, in order."""
    found = []
    for at in range(len(document.items("steps"))):
        for kind in STEP_KINDS:
            name = document.text("steps", at, kind)
            if name is not None:
                found.append((cast("KeyPath", ("steps", at, kind)), kind, name))
    return found


def main_problems(document: Document, files: Files) -> Iterator[Problem]:
    """What is wrong with `program.yaml` that its shape alone does not tell."""
    found = document.get("format")
    if isinstance(found, int) and found != FORMAT:
        yield problem(MAIN, document.line("format"), Code.UNKNOWN_FORMAT, found=found, expected=FORMAT)
    program_id = document.text("id")
    if program_id is not None and program_id != files.folder.name:
        line = document.line("id")
        yield warning(MAIN, line, Code.ID_NOT_FOLDER, id=program_id, folder=files.folder.name)
    yield from repeated(document, keyed(document, "id", "skills"))
    yield from _step_problems(document, files)
    for name in document.mapping("data"):
        yield from _source_problems(document, name, files)


def _step_problems(document: Document, files: Files) -> Iterator[Problem]:
    steps = _steps(document)
    for path, kind, name in steps:
        folders = files.folders(f"{kind}s")
        if name not in folders:
            params = {"kind": kind, "name": name, "folder": f"{kind}s/{name}"}
            yield problem(MAIN, document.line(*path), Code.UNKNOWN_STEP, **params, **near(name, folders))
    for kind in STEP_KINDS:
        ids = [(path, name) for path, each, name in steps if each == kind]
        yield from repeated(document, ids)
        for folder in files.folders(f"{kind}s"):
            if folder not in [name for _, name in ids]:
                yield warning(MAIN, document.line("steps"), Code.UNUSED_FOLDER, folder=f"{kind}s/{folder}")
    for at, step in enumerate(document.items("steps")):
        if isinstance(step, dict) and len(step) != 1:
            yield problem(MAIN, document.line("steps", at), Code.STEP_SHAPE)


def _source_problems(document: Document, name: str, files: Files) -> Iterator[Problem]:
    source = document.text("data", name, "source")
    if source is None:
        return
    line = document.line("data", name, "source")
    kind_name, _, rest = source.partition(":")
    kind = KINDS.get(kind_name)
    if kind is None:
        yield problem(MAIN, line, Code.UNKNOWN_SOURCE_KIND, source=source, **near(kind_name, KINDS))
    elif (known := kind.names()) and rest not in known:
        yield problem(MAIN, line, Code.UNKNOWN_SOURCE_NAME, source=source, **near(rest, known))
    elif kind_name == "file" and rest not in files:
        yield files.missing(rest, file=MAIN, line=line)
    elif kind_name == "url":
        yield from _url_problems(document, name)
    if document.get("data", name, "header") is False and not document.items("data", name, "columns"):
        yield problem(MAIN, document.line("data", name), Code.MISSING_KEY, key="columns")


def _url_problems(document: Document, name: str) -> Iterator[Problem]:
    url = document.text("data", name, "url")
    line = document.line("data", name)
    if url is None:
        yield problem(MAIN, line, Code.SOURCE_WITHOUT_URL, name=name)
    elif not url.startswith("https://"):
        yield problem(MAIN, document.line("data", name, "url"), Code.SOURCE_NOT_HTTPS, url=url)
    if not document.mapping("data", name, "fingerprint"):
        yield problem(MAIN, line, Code.SOURCE_WITHOUT_FINGERPRINT, name=name)
