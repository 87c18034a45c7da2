"""The QR code of an address, as rows of 0 and 1 that a template draws."""

import segno


def qr_rows(address: str) -> list[str]:
    """Rows from top to bottom, "1" dark, without the quiet zone. Level M: a fold or a stamp may cover 15 % (ISO/IEC 18004)."""
    code = segno.make_qr(address, error="m", boost_error=False)
    return ["".join("1" if dark else "0" for dark in row) for row in code.matrix]
