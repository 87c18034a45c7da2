"""Text from students and from their programs, made fit to be stored and shown."""

import re

# ESC sequences that colour a terminal: CSI, OSC, and the short ones.
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
# Of the control characters only tab and line feed mean something on a page; NUL cannot even be stored.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean_code(code: str) -> str:
    """Code with one kind of line end and without characters that no keyboard makes."""
    code = code.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("�", _CONTROLS.sub("", code))


def clean_output(text: str) -> str:
    """What a program printed, as a terminal would leave it: a carriage return writes over the line."""
    text = _ANSI.sub("", text).replace("\r\n", "\n")
    if "\r" in text:
        text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    return _SURROGATES.sub("�", _CONTROLS.sub("", text))
