"""Books of Jupyter Book (MyST): a program written as one, pages and notebooks of one read as lessons."""

from saem.lib.content.exchange.book.exporting import export_book
from saem.lib.content.exchange.book.importing import import_book

__all__ = ["export_book", "import_book"]
