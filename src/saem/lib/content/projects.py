"""Reads `projects/<id>/`."""

from collections.abc import Iterator, Mapping

from saem.lib.content.codes import Code
from saem.lib.content.competencies import tag_problems
from saem.lib.content.context import Context, keyed, unknown
from saem.lib.content.documents import Document, Path
from saem.lib.content.errors import NotebookError
from saem.lib.content.markdown import read_brief
from saem.lib.content.milestones import milestone_problems, milestones_of
from saem.lib.content.model import Project
from saem.lib.content.notebooks import read_notebook
from saem.lib.content.problems import Problem, problem
from saem.lib.content.python_code import broken
from saem.lib.content.rubrics import rubric_of, rubric_problems
from saem.lib.content.schema import LANGUAGES, ProjectFile
from saem.lib.content.validation import validate

_QUESTIONS = ("grading", "notebook", "questions")
# The parts of a grading that rank, and so have baselines.
_RANKED = ("predictions", "model")


def read_project(project_id: str, context: Context) -> tuple[Project | None, Document | None, list[Problem]]:
    folder = f"projects/{project_id}"
    document, problems = context.document(f"{folder}/project.yaml")
    briefs: dict[str, str] = {}
    for language in LANGUAGES:
        text, found = context.files.text(f"{folder}/brief.{language}.md")
        problems += found
        if text is not None:
            brief = read_brief(text, context.place(f"{folder}/brief.{language}.md", language))
            briefs[language] = brief.html
            problems += brief.problems
    problems += _script_problems(folder, context)
    if document is None or (document.value is None and problems):
        return None, document, problems
    model, found = validate(ProjectFile, document)
    problems += [*found, *_document_problems(document, context, folder)]
    project = _project(project_id, model, briefs, context) if model is not None else None
    return project, document, problems


def _project(project_id: str, model: ProjectFile, briefs: Mapping[str, str], context: Context) -> Project:
    folder = f"projects/{project_id}"
    starters = {language: f"{folder}/starter.{language}.ipynb" for language in LANGUAGES}
    return Project(
        id=project_id,
        title=model.title,
        summary=model.summary,
        minutes=model.minutes,
        flavour=model.flavour,
        skills=model.skills,
        tags=model.tags,
        brief=briefs,
        data_card=model.data_card,
        downloads=model.downloads,
        attempts_per_day=model.attempts_per_day,
        reveal=model.reveal,
        grading=model.grading,
        solutions=model.solutions,
        wrong=model.wrong,
        prepare=context.files.text(f"{folder}/prepare.py")[0] or "",
        checks=context.files.text(f"{folder}/checks.py")[0] or "",
        starters={
            language: context.files.read(name) for language, name in starters.items() if context.files.can_read(name)
        },
        folder=context.files.folder / folder,
        team=model.team,
        milestones=milestones_of(model),
        rubric=rubric_of(model, milestones_of(model)),
    )


def _script_problems(folder: str, context: Context) -> Iterator[Problem]:
    """Every script of the project must compile; prepare.py must be there."""
    names = [name for name in context.files.under(folder) if name.endswith(".py")]
    for name in dict.fromkeys((f"{folder}/prepare.py", *names)):
        text, problems = context.files.text(name)
        yield from problems
        found = broken(text) if text is not None else None
        if found is not None:
            yield problem(name, found.line, Code.PYTHON_SYNTAX, detail=found.detail)


def _document_problems(document: Document, context: Context, folder: str) -> Iterator[Problem]:
    yield from context.skill_problems(document)
    yield from tag_problems(document)
    source = document.text("data_card", "source")
    if source is not None:
        yield from unknown(document, [(("data_card", "source"), source)], context.sources, Code.UNKNOWN_SOURCE)
    yield from _check_names(document)
    yield from milestone_problems(document)
    yield from rubric_problems(document)
    yield from _file_problems(document, context, folder)
    yield from _starter_problems(document, context, folder)


def _check_names(document: Document) -> Iterator[Problem]:
    """`fails` and `beats` name checks and baselines that the grading has; the rest of it is lib.grading's."""
    checks = keyed(document, "id", "grading", "script", "cases")
    for part in _RANKED:
        checks += keyed(document, "id", "grading", part, "checks")
    for part in ("notebook", "functions"):
        questions = ("grading", part, "questions")
        for at in range(len(document.items(*questions))):
            checks += keyed(document, "id", *questions, at, "checks")
    yield from _named_by(document, "wrong", "fails", checks, Code.UNKNOWN_CHECK)
    yield from _named_by(document, "solutions", "beats", baselines_in(document), Code.UNKNOWN_BASELINE)


def baselines_in(document: Document) -> list[tuple[Path, str]]:
    """The ids of the baselines that a project is compared with, each with its path."""
    return [found for part in _RANKED for found in keyed(document, "id", "grading", part, "baselines")]


def _named_by(document: Document, key: str, field: str, ids: list[tuple[Path, str]], code: Code) -> Iterator[Problem]:
    for at in range(len(document.items(key))):
        yield from unknown(document, document.texts(key, at, field), [name for _, name in ids], code)


def _file_problems(document: Document, context: Context, folder: str) -> Iterator[Problem]:
    for key in ("solutions", "wrong"):
        for path, name in keyed(document, "file", key):
            if f"{folder}/{name}" not in context.files:
                yield context.files.missing(f"{folder}/{name}", file=document.file, line=document.line(*path))
    for _, name in keyed(document, "file", "solutions"):
        if name.endswith(".ipynb") and context.files.can_read(f"{folder}/{name}"):
            yield from _notebook_problems(f"{folder}/{name}", document, context)


def _starter_problems(document: Document, context: Context, folder: str) -> Iterator[Problem]:
    """Needed where a notebook is graded; otherwise welcome, but then in both languages."""
    names = [f"{folder}/starter.{language}.ipynb" for language in LANGUAGES]
    there = [name for name in names if name in context.files]
    if there or document.mapping("grading", "notebook"):
        for name in names:
            if context.files.can_read(name):
                yield from _notebook_problems(name, document, context)
            elif name not in there:
                yield context.files.missing(name)


def _notebook_problems(name: str, document: Document, context: Context) -> Iterator[Problem]:
    try:
        cells = read_notebook(context.files.read(name))
    except NotebookError as error:
        yield problem(name, 1, error.code, **error.params)
        return
    for cell in cells:
        found = cell.broken()
        if found is not None:
            yield problem(name, 1, Code.NOTEBOOK_PYTHON, cell=cell.number, cell_line=found.line, detail=found.detail)
    for at in range(len(document.items(*_QUESTIONS))):
        question = document.text(*_QUESTIONS, at, "cell") or document.text(*_QUESTIONS, at, "id")
        answers = [cell.number for cell in cells if question and cell.answers(question)]
        if question and not answers:
            yield problem(name, 1, Code.NOTEBOOK_CELL_MISSING, question=question)
        elif len(answers) > 1:
            yield problem(name, 1, Code.NOTEBOOK_CELL_TWICE, question=question, cells=", ".join(map(str, answers)))
