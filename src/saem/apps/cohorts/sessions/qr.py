"""A QR code as one path of an SVG, drawn in the page itself."""

from itertools import groupby

import segno

QUIET = 4


def qr_path(address: str) -> dict[str, object]:
    """`size` in modules with the quiet zone, and `path`. Level M: 15 % may be covered (ISO/IEC 18004)."""
    rows = [[bool(module) for module in row] for row in segno.make_qr(address, error="m", boost_error=False).matrix]
    parts: list[str] = []
    for y, row in enumerate(rows, start=QUIET):
        x = QUIET
        for is_dark, group in groupby(row):
            length = len(list(group))
            parts += [f"M{x} {y}h{length}v1h-{length}z"] if is_dark else []
            x += length
    return {"size": len(rows) + 2 * QUIET, "path": "".join(parts)}
