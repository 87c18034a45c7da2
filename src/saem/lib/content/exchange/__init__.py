"""Content out to other systems and in from them: QTI items, Common Cartridge, books of Jupyter Book (MyST)."""

from saem.lib.content.exchange.book import export_book, import_book
from saem.lib.content.exchange.cartridge import import_cartridge
from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.model import Carried
from saem.lib.content.exchange.qti import export_items, import_items

__all__ = ["Carried", "Code", "export_book", "export_items", "import_book", "import_cartridge", "import_items"]
