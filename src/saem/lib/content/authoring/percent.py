"""Reads a source that is a plain Python file in percent format: `# %%` begins a code cell, `# %% [markdown]` a text."""

import re

from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.notebook import MOST_BYTES, Cell, found
from saem.lib.content.problems import Problem

SUFFIX = ".py"
_BORDER = re.compile(r"^# %%(?P<rest>.*)$")
_TEXT = re.compile(r"\[(?:markdown|md)\]")
_COMMENT = re.compile(r"^# ?")


def read_percent(file: str, data: bytes) -> tuple[list[Cell], list[Problem]]:
    """The cells; what stands above the first border (a header of an editor) is not one of them."""
    if len(data) > MOST_BYTES:
        return [], [found(file, Code.TOO_LARGE, size=round(len(data) / 2**20, 1), limit=MOST_BYTES // 2**20)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [], [found(file, Code.NOT_NOTEBOOK, detail=error.reason)]
    kinds: list[str] = []
    bodies: list[list[str]] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        border = _BORDER.match(line)
        if border:
            kinds.append("markdown" if _TEXT.search(border["rest"]) else "code")
            bodies.append([])
        elif bodies:
            bodies[-1].append(_COMMENT.sub("", line) if kinds[-1] == "markdown" else line)
    if not bodies:
        return [], [found(file, Code.NOT_NOTEBOOK, detail="no # %%")]
    return [
        Cell(number=at, kind=kind, source="\n".join(body).strip("\n"))
        for at, (kind, body) in enumerate(zip(kinds, bodies, strict=True), 1)
    ], []
