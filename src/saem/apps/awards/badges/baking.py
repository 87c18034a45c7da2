"""A badge inside its picture (Open Badges 3.0, section 5.3.2, "Baking Open Badges"): put in, and found again.

What a stranger brings is searched as text, never parsed as XML; what is found is checked like any other document.
"""

import json
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

SPACE = "https://purl.imsglobal.org/ob/v3p0"
PNG, PNG_KEYWORD = b"\x89PNG\r\n\x1a\n", b"openbadgecredential"
OPENING = re.compile(r"<svg\b")
ELEMENT, BEGIN, END = b"<openbadges:credential", b"<![CDATA[", b"]]>"
MOST_UNPACKED = 1_000_000


def baked_svg(svg: str, credential: Mapping[str, Any]) -> str:
    """The picture with the credential inside it."""
    # `]]>` would end the section early; JSON may write the sign otherwise.
    text = json.dumps(credential, ensure_ascii=False).replace("]]>", "]]\\u003e")
    begun = OPENING.sub(f'<svg xmlns:openbadges="{SPACE}"', svg, count=1)
    end_of_tag = begun.index(">", begun.index("<svg")) + 1
    inside = f"<openbadges:credential><![CDATA[{text}]]></openbadges:credential>"
    return begun[:end_of_tag] + inside + begun[end_of_tag:]


def credential_in(data: bytes) -> bytes:
    """The credential's text in a baked SVG or PNG; the bytes themselves where they are neither."""
    if data.startswith(PNG):
        return next(_texts_of_png(data), b"")
    if data.lstrip()[:1] == b"<":
        return _text_of_svg(data)
    return data


def _text_of_svg(data: bytes) -> bytes:
    """What stands in the first section of our element; each search goes on where the last one ended."""
    begin = data.find(BEGIN, max(data.find(ELEMENT), 0))
    end = data.find(END, begin)
    return data[begin + len(BEGIN) : end].strip() if ELEMENT in data and begin != -1 and end != -1 else b""


def _texts_of_png(data: bytes) -> Iterator[bytes]:
    """What the iTXt chunks with our keyword hold (PNG, third edition, 11.3.3.4)."""
    place = len(PNG)
    while place + 8 <= len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += 12 + length
        if kind == b"iTXt" and body.startswith(PNG_KEYWORD + b"\0"):
            yield _text_of_chunk(body[len(PNG_KEYWORD) + 1 :])


def _text_of_chunk(rest: bytes) -> bytes:
    """After the keyword: is it packed, how, a language, a translated keyword, the text."""
    is_packed, (_language, _keyword, text) = rest[:1] == b"\1", [*rest[2:].split(b"\0", 2), b"", b""][:3]
    if not is_packed:
        return text
    try:
        return zlib.decompressobj().decompress(text, MOST_UNPACKED)
    except zlib.error:
        return b""
