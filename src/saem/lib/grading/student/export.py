"""Writes values as bytes: one line of JSON, then the raw memory of numeric arrays. No pickle, ever.

Sent as text into the cell that ran the student's code, so a student can make it write anything. That is no harm: what
it writes is the student's *answer*, and `checkers.values` reads it as bytes from a stranger.
"""

import json
import sys
from typing import Any

MOST_NODES = 200_000
MOST_BYTES = 8 * 2**20
DEEPEST = 12
LARGEST_ITEM = 16
MOST_BITS = 4096


class TooBigError(Exception):
    pass


class Writer:
    """Collects the values of one file."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.offset = 0
        self.nodes = 0
        self.numpy = sys.modules.get("numpy")
        self.pandas = sys.modules.get("pandas")

    def node(self, value: Any, depth: int = 0) -> Any:  # noqa: PLR0911  # one return for each kind of value
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST_NODES:
            raise TooBigError
        if value is None or value is True or value is False:
            return value
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, int):
            if int.bit_length(value) > MOST_BITS:
                raise TooBigError
            return int(value)
        if isinstance(value, float):
            return float(value)
        if isinstance(value, (list, tuple, range)):
            return {"t": "list", "v": [self.node(item, depth + 1) for item in value]}
        if isinstance(value, (set, frozenset)):
            return {"t": "set", "v": [self.node(item, depth + 1) for item in sorted(value, key=repr)]}
        if isinstance(value, dict):
            pairs = [[self.node(key, depth + 1), self.node(item, depth + 1)] for key, item in value.items()]
            return {"t": "dict", "v": pairs}
        return self.scientific(value, depth)

    def scientific(self, value: Any, depth: int) -> Any:  # noqa: PLR0911  # one return for each kind of value
        numpy, pandas = self.numpy, self.pandas
        if numpy and isinstance(value, numpy.generic):
            return str(value) if value.dtype.kind in "mM" else self.node(value.item(), depth + 1)
        if numpy and isinstance(value, numpy.ndarray):
            return self.array(value, depth)
        if numpy and isinstance(value, complex):
            return self.array(numpy.asarray(value), depth)
        if pandas and isinstance(value, pandas.DataFrame):
            columns = [[self.node(name, depth), self.column(value[name], depth)] for name in value.columns]
            return {"t": "table", "v": columns, "index": self.column(value.index, depth)}
        if pandas and isinstance(value, pandas.Series):
            return {"t": "series", "v": self.column(value, depth), "index": self.column(value.index, depth)}
        if pandas and isinstance(value, (pandas.Index, pandas.api.extensions.ExtensionArray)):
            return self.column(pandas.Series(value), depth)
        if pandas and (value is pandas.NaT or value is pandas.NA):
            return None
        if pandas and isinstance(value, (pandas.Timestamp, pandas.Timedelta)):
            return str(value)
        return {"t": "other", "v": type(value).__name__[:60]}

    def column(self, values: Any, depth: int) -> Any:
        dtype = values.dtype
        if isinstance(dtype, self.numpy.dtype) and dtype.kind in "biuf":  # type: ignore[union-attr]  # numpy is loaded where arrays are
            return self.array(values.to_numpy(), depth)
        if getattr(dtype, "kind", "O") in "biuf" and not hasattr(dtype, "categories"):
            nan = float("nan")
            return self.array(values.to_numpy(dtype="float64", na_value=nan), depth)
        if dtype.kind in "mM":
            values = values.astype(str)
        missing = values.isna()
        cells = [None if gone else item for item, gone in zip(values.tolist(), missing.tolist())]
        return {"t": "list", "v": [self.node(cell, depth + 1) for cell in cells]}

    def array(self, value: Any, depth: int) -> Any:
        if value.dtype.kind in "biufc" and value.dtype.itemsize <= LARGEST_ITEM:
            data = value.astype(value.dtype.newbyteorder("<"), copy=False).tobytes()
            node = {"t": "array", "d": value.dtype.newbyteorder("<").str, "s": list(value.shape), "o": self.offset}
            self.offset += len(data)
            if self.offset > MOST_BYTES:
                raise TooBigError
            self.raw.append(data)
            return node
        if value.dtype.kind in "mM":
            value = value.astype(str)
        return {"t": "list", "v": [self.node(item, depth + 1) for item in value.tolist()]}

    def safe(self, value: Any) -> Any:
        try:
            return self.node(value)
        except TooBigError:
            return {"t": "too_big"}
        except Exception:  # noqa: BLE001  # a value that cannot be read is an answer like any other
            return {"t": "other", "v": "broken"}


def dump(values: dict[str, Any], writer: Writer) -> bytes:
    """`values` maps names to nodes that `writer` made."""
    text = json.dumps(values).encode()
    return b"SAEM1 %d\n" % len(text) + text + b"".join(writer.raw)
