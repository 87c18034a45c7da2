"""Scores as readers compare them: as many digits as matter, no more."""

from collections.abc import Sequence

from django import template
from django.utils.formats import number_format

register = template.Library()

# Size of a score → decimals that are worth showing: 0.813, 17.395, 231.4, 52,310.
DECIMALS = ((100, 3), (10_000, 1))


def decimals(value: float) -> int:
    return next((places for below, places in DECIMALS if abs(value) < below), 0)


@register.filter
def score(value: float | None) -> str:
    """A score in words; nothing for no score."""
    if value is None:
        return ""
    return number_format(rounded(value), decimal_pos=decimals(value), use_l10n=True, force_grouping=True)


@register.filter
def rounded(value: float) -> float:
    """The same digits as a number, for charts."""
    return round(value, decimals(value))


@register.filter
def rounded_marks(marks: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    return [(title, rounded(value)) for title, value in marks]


@register.filter
def points(value: float) -> str:
    """Points, without a decimal part that says nothing."""
    return number_format(value, decimal_pos=None if value == int(value) else 1, use_l10n=True).removesuffix(".0")
