"""One file of a program read by itself, while somebody writes it: what it looks like and what is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from saem.lib.content.context import Context
from saem.lib.content.documents import Document, read_document
from saem.lib.content.drawings import SUFFIX, Drawing, read_drawing
from saem.lib.content.files import Files, is_asset
from saem.lib.content.items.reading import FOLDER as ITEMS
from saem.lib.content.items.reading import read_items
from saem.lib.content.lessons import read_lesson
from saem.lib.content.markdown import read_brief, read_lesson_page
from saem.lib.content.model import Item, Page
from saem.lib.content.problems import Problem, Severity, in_order
from saem.lib.content.programs import MAIN, context_of, main_problems
from saem.lib.content.projects import read_project
from saem.lib.content.schema import LANGUAGES, LessonFile, ProgramFile
from saem.lib.content.teaching import OPENING
from saem.lib.content.validation import validate

TEXTS = (".md", ".yaml", ".yml", ".py")
_READ = (*TEXTS, ".ipynb")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a file says: exactly one of `page`, `brief`, `lesson`, `program`, `items`, or none of them.

    `problems` are those of the file itself, `around` those of its neighbours in the same lesson or project.
    """

    page: Page | None = None
    brief: str = ""
    lesson: LessonFile | None = None
    program: ProgramFile | None = None
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    around: tuple[Problem, ...] = ()

    @property
    def can_be_shown(self) -> bool:
        return bool(self.page or self.brief or self.lesson or self.program or self.items)

    @property
    def is_broken(self) -> bool:
        return any(each.severity is Severity.ERROR for each in self.problems)


def has_draft(name: str) -> bool:
    """Whether `read_draft` can say anything of a file of this name."""
    folder = name.partition("/")[0]
    return name == MAIN or (name.endswith(TEXTS) and folder in (ITEMS, "lessons", "projects"))


def needed_for(name: str, text: str, names: Collection[str]) -> set[str]:
    """The files whose bytes `read_draft` wants beside the one that is written: few, whatever the program's size."""
    home = "/".join(name.split("/")[:2])
    near = {each for each in names if each.endswith(_READ) and each.startswith(f"{home}/")}
    drawn = {each for each in names if _is_drawing(each) and each.rpartition("/")[2] in text}
    return {MAIN, *drawn} if name == MAIN or name.startswith(f"{ITEMS}/") else {MAIN, *near, *drawn}


def read_draft(name: str, text: str, files: Mapping[str, bytes], names: Collection[str]) -> Draft:
    """Reads `text` as the file `name` of a program that has `names`, with `needed_for` of them in `files`.

    Never raises for what was written. What only the whole program can tell (an id in two files of items, a step that
    has no folder) is left to `load`.
    """
    held = _Held(Path(), {each: Path(each) for each in names}, data={**files, name: text.encode()})
    main, found = _main(held)
    context = context_of(main, held, _drawings(held))
    folder, _, rest = name.partition("/")
    if name == MAIN:
        return _of_program(main, found, held)
    if folder == "lessons":
        return _parted(name, _of_lesson(rest.partition("/")[0], name, text, context))
    if folder == "projects":
        return _parted(name, _of_project(rest.partition("/")[0], name, text, context))
    items, _documents, problems = read_items(replace(context, files=held.only(name)))
    return _parted(name, Draft(items=tuple(items.values()), problems=in_order(problems)))


@dataclass(frozen=True)
class _Held(Files):
    """Files that are not on a disk; only some of them are at hand."""

    data: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, name: str) -> bytes:
        return self.data.get(name, b"")

    def only(self, name: str) -> "_Held":
        """The pictures and one file of items: the others need not be read again."""
        return replace(self, paths={each: path for each, path in self.paths.items() if each == name or is_asset(each)})


def _is_drawing(name: str) -> bool:
    return is_asset(name) and name.lower().endswith(SUFFIX)


def _drawings(held: _Held) -> dict[str, Drawing]:
    found = {name: read_drawing(name, held.text(name)[0] or "")[0] for name in held.data if _is_drawing(name)}
    return {name: drawing for name, drawing in found.items() if drawing is not None}


def _main(held: _Held) -> tuple[Document, list[Problem]]:
    text, problems = held.text(MAIN)
    document, found = read_document(MAIN, text or "")
    return document, [*problems, *found]


def _parted(name: str, draft: Draft) -> Draft:
    mine = tuple(each for each in draft.problems if each.file == name)
    return replace(draft, problems=mine, around=tuple(each for each in draft.problems if each.file != name))


def _of_program(document: Document, problems: list[Problem], held: _Held) -> Draft:
    if document.value is None and problems:
        return Draft(problems=in_order(problems))
    model, found = validate(ProgramFile, document)
    every = in_order([*problems, *found, *main_problems(document, held)])
    return _parted(MAIN, Draft(program=model, problems=every))


def _of_lesson(lesson: str, name: str, text: str, context: Context) -> Draft:
    read, document, problems = read_lesson(lesson, context)
    found = in_order(problems)
    for language in LANGUAGES:
        title = (document.text("title", language) if document else None) or lesson
        kinds = (
            (f"{language}.md", title, read.pages if read is not None else {}),
            (f"teacher.{language}.md", OPENING.in_(language), read.teacher if read is not None else {}),
        )
        for file, opening, pages in kinds:
            if name == f"lessons/{lesson}/{file}":
                # Where something else of the lesson is wrong there is no lesson, and the page is read by itself.
                page = pages.get(language) or _page(name, text, language, opening, context)
                return Draft(page=page, problems=found)
    if document is None or name != document.file or document.value is None:
        return Draft(problems=found)
    return Draft(lesson=validate(LessonFile, document)[0], problems=found)


def _page(name: str, text: str, language: str, title: str, context: Context) -> Page:
    return read_lesson_page(text.replace("\r\n", "\n"), context.place(name, language), title=title).page


def _of_project(project: str, name: str, text: str, context: Context) -> Draft:
    _project, _document, problems = read_project(project, context)
    for language in LANGUAGES:
        if name == f"projects/{project}/brief.{language}.md":
            brief = read_brief(text, context.place(name, language))
            return Draft(brief=brief.html, problems=in_order(problems))
    return Draft(problems=in_order(problems))
