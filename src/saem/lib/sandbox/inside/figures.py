"""A figure as a PNG, cut to what is drawn on it, as notebooks show it."""

import io
import math
import sys
from typing import Any

# What `savefig` may be told to do differently from drawing on a screen.
_AS_ON_SCREEN = {
    "savefig.dpi": "figure",
    "savefig.facecolor": "auto",
    "savefig.edgecolor": "auto",
    "savefig.transparent": False,
    "savefig.bbox": None,
}


def png_of(figure: Any) -> bytes:
    """PNG bytes with the usual margin as far as the figure goes, drawn once where nothing lies outside its borders.

    `savefig(bbox_inches="tight")` gives the same, laid out and drawn twice: once to see how large it is.
    """
    buffer = io.BytesIO()
    settings = sys.modules["matplotlib"].rcParams
    if not all(settings[name] == usual for name, usual in _AS_ON_SCREEN.items()):
        figure.savefig(buffer, format="png", bbox_inches="tight")
        return buffer.getvalue()
    figure.canvas.draw()
    drawn = figure.get_tightbbox(figure.canvas.get_renderer())
    margin = settings["savefig.pad_inches"]
    left, bottom, right, top = (edge * figure.dpi for edge in drawn.extents)
    width, height = figure.canvas.get_width_height()
    if 0 <= left < right <= width and 0 <= bottom < top <= height:
        space = margin * figure.dpi
        rows = slice(math.floor(max(height - top - space, 0)), math.ceil(height - bottom + space))
        columns = slice(math.floor(max(left - space, 0)), math.ceil(right + space))
        pixels = sys.modules["numpy"].asarray(figure.canvas.buffer_rgba())[rows, columns]
        sys.modules["matplotlib.image"].imsave(buffer, pixels, format="png", dpi=figure.dpi)
    else:
        figure.savefig(buffer, format="png", bbox_inches=drawn.padded(margin))
    return buffer.getvalue()
