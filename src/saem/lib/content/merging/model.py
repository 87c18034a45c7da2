"""What a merge gives: files that are settled, and conflicts that are not."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from saem.lib.content.passages import Kind, Passage, join, rewritten


class Trouble(StrEnum):
    """Why nobody but a person can decide."""

    BOTH_CHANGED = "both_changed"
    BOTH_ADDED = "both_added"
    OURS_REMOVED = "ours_removed"
    THEIRS_REMOVED = "theirs_removed"
    BOTH_RENAMED = "both_renamed"


class Choice(StrEnum):
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    OWN = "own"


@dataclass(frozen=True)
class Resolution:
    """What a person chose for one conflict; `text` counts for one's own text only, and an empty one removes."""

    choice: Choice
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One question. Texts are None where a side has no such passage; of a file that is no text all are None.

    `id` is the same whenever the same three versions are merged. `file` is the name that both know it by.
    """

    id: str
    file: str
    key: str
    kind: Kind
    trouble: Trouble
    base: str | None
    ours: str | None
    theirs: str | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class Open:
    """A conflict in its place among settled passages, with what either side has there."""

    conflict: Conflict
    ours: Passage | None
    theirs: Passage | None

    def settled(self, resolution: Resolution) -> list[Passage]:
        if resolution.choice is Choice.OWN:
            pattern = self.ours or self.theirs
            assert pattern is not None
            return [rewritten(pattern, resolution.text)] if resolution.text.strip() else []
        wanted = {
            Choice.OURS: (self.ours,),
            Choice.THEIRS: (self.theirs,),
            Choice.BOTH: (self.ours, self.theirs),
        }[resolution.choice]
        return [passage for passage in wanted if passage is not None]


@dataclass(frozen=True, kw_only=True)
class Woven:
    """Passages of one parent, merged; `neighbours` as `join` wants them."""

    parts: tuple["Passage | Open | Branch", ...]
    neighbours: frozenset[tuple[str, str]]

    def settled(self, chosen: Mapping[str, Resolution]) -> str:
        passages: list[Passage] = []
        for part in self.parts:
            if isinstance(part, Open):
                passages += part.settled(chosen[part.conflict.id])
            else:
                passages.append(part.settled(chosen) if isinstance(part, Branch) else part)
        return join(passages, neighbours=self.neighbours)

    def conflicts(self) -> list[Conflict]:
        found: list[Conflict] = []
        for part in self.parts:
            if isinstance(part, Open):
                found.append(part.conflict)
            elif isinstance(part, Branch):
                found += part.woven.conflicts()
        return found


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A passage that both sides have changed, in different children."""

    ours: Passage
    woven: Woven

    def settled(self, chosen: Mapping[str, Resolution]) -> Passage:
        return rewritten(self.ours, self.woven.settled(chosen))


@dataclass(frozen=True, kw_only=True)
class MergedFile:
    """One file of the merged program.

    Exactly one of three tells its bytes: `data` (None: there is no such file), `woven` passages, or the `whole` file as
    a conflict with both sides' bytes. `naming` is the conflict about its name, `name` what it is called without one.
    """

    name: str
    data: bytes | None = None
    woven: Woven | None = None
    whole: Conflict | None = None
    naming: Conflict | None = None
    ours: bytes | None = None
    theirs: bytes | None = None

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        own = tuple(conflict for conflict in (self.naming, self.whole) if conflict is not None)
        return own + tuple(self.woven.conflicts() if self.woven else ())

    def settled(self, chosen: Mapping[str, Resolution]) -> tuple[str, bytes | None]:
        name = self.name
        if self.naming is not None:
            name = str(self.naming.ours if chosen[self.naming.id].choice is Choice.OURS else self.naming.theirs)
        if self.woven is not None:
            return name, self.woven.settled(chosen).encode()
        return name, self._whole(chosen[self.whole.id]) if self.whole is not None else self.data

    def _whole(self, resolution: Resolution) -> bytes | None:
        if resolution.choice is Choice.OWN:
            return resolution.text.replace("\r\n", "\n").encode() if resolution.text.strip() else None
        return self.ours if resolution.choice is Choice.OURS else self.theirs


@dataclass(frozen=True, kw_only=True)
class Merge:
    """The merged program, as far as it decides itself. Nobody's text is dropped and no file holds a mark."""

    files: tuple[MergedFile, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return tuple(conflict for file in self.files for conflict in file.conflicts)

    def left_open(self, chosen: Mapping[str, Resolution]) -> tuple[Conflict, ...]:
        """Conflicts for which nothing was chosen, or something that they do not offer."""
        return tuple(
            conflict
            for conflict in self.conflicts
            if conflict.id not in chosen or chosen[conflict.id].choice not in conflict.choices
        )

    def settled(self, chosen: Mapping[str, Resolution] | None = None) -> dict[str, bytes]:
        """The merged files by name. Raises KeyError for a conflict that nothing was chosen for."""
        found = (file.settled(chosen or {}) for file in self.files)
        return {name: data for name, data in found if data is not None}
