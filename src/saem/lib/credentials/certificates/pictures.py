"""Seals and badges: PNG, JPEG or SVG that may be printed, as the SVG that a template is given."""

import base64
import io
import re
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from saem.lib.credentials.certificates import rules
from saem.lib.credentials.certificates.errors import DocumentError, Fault

MAX_BYTES = 2 * 2**20
MAX_PIXELS = 4096 * 4096
_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg"}
# What makes an SVG load, run or multiply something; drawings of seals and badges need none of it.
_UNWANTED = re.compile(
    r"""<!DOCTYPE|<!ENTITY|<(\w+:)?(image|feImage|foreignObject|script|use)\b|href\s*=\s*["'](?!\#)""", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """`content` as in the file; `alt` is what somebody hears who cannot see it.

    Raises DocumentError(PICTURE) for anything but a PNG, a JPEG or a plain SVG of at most 2 MB and 16 megapixels.
    """

    content: bytes
    alt: str

    def __post_init__(self) -> None:
        rules.check_texts(self, rules.LINE, "alt")
        if not self.content or len(self.content) > MAX_BYTES:
            raise DocumentError(Fault.PICTURE, "content")
        self.svg()

    def svg(self) -> str:
        """A template gets text only, so pixels travel inside an SVG."""
        return _as_svg(self.content)


@lru_cache(maxsize=16)
def _as_svg(content: bytes) -> str:
    """Kept, because the thousand certificates of a batch carry one seal."""
    if content.lstrip()[:1] == b"<":
        return _plain_svg(content)
    kind, width, height = _measured(content)
    data = base64.b64encode(content).decode()
    size = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:{kind};base64,{data}"/></svg>'


def _plain_svg(content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise DocumentError(Fault.PICTURE, "content") from error
    if "<svg" not in text or _UNWANTED.search(text):
        raise DocumentError(Fault.PICTURE, "content")
    return text


def _measured(content: bytes) -> tuple[str, int, int]:
    """Media type, width and height in pixels; the pixels are decoded once, so that no broken file reaches a page."""
    try:
        with Image.open(io.BytesIO(content), formats=list(_KINDS)) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise DocumentError(Fault.PICTURE, "content")
            image.load()
            return _KINDS[str(image.format)], width, height
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError) as error:
        raise DocumentError(Fault.PICTURE, "content") from error
