"""Words of the program's files in the reader's language: {{ milestone.title|said }}."""

from collections.abc import Mapping

from django import template

from saem.apps.projects.contents import title_in
from saem.lib.content import Text
from saem.web.languages import reader_language

register = template.Library()


@register.filter
def said(text: Text | None) -> str:
    """One of the two languages; nothing of nothing."""
    return text.in_(reader_language()) if text is not None else ""


@register.filter
def titled(title: Mapping[str, str] | str) -> str:
    """A title that was kept in both languages; results that were told before that have one, as their teller read it."""
    return title if isinstance(title, str) else title_in(title, reader_language())
