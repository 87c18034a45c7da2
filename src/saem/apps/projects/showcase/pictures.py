"""A picture drawn anew from its pixels: whatever a camera or a program wrote beside them does not come along."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageOps

from saem.apps.cohorts.calls.inspection import RefusedDocumentError, kind_of

MOST_BYTES = 10 * 2**20
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
QUALITY = 85
WHITE = (255, 255, 255)


class NotTaken(StrEnum):
    """Why a picture is not taken; each is a code of the message table."""

    NO_PICTURE = "showcase.no_picture"
    TOO_MANY_PIXELS = "showcase.too_many_pixels"


class RefusedPictureError(Exception):
    """A picture that is not taken; `reason` is a code of the message table."""

    def __init__(self, reason: NotTaken) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Drawn:
    """A JPEG without metadata, at most 1600 pixels on a side, with its size in pixels."""

    data: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def draw_anew(data: bytes) -> Drawn:
    """The same picture, upright, and nothing beside it. Raises `RefusedPictureError`."""
    try:
        if kind_of(data) not in ("png", "jpeg"):
            raise RefusedPictureError(NotTaken.NO_PICTURE)
    except RefusedDocumentError as refused:
        raise RefusedPictureError(NotTaken.NO_PICTURE) from refused
    with warnings.catch_warnings():
        # The library warns of large pictures; we look at the size ourselves, before any pixel is unpacked.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            return _drawn(data)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as broken:
            raise RefusedPictureError(NotTaken.NO_PICTURE) from broken


def _drawn(data: bytes) -> Drawn:
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise RefusedPictureError(NotTaken.TOO_MANY_PIXELS)
        picture = _flat(ImageOps.exif_transpose(opened))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Drawn(out.getvalue(), picture.width, picture.height)


def _flat(picture: Image.Image) -> Image.Image:
    """The pixels alone on white, in a picture that has never seen the metadata of the first one."""
    seen = picture.convert("RGBA")
    flat = Image.new("RGB", seen.size, WHITE)
    flat.paste(seen, mask=seen.getchannel("A"))
    return flat
