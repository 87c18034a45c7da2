"""What a notebook cell shows: its last value, tables as text, figures as PNG. Made here, believed nowhere."""

import sys
import warnings
from typing import Any

from . import figures, limits

_CUT = "…"


class Shown:
    """Collects the displays of one source, in the order they were made."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._displays: list[dict[str, Any]] = []
        self._images: list[bytes] = []

    def add(self, *values: object, quiet_none: bool = False) -> None:
        """Show values; this is also the `display` that student code may call."""
        for value in values:
            if (value is None and quiet_none) or len(self._displays) >= limits.DISPLAYS:
                continue
            if _is_figure(value):
                self._add_figure(value)
            else:
                self._displays.append({"source": self._source, **_describe(value)})

    def begin(self) -> None:
        """From now on `plt.show()` shows here."""
        global _current  # noqa: PLW0603 -- a process runs one source at a time
        _current = self

    def finish(self, displays: list[dict[str, Any]], images: list[bytes]) -> None:
        """Add the figures still open and hand everything over."""
        try:
            self.add_open_figures()
        except Exception as error:  # noqa: BLE001 -- a figure that cannot be drawn must not hide the result
            self._displays.append({"source": self._source, "kind": "text", "text": f"{type(error).__name__}: {error}"})
        global _current  # noqa: PLW0603  # one cell, one display
        _current = None
        for display in self._displays:
            if display["kind"] == "image":
                images.append(self._images[display["image"]])
                display["image"] = len(images) - 1
            displays.append(display)

    def add_open_figures(self) -> None:
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None:
            return
        for number in pyplot.get_fignums():
            self._add_figure(pyplot.figure(number))
        pyplot.close("all")

    def _add_figure(self, figure: Any) -> None:
        if len(self._images) >= limits.IMAGES:
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a missing glyph is not the student's mistake
            png = figures.png_of(figure)
        if len(png) > limits.IMAGE_BYTES:
            raise ValueError("the figure is too large to show")
        self._images.append(png)
        self._displays.append({"source": self._source, "kind": "image", "image": len(self._images) - 1})
        _close(figure)


_current: Shown | None = None


def show_figures(*_args: object, **_kwargs: object) -> None:
    """What `plt.show()` does: without a screen, hand over the open figures if anybody collects them."""
    if _current is not None:
        _current.add_open_figures()


def _is_figure(value: object) -> bool:
    module = sys.modules.get("matplotlib.figure")
    return module is not None and isinstance(value, module.Figure)


def _close(figure: Any) -> None:
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(figure)


def _describe(value: object) -> dict[str, Any]:
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(value, pandas.Series):
        value = value.to_frame(value.name if value.name is not None else "")
    if pandas is not None and isinstance(value, pandas.DataFrame):
        return {"kind": "table", "table": _table(value)}
    return {"kind": "text", "text": _capped(repr(value), limits.TEXT)}


def _table(frame: Any) -> dict[str, Any]:
    head = frame.iloc[: limits.ROWS, : limits.COLUMNS]
    return {
        "columns": [_capped(_label(column), limits.TABLE_CELL) for column in head.columns],
        "index": [_capped(_label(label), limits.TABLE_CELL) for label in head.index],
        "rows": [[_capped(_text(cell), limits.TABLE_CELL) for cell in row] for row in head.itertuples(index=False)],
        "total_rows": int(frame.shape[0]),
        "total_columns": int(frame.shape[1]),
    }


def _label(label: object) -> str:
    return " / ".join(map(str, label)) if isinstance(label, tuple) else str(label)


def _text(cell: object) -> str:
    """Numbers as pandas would print them: six significant digits, whole numbers whole."""
    if isinstance(cell, float):
        return f"{cell:.6g}" if cell == cell else "NaN"  # noqa: PLR0124 -- NaN is what differs from itself
    return str(cell)


def _capped(text: str, cap: int) -> str:
    clean = text.encode("utf-8", "backslashreplace").decode()
    return clean if len(clean) <= cap else clean[: cap - 1] + _CUT
