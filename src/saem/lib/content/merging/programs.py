"""Three versions of a program's folder become one, file by file."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from saem.lib.content.differences import renames
from saem.lib.content.documents import read_document
from saem.lib.content.merging.model import Choice, Conflict, Merge, MergedFile, Resolution, Trouble, Woven
from saem.lib.content.merging.weaving import can_weave, conflict_id, trouble_of, weave
from saem.lib.content.passages import Kind, is_text, split, text_of

Folder = Mapping[str, bytes]


def merge(base: Folder, ours: Folder, theirs: Folder) -> Merge:
    """What both sides made of `base`, in one; names have `/` between parts.

    A side that left a file alone has no say in it; where both did the same, it is done once. Only where both
    changed one passage, or one removed what the other changed, there is a conflict. Three-way merging as in diff3
    (Khanna, Kunal, Pierce 2007), but of passages matched by name and likeness, not runs of lines: moved ones follow.
    """
    return Merge(files=tuple(_Programs(base, ours, theirs).merged()))


class _Programs:
    def __init__(self, base: Folder, ours: Folder, theirs: Folder) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        ours_named, theirs_named = renames(base, ours), renames(base, theirs)
        self.ours_named = _without_clashes(ours_named, theirs_named, theirs)
        self.theirs_named = _without_clashes(theirs_named, ours_named, ours)

    def merged(self) -> Iterator[MergedFile]:
        taken: set[str] = set()
        for name in sorted(self.base):
            our_name, their_name = self.ours_named.get(name, name), self.theirs_named.get(name, name)
            taken |= {our_name, their_name}
            yield self._file(name, our_name, their_name)
        for name in sorted({*self.ours, *self.theirs} - taken):
            yield _merged(name, None, self.ours.get(name), self.theirs.get(name))

    def _file(self, name: str, our_name: str, their_name: str) -> MergedFile:
        versions = self.base[name], self.ours.get(our_name), self.theirs.get(their_name)
        if name in (our_name, their_name) or our_name == their_name:
            target = their_name if our_name == name else our_name
            return _merged(target, *versions, is_renamed=target != name)
        naming = Conflict(
            id=conflict_id(name, "@name"), file=name, key="@name", kind=Kind.FILE, trouble=Trouble.BOTH_RENAMED,
            base=name, ours=our_name, theirs=their_name, choices=(Choice.OURS, Choice.THEIRS),
        )  # fmt: skip
        return _merged(name, *versions, naming=naming)


def _without_clashes(named: Mapping[str, str], others: Mapping[str, str], other_side: Folder) -> dict[str, str]:
    """A new name that means another file to the other side is no renaming: then one file went and one came."""
    return {old: new for old, new in named.items() if others.get(old) == new or new not in other_side}


def _merged(
    name: str,
    base: bytes | None,
    ours: bytes | None,
    theirs: bytes | None,
    *,
    is_renamed: bool = False,
    naming: Conflict | None = None,
) -> MergedFile:
    """A file under a new name is one that its side wants to keep: there, removing it is no matter of course."""
    if is_renamed and (ours is None or theirs is None):
        return _whole(name, base, ours, theirs)
    if _said(ours) in (_said(theirs), _said(base)):
        return MergedFile(name=name, data=ours if ours == theirs else theirs, naming=naming)
    if _said(theirs) == _said(base):
        return MergedFile(name=name, data=ours, naming=naming)
    woven = _woven(name, base, ours, theirs)
    if woven is None:
        return replace(_whole(name, base, ours, theirs), naming=naming)
    return MergedFile(name=name, woven=woven, naming=naming)


def _said(data: bytes | None) -> str | bytes | None:
    """Line ends and a byte order mark are nobody's change, unless there is no other."""
    text = text_of(data) if data is not None else None
    return data if text is None else text


def _woven(name: str, base: bytes | None, ours: bytes | None, theirs: bytes | None) -> Woven | None:
    """None where the file can only be taken as a whole."""
    if base is None or ours is None or theirs is None:
        return None
    roots = [split(name, data) for data in (base, ours, theirs)]
    if not can_weave(roots):
        return None
    woven = weave(name, *roots)
    return woven if _reads_well(name, woven) else None


def _reads_well(name: str, woven: Woven) -> bool:
    """YAML that could be cut reads well; whatever is chosen of its parts must, too."""
    if not name.lower().endswith((".yaml", ".yml")):
        return True
    conflicts = woven.conflicts()
    return all(
        not read_document(name, woven.settled({each.id: Resolution(choice) for each in conflicts}))[1]
        for choice in ((Choice.OURS, Choice.THEIRS) if conflicts else (Choice.OURS,))
    )


def _whole(name: str, base: bytes | None, ours: bytes | None, theirs: bytes | None) -> MergedFile:
    there = [data for data in (base, ours, theirs) if data is not None]
    is_read = all(is_text(data) for data in there)
    texts = [text_of(data) if data is not None and is_read else None for data in (base, ours, theirs)]
    conflict = Conflict(
        id=conflict_id(name, "@file"), file=name, key="@file", kind=Kind.FILE, trouble=trouble_of(base, ours, theirs),
        base=texts[0], ours=texts[1], theirs=texts[2],
        choices=(Choice.OURS, Choice.THEIRS, *((Choice.OWN,) if is_read else ())),
    )  # fmt: skip
    return MergedFile(name=name, whole=conflict, ours=ours, theirs=theirs)
