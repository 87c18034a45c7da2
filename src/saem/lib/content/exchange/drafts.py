"""A lesson that has one page so far: what can be written of it, and what is left to write."""

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.entries import document_yaml
from saem.lib.content.exchange.identifiers import spoken
from saem.lib.content.problems import Problem, warning
from saem.lib.content.schema import LANGUAGES


def draft_lesson(file: str, lesson: str, title: str, page: str) -> tuple[dict[str, bytes], list[Problem]]:
    """`file` is where the page came from; its letters say which language it is in."""
    language, _ = spoken("", page)
    folder = f"lessons/{lesson}"
    files = {
        f"{folder}/lesson.yaml": document_yaml({"title": {language: title or lesson}}).encode(),
        f"{folder}/{language}.md": page.encode(),
    }
    others = [each for each in LANGUAGES if each != language]
    problems = [warning(file, 1, Code.NO_TRANSLATION, item=lesson, language=each) for each in others]
    return files, [*problems, warning(file, 1, Code.LESSON_INCOMPLETE, name=f"{folder}/lesson.yaml")]
