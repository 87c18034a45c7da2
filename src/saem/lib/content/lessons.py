"""Reads `lessons/<id>/`."""

from collections.abc import Iterator, Mapping

from saem.lib.content.codes import Code
from saem.lib.content.competencies import tag_problems
from saem.lib.content.context import Context, code_problems, keyed, repeated, unknown
from saem.lib.content.documents import Document
from saem.lib.content.languages import differences
from saem.lib.content.markdown import LessonPage, read_lesson_page
from saem.lib.content.model import Lesson, Page
from saem.lib.content.problems import Problem
from saem.lib.content.schema import LANGUAGES, LessonFile
from saem.lib.content.teaching import read_teacher_pages
from saem.lib.content.validation import validate


def read_lesson(lesson_id: str, context: Context) -> tuple[Lesson | None, Document | None, list[Problem]]:
    folder = f"lessons/{lesson_id}"
    document, problems = context.document(f"{folder}/lesson.yaml")
    pages: dict[str, LessonPage] = {}
    for language in LANGUAGES:
        text, found = context.files.text(f"{folder}/{language}.md")
        problems += found
        if text is not None:
            title = (document.text("title", language) if document else None) or lesson_id
            place = context.place(f"{folder}/{language}.md", language)
            pages[language] = read_lesson_page(text, place, title=title)
            problems += pages[language].problems
    problems += differences(pages, folder)
    teacher, found = read_teacher_pages(folder, context)
    problems += found
    if document is None or (document.value is None and problems):
        return None, document, problems
    model, found = validate(LessonFile, document)
    problems += [*found, *_document_problems(document, context, pages)]
    lesson = _lesson(lesson_id, model, pages, teacher) if model is not None and len(pages) == len(LANGUAGES) else None
    return lesson, document, problems


def _lesson(lesson_id: str, model: LessonFile, pages: Mapping[str, LessonPage], teacher: Mapping[str, Page]) -> Lesson:
    return Lesson(
        id=lesson_id,
        title=model.title,
        goal=model.goal,
        minutes=model.minutes,
        flavour=model.flavour,
        skills=model.skills,
        data=model.data,
        exercises={exercise.cell: exercise for exercise in model.exercises},
        pages={language: read.page for language, read in pages.items()},
        needs=model.needs,
        tags=model.tags,
        exit=model.exit,
        teacher=teacher,
    )


def _document_problems(document: Document, context: Context, pages: Mapping[str, LessonPage]) -> Iterator[Problem]:
    yield from context.skill_problems(document)
    yield from tag_problems(document)
    sources = [(("data", name), source) for name, source in document.mapping("data").items() if isinstance(source, str)]
    yield from unknown(document, sources, context.sources, Code.UNKNOWN_SOURCE)
    named = keyed(document, "cell", "exercises")
    yield from repeated(document, named)
    if pages:
        cells = dict.fromkeys(cell.name for read in pages.values() for cell in read.cells if cell.name)
        yield from unknown(document, named, cells, Code.UNKNOWN_CELL)
    for at in range(len(document.items("exercises"))):
        yield from _exercise_problems(document, at)


def _exercise_problems(document: Document, at: int) -> Iterator[Problem]:
    path = ("exercises", at)
    checks = keyed(document, "id", *path, "checks")
    yield from code_problems(document, *path, "solution")
    for number in range(len(document.items(*path, "wrong"))):
        here = (*path, "wrong", number)
        yield from code_problems(document, *here, "code")
        yield from unknown(document, document.texts(*here, "fails"), [name for _, name in checks], Code.UNKNOWN_CHECK)
