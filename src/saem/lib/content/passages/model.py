"""What a passage is."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    FILE = "file"
    # Markdown
    FRONT_MATTER = "front_matter"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    DIRECTIVE = "directive"
    OTHER = "other"
    # notebooks
    METADATA = "metadata"
    CODE_CELL = "code_cell"
    TEXT_CELL = "text_cell"
    # YAML
    HEAD = "head"
    ENTRY = "entry"
    ITEM = "item"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A piece of a file that people read, change and talk about as one.

    `raw` is what the file holds, with the blank lines after it, `text` what a reader is shown of it. `mark` is what
    counts: two passages with one mark say the same. `name` is what the file itself calls it (an id, a key), if
    anything; it outlives changes of the text. `key` finds it in its file, `frame` tells whose children can stand
    among each other: only where frames are equal.
    """

    kind: Kind
    raw: str
    text: str
    mark: str
    name: str = ""
    key: str = ""
    frame: str = ""
    children: tuple["Passage", ...] = ()


def keyed(passages: Iterable[Passage], above: str = "") -> tuple[Passage, ...]:
    """Gives each a key: its name, or the beginning of a hash of what it says, numbered where the same comes again."""
    return tuple(_keyed(passages, above))


def _keyed(passages: Iterable[Passage], above: str) -> Iterator[Passage]:
    counts: Counter[str] = Counter()
    for passage in passages:
        own = passage.name or "~" + hashlib.sha256(passage.mark.encode()).hexdigest()[:12]
        counts[own] += 1
        key = above + own + (f"+{counts[own]}" if counts[own] > 1 else "")
        yield replace(passage, key=key, children=keyed(passage.children, f"{key}/"))
