"""Who wrote a passage last."""

from collections.abc import Mapping

from saem.apps.catalog.proposals.files import Digests, bytes_of, changed_names
from saem.lib.content.differences import renames
from saem.lib.content.passages import Passage, match, split

Writers = Mapping[str, Mapping[str, int]]


def carried_on(
    writers: Writers, before: Digests, after: Digests, *, by: int, base: Digests
) -> dict[str, dict[str, int]]:
    """The writers of a new revision: `by` for every passage that is new since `before` and is not in `base`.

    Passages that stay keep their writer, also where their file was renamed.
    """
    names = set(changed_names(before, after))
    old, new, published = (bytes_of(files, names) for files in (before, after, base))
    old_names = {later: earlier for earlier, later in renames(old, new).items()}
    found = {name: dict(kept) for name, kept in writers.items() if name in after and name not in names}
    for name in sorted(names & set(after)):
        earlier = old_names.get(name, name)
        known = writers.get(earlier, {})
        first = parts_of(earlier, old[earlier]) if earlier in old else ()
        marks = {each.mark for each in parts_of(name, published[name])} if name in published else set()
        found[name] = _of_file(first, parts_of(name, new[name]), known, by, marks)
    return {name: written for name, written in found.items() if written}


def _of_file(
    before: tuple[Passage, ...], after: tuple[Passage, ...], known: Mapping[str, int], by: int, published: set[str]
) -> dict[str, int]:
    earlier = {new: before[old] for old, new in match(before, after).items()}
    written: dict[str, int] = {}
    for index, passage in enumerate(after):
        old = earlier.get(index)
        if passage.mark in published:
            continue
        if old is None or old.mark != passage.mark:
            written[passage.key] = by
        elif old.key in known:
            written[passage.key] = known[old.key]
    return written


def parts_of(name: str, data: bytes) -> tuple[Passage, ...]:
    """The outermost passages of a file, or the file as its only one."""
    root = split(name, data)
    return root.children or (root,)
