"""Files into passages and passages into files, whatever their format."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from saem.lib.content.passages.cells import join_cells, rewritten_cell, split_cells
from saem.lib.content.passages.entries import split_entries
from saem.lib.content.passages.model import Kind, Passage, keyed
from saem.lib.content.passages.prose import split_prose

# A larger text is compared and merged whole: nobody has written it by hand.
MAX_SPLIT_BYTES = 1024 * 1024
_YAML_KINDS = (Kind.HEAD, Kind.ENTRY, Kind.ITEM)
_END = ""
_BLANK_LINE_AT_END = re.compile(r"\n[ \t]*\n\s*\Z")


def text_of(data: bytes) -> str | None:
    """The text of a file with plain line ends and without a byte order mark, or None for a file that is no text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n")


def is_text(data: bytes) -> bool:
    return text_of(data) is not None


def split(name: str, data: bytes) -> Passage:
    """The whole file as one passage, with its parts as children where its format has some; never raises."""
    text = text_of(data)
    if text is None:
        return Passage(kind=Kind.FILE, raw="", text="", mark=data.hex(), key=name)
    frame, children = _children(name, data, text) if len(data) <= MAX_SPLIT_BYTES else ("", ())
    return Passage(kind=Kind.FILE, raw=text, text=text, mark=text, key=name, frame=frame, children=keyed(children))


def _children(name: str, data: bytes, text: str) -> tuple[str, tuple[Passage, ...]]:
    suffix = name.rpartition(".")[2].lower()
    if suffix == "md":
        return "markdown", split_prose(text)
    if suffix == "ipynb":
        cells = split_cells(data)
        return "notebook" if cells else "", cells
    return split_entries(text) if suffix in ("yaml", "yml") else ("", ())


def join(passages: Sequence[Passage], *, neighbours: Collection[tuple[str, str]]) -> str:
    """The text of passages of one parent, which may come from several files.

    `neighbours` are what `neighbours_in` finds in those files: only these may stand without a blank line between them,
    where Markdown would else read two paragraphs as one.
    """
    if passages and passages[0].kind is Kind.METADATA:
        return join_cells(passages)
    following = [*(passage.mark for passage in passages), _END][1:]
    return "".join(
        passage.raw if (passage.raw, then) in neighbours else _parted(passage, is_last=then == _END)
        for passage, then in zip(passages, following, strict=True)
    )


def neighbours_in(passages: Sequence[Passage]) -> set[tuple[str, str]]:
    """What (as it stands in the file) is followed by which mark, the end of the file included."""
    following = [*(passage.mark for passage in passages), _END][1:]
    return {(passage.raw, then) for passage, then in zip(passages, following, strict=True)}


def _parted(passage: Passage, *, is_last: bool) -> str:
    ended = passage.raw if passage.raw.endswith("\n") else f"{passage.raw}\n"
    if passage.kind in _YAML_KINDS or (_BLANK_LINE_AT_END.search(ended) and not is_last):
        return ended
    return passage.raw.rstrip("\n") + ("\n" if is_last else "\n\n")


def rewritten(passage: Passage, text: str) -> Passage:
    """The same passage with other words, as somebody has typed them."""
    text = text.replace("\r\n", "\n").rstrip("\n")
    if passage.kind in (Kind.CODE_CELL, Kind.TEXT_CELL):
        return rewritten_cell(passage, text)
    raw = text + (passage.raw[len(passage.raw.rstrip("\n")) :] or "\n")
    return replace(passage, raw=raw, text=text, mark=f"{passage.kind} {raw.rstrip()}", children=())
