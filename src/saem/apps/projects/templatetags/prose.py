"""Markdown that pupils write in their notebooks, as safe HTML: {{ cell.source|prose }}."""

from django import template
from django.utils.safestring import SafeString

from saem.apps.cohorts.calls.prose import safe_html

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    return safe_html(text)
