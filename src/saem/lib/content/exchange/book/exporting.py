"""A program as a book: what learners read and run, in one language, without solutions and checks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from saem.lib.content.exchange.book.labels import LABELS
from saem.lib.content.exchange.book.pages import PAGES, page
from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.entries import document_yaml
from saem.lib.content.exchange.model import Carried
from saem.lib.content.model import DataSource, Lesson, Program, Project
from saem.lib.content.problems import Problem, in_order, warning

INTRODUCTION = "intro.md"
STARTER = "projects/{id}/starter.ipynb"
_EXTENSIONS = ["colon_fence", "dollarmath", "deflist", "strikethrough"]


def export_book(program: Program, folder: Path, language: str) -> Carried:
    """The files of a book for Jupyter Book 1 (`_config.yml`, `_toc.yml`) and 2 (`myst.yml`).

    `folder` is where the program was loaded from. Data are not copied: each page says what to put beside it.
    """
    files = {name: (folder / name).read_bytes() for name in program.assets}
    files[INTRODUCTION] = _introduction(program, language).encode()
    for step in program.steps:
        name = PAGES[step.kind].format(id=step.id)
        if step.kind == "lesson":
            files[name] = _lesson(program, program.lessons[step.id], folder, language).encode()
        else:
            project = program.projects[step.id]
            files[name] = _project(project, language).encode()
            files |= {STARTER.format(id=step.id): project.starters[language]} if language in project.starters else {}
    files |= {name: text.encode() for name, text in _frame(program, files, language).items()}
    return Carried(dict(sorted(files.items())), in_order(_losses(program)))


def _losses(program: Program) -> Iterator[Problem]:
    if program.items:
        yield warning("program.yaml", 1, Code.BOOK_ITEMS, count=len(program.items))


def _frame(program: Program, files: dict[str, bytes], language: str) -> dict[str, str]:
    """What the two generations of Jupyter Book ask for."""
    title, authors = program.title.in_(language), [each.name for each in program.authors]
    chapters = [
        name
        for step in program.steps
        for name in (PAGES[step.kind].format(id=step.id), STARTER.format(id=step.id))
        if name in files and (step.kind == "project" or name.startswith("lessons/"))
    ]
    project: dict[str, Any] = {
        "title": title,
        "authors": [{"name": each} for each in authors],
        "license": program.licence,
        "toc": [{"file": name} for name in (INTRODUCTION, *chapters)],
    }
    toc = {
        "format": "jb-book",
        "root": INTRODUCTION.rpartition(".")[0],
        "chapters": [{"file": name.rpartition(".")[0]} for name in chapters],
    }
    config = {
        "title": title,
        "author": ", ".join(authors),
        "execute": {"execute_notebooks": "off"},
        "parse": {"myst_enable_extensions": _EXTENSIONS},
    }
    book = {"version": 1, "project": project, "site": {"template": "book-theme"}}
    return {"myst.yml": document_yaml(book), "_toc.yml": document_yaml(toc), "_config.yml": document_yaml(config)}


def _introduction(program: Program, language: str) -> str:
    words = LABELS[language]
    authors = ", ".join(
        f"{each.name} ({each.institution})" if each.institution else each.name for each in program.authors
    )
    lines = [f"# {program.title.in_(language)}", "", program.summary.in_(language), ""]
    lines += [f"- {words['authors']}: {authors}", f"- {words['licence']}: {program.licence}"]
    if program.sources:
        lines += ["", f"## {words['data']}", ""]
        lines += [_source(each, language) for each in program.sources.values()]
    return "\n".join(lines) + "\n"


def _source(source: DataSource, language: str) -> str:
    words = LABELS[language]
    where = words[f"source_{source.kind}"].format(rest=source.rest, url=source.url)
    rows = [words["data_rows"].format(rows=source.fingerprint.rows)] if source.fingerprint is not None else []
    credit = [source.credit.in_(language)] if source.credit is not None else []
    facts = "; ".join([where, *rows, source.licence, *credit])
    return f"- `{source.name}`: {source.title.in_(language)} ({facts})"


def _lesson(program: Program, lesson: Lesson, folder: Path, language: str) -> str:
    words = LABELS[language]
    text = (folder / "lessons" / lesson.id / f"{language}.md").read_text(encoding="utf-8-sig")
    notes = [f"**{words['goal']}**: {lesson.goal.in_(language)}"]
    for file, name in lesson.data.items():
        notes += ["", words["data_file"].format(file=file, name=program.sources[name].title.in_(language))]
    opening = "\n".join([*notes, "", text])
    return page(opening, lesson.title.in_(language), language, lesson.exercises)


def _project(project: Project, language: str) -> str:
    text = (project.folder / f"brief.{language}.md").read_text(encoding="utf-8-sig")
    link = f"[{LABELS[language]['starter']}](starter.ipynb)" if language in project.starters else ""
    return page(f"{text.strip()}\n\n{link}", project.title.in_(language), language, {})
