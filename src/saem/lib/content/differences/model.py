"""Differences as values: files, their passages, the words inside."""

from dataclasses import dataclass
from enum import StrEnum

from saem.lib.content.passages import Kind, Passage


class Change(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    RENAMED = "renamed"


@dataclass(frozen=True)
class Words:
    """A run of text that both have (kept), only the later (added) or only the earlier (removed)."""

    change: Change
    text: str


@dataclass(frozen=True, kw_only=True)
class PassageDifference:
    """One passage: `before` or `after` is None where it was added or removed.

    A passage may have changed and moved: then `change` is changed. `words` is for one that changed without
    `children` that tell it more closely; it is empty where only what is not shown has changed (a cell's metadata).
    """

    change: Change
    before: Passage | None
    after: Passage | None
    has_moved: bool = False
    words: tuple[Words, ...] = ()
    children: tuple["PassageDifference", ...] = ()

    @property
    def shown(self) -> Passage:
        """As it is now, or as it was before it went."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def kind(self) -> Kind:
        return self.shown.kind

    @property
    def key(self) -> str:
        return self.shown.key


@dataclass(frozen=True, kw_only=True)
class FileDifference:
    """One file that is not the same in both; `name` is its later name, `old_name` its earlier one if it has another.

    `passages` are all of a text file, also those that stayed; a file that is no text has none.
    """

    change: Change
    name: str
    old_name: str = ""
    is_text: bool = True
    passages: tuple[PassageDifference, ...] = ()

    def count(self, change: Change) -> int:
        """How many outermost passages had this happen to them."""
        return sum(passage.change is change for passage in self.passages)
