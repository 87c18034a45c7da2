"""Words of the program's files in the reader's language: {{ milestone.title|said }}."""

from django import template

from saem.apps.projects.teams.words import language_now
from saem.lib.content import Text

register = template.Library()


@register.filter
def said(text: Text | None) -> str:
    """One of the two languages; nothing of nothing."""
    return text.in_(language_now()) if text is not None else ""
