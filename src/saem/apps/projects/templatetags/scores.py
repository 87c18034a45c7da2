"""Scores as readers compare them: as many digits as matter, no more."""

from django import template
from django.utils.formats import number_format

register = template.Library()

DIGITS = 4


@register.filter
def score(value: float | None) -> str:
    """Four figures that matter: 231.4, 12.35, 0.8127; nothing for no score."""
    if value is None:
        return ""
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return number_format(value, decimal_pos=max(0, DIGITS - whole), use_l10n=True, force_grouping=True)


@register.filter
def points(value: float) -> str:
    """Points, without a decimal part that says nothing."""
    return number_format(value, decimal_pos=None if value == int(value) else 1, use_l10n=True).removesuffix(".0")
