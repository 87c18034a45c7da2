"""Items as QTI: written as 3.0, read as 2.0 to 3.0; a package is a zip, an item alone an XML file."""

from saem.lib.content.exchange.qti.exporting import export_items
from saem.lib.content.exchange.qti.importing import import_items

__all__ = ["export_items", "import_items"]
