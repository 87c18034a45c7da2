"""`vega:<name>`: the data sets that the package vega_datasets carries with it."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from saem.lib.content.codes import Code
from saem.lib.content.errors import SourceError
from saem.lib.content.model import DataSource
from saem.lib.content.sources.reading import Reading
from saem.lib.content.sources.tables import Table, read_csv, shaped


@cache
def _files() -> dict[str, Path]:
    """Found without importing the package, which would bring pandas along."""
    spec = find_spec("vega_datasets")
    folders = spec.submodule_search_locations if spec is not None else None
    found = (path for folder in folders or () for path in Path(folder, "_data").glob("*.*"))
    return {path.stem: path for path in sorted(found) if path.suffix in (".csv", ".json")}


def names() -> tuple[str, ...]:
    return tuple(_files())


def read(source: DataSource, _reading: Reading) -> Table:
    path = _files()[source.rest]
    data = path.read_bytes()
    if path.suffix == ".json":
        return shaped(_from_records(json.loads(data), source.source), source)
    return shaped(read_csv(data, encoding="utf-8", separator=",", header=True), source)


def _from_records(records: Any, name: str) -> Table:
    columns = tuple(dict.fromkeys(key for record in records for key in record))
    rows = [[_text(record.get(column), name) for column in columns] for record in records]
    return Table(columns, rows)


def _text(value: object, name: str) -> str:
    if isinstance(value, dict | list):
        raise SourceError(Code.SOURCE_PACKAGE, source=name)
    return "" if value is None else str(value)
