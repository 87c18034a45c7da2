"""Two versions of a program, file by file and passage by passage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from saem.lib.content.differences.model import Change, FileDifference, PassageDifference
from saem.lib.content.differences.renaming import renames
from saem.lib.content.differences.words import compare_words
from saem.lib.content.passages import Passage, is_text, match, moved, split


def compare(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[FileDifference, ...]:
    """The files that differ, by name; files are given as names with `/` between parts and their bytes."""
    renamed = {new: old for old, new in renames(before, after).items()}
    earlier = {name: renamed.get(name, name) for name in sorted({*before, *after} - set(renamed.values()))}
    return tuple(
        compare_file(name, before.get(old), after.get(name), old if old != name else "")
        for name, old in earlier.items()
        if old != name or before.get(name) != after.get(name)
    )


def compare_file(name: str, before: bytes | None, after: bytes | None, old_name: str = "") -> FileDifference:
    """One file; None is for a version that has no such file, and at least one has it."""
    there = [data for data in (before, after) if data is not None]
    can_read = all(is_text(data) for data in there)
    return FileDifference(
        change=_change_of_file(before, after, old_name),
        name=name,
        old_name=old_name,
        is_text=can_read,
        passages=tuple(_compare_roots(name, before, after)) if can_read else (),
    )


def _change_of_file(before: bytes | None, after: bytes | None, old_name: str) -> Change:
    if before is None:
        return Change.ADDED
    if after is None:
        return Change.REMOVED
    return Change.RENAMED if old_name else Change.CHANGED


def _compare_roots(name: str, before: bytes | None, after: bytes | None) -> Iterator[PassageDifference]:
    old, new = (split(name, data) if data is not None else None for data in (before, after))
    if all(root.children for root in (old, new) if root is not None):
        yield from _compare_siblings(old.children if old else (), new.children if new else ())
    else:
        yield _compared(old, new, has_moved=False)


def _compare_siblings(before: Sequence[Passage], after: Sequence[Passage]) -> Iterator[PassageDifference]:
    """In the later order; what went stands behind what it followed."""
    pairs = match(before, after)
    away = moved(pairs)
    earlier = {new: old for old, new in pairs.items()}
    gone = _gone_after(before, pairs)
    yield from _removed(gone.get(-1, ()))
    for index, passage in enumerate(after):
        old = earlier.get(index)
        yield _compared(before[old] if old is not None else None, passage, has_moved=old in away)
        yield from _removed(gone.get(index, ()))


def _gone_after(before: Sequence[Passage], pairs: Mapping[int, int]) -> dict[int, list[Passage]]:
    """What was removed, by the later index of the passage before it; -1 is the beginning."""
    gone: dict[int, list[Passage]] = {}
    last = -1
    for index, passage in enumerate(before):
        if index in pairs:
            last = pairs[index]
        else:
            gone.setdefault(last, []).append(passage)
    return gone


def _removed(passages: Iterable[Passage]) -> Iterator[PassageDifference]:
    for passage in passages:
        yield _compared(passage, None, has_moved=False)


def _compared(before: Passage | None, after: Passage | None, *, has_moved: bool) -> PassageDifference:
    if before is None or after is None:
        return PassageDifference(
            change=Change.ADDED if before is None else Change.REMOVED, before=before, after=after, has_moved=has_moved
        )
    if before.mark == after.mark:
        kept = Change.MOVED if has_moved else Change.KEPT
        return PassageDifference(change=kept, before=before, after=after, has_moved=has_moved)
    children = tuple(_compare_siblings(before.children, after.children)) if before.children and after.children else ()
    words = () if children or before.text == after.text else compare_words(before.text, after.text)
    return PassageDifference(
        change=Change.CHANGED, before=before, after=after, has_moved=has_moved, words=words, children=children
    )
