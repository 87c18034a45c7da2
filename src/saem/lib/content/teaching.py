"""Reads the teacher's page of a lesson: the plan of its minutes, common errors, answers."""

from saem.lib.content.codes import Code
from saem.lib.content.context import Context
from saem.lib.content.languages import sections_differ
from saem.lib.content.markdown import LessonPage, read_lesson_page
from saem.lib.content.model import Page
from saem.lib.content.problems import Problem, problem
from saem.lib.content.schema import LANGUAGES, Text

# What stands before the first heading of such a page is its opening.
OPENING = Text(ko="교사용 안내", en="For teachers")


def read_teacher_pages(folder: str, context: Context) -> tuple[dict[str, Page], list[Problem]]:
    """Both pages by language, or none: a lesson may do without, but not in one language only."""
    names = {language: f"{folder}/teacher.{language}.md" for language in LANGUAGES}
    if not any(name in context.files for name in names.values()):
        return {}, []
    pages: dict[str, LessonPage] = {}
    problems: list[Problem] = []
    for language, name in names.items():
        text, found = context.files.text(name)
        problems += found
        if text is not None:
            pages[language] = read_lesson_page(text, context.place(name, language), title=OPENING.in_(language))
            problems += pages[language].problems
            cells = pages[language].cells
            problems += [problem(name, cell.line, Code.CELL_FOR_TEACHERS) for cell in cells]
    if len(pages) == len(LANGUAGES):
        problems += sections_differ(pages, names["en"])
    return {language: read.page for language, read in pages.items()}, problems
