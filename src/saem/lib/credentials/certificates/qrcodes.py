"""The QR code of an address, as the SVG that a template is given."""

from collections.abc import Iterator
from itertools import groupby

import segno


def modules(address: str) -> list[list[bool]]:
    """Rows from top to bottom, True dark, without the quiet zone. Level M: 15 % may be covered (ISO/IEC 18004)."""
    code = segno.make_qr(address, error="m", boost_error=False)
    return [[bool(module) for module in row] for row in code.matrix]


def qr_svg(address: str) -> str:
    """One path, one unit to a module: sharp at every size, and a twentieth of the work that Typst's own shapes take."""
    rows = modules(address)
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _bars(row))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}"><path d="{path}"/></svg>'


def _bars(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin and how many touch: fewer shapes, and no hairs between them on a screen."""
    start = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            yield start, length
        start += length
