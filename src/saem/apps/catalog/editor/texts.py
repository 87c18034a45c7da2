"""The text of a file as a form sends it, and as the file keeps it."""

from saem.errors import SaemError
from saem.lib.content.passages import text_of

# A person types less than this into one file in years; more is pasted by mistake and would keep a browser busy.
LONGEST = 400_000
_MARK = "\ufeff".encode()


def shown(data: bytes) -> str:
    """What the editor shows; raises SaemError for what is no text, or too long to be one that somebody writes."""
    text = text_of(data)
    if text is None:
        raise SaemError("editor.not_text", status=422)
    if len(text) > LONGEST:
        raise SaemError("editor.too_long", status=422, most=LONGEST)
    return text


def kept(text: str, before: bytes) -> bytes:
    """The bytes of a text that was typed, with the line ends and the mark that the file had."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if b"\r\n" in before:
        plain = plain.replace("\n", "\r\n")
    return (_MARK if before.startswith(_MARK) else b"") + plain.encode()
