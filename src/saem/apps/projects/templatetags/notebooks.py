"""Cells of a notebook as the workspace shows them, on other pages: {% for cell in cells|as_read %}."""

from collections.abc import Sequence

from django import template

from saem.apps.projects.workspace.notebooks.drafts import row_of
from saem.apps.projects.workspace.notebooks.pages import CellView, views_of
from saem.apps.projects.workspace.notebooks.reading import Cell

register = template.Library()


@register.filter
def as_read(cells: Sequence[Cell]) -> list[CellView]:
    """To be read; what they put out is what the file says, and nothing is run."""
    return views_of([row_of(cell, None, at) for at, cell in enumerate(cells)])
