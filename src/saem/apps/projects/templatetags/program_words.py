"""Words of the program's files in the reader's language: {{ milestone.title|said }}."""

from django import template

from saem.lib.content import Text
from saem.web.languages import reader_language

register = template.Library()


@register.filter
def said(text: Text | None) -> str:
    """One of the two languages; nothing of nothing."""
    return text.in_(reader_language()) if text is not None else ""
