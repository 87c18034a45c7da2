"""Markdown in MyST flavour, read into sections of safe HTML and code cells."""

from saem.lib.content.markdown.pages import Brief, LessonPage, read_brief, read_lesson_page, read_prose
from saem.lib.content.markdown.places import Place

__all__ = ["Brief", "LessonPage", "Place", "read_brief", "read_lesson_page", "read_prose"]
