"""Cells of a notebook as the workspace shows them, on other pages: {% for cell in cells|as_read %}."""

from django import template

from saem.apps.projects.workspace.notebooks.pages import read_views

register = template.Library()
register.filter("as_read", read_views)
