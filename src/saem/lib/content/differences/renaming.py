"""Files that bear another name in the later version."""

from collections.abc import Mapping

from saem.lib.content.passages import split

# A file that lost its name is the one that has at least this share of passages with it in common.
ALIKE = 0.5
MAX_COMPARED = 400


def renames(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, str]:
    """Earlier name → later name, each at most once: the same bytes first, then texts that are mostly the same."""
    gone = [name for name in sorted(before) if name not in after]
    come = [name for name in sorted(after) if name not in before]
    found: dict[str, str] = {}
    for old in gone:
        same = [new for new in come if before[old] and after[new] == before[old]]
        if same:
            # Of several, one that keeps its folder or its last name is likelier.
            found[old] = max(same, key=lambda new: _shared_parts(old, new))
            come.remove(found[old])
    gone = [name for name in gone if name not in found]
    return found | (_alike(before, after, gone, come) if len(gone) * len(come) <= MAX_COMPARED else {})


def _alike(before: Mapping[str, bytes], after: Mapping[str, bytes], gone: list[str], come: list[str]) -> dict[str, str]:
    marks = {name: _marks(name, data) for files, names in ((before, gone), (after, come)) for name, data in
             ((each, files[each]) for each in names)}  # fmt: skip
    shares = [
        (share, old, new)
        for old in gone
        for new in come
        if _suffix(old) == _suffix(new) and (share := _share(marks[old], marks[new])) >= ALIKE
    ]
    found: dict[str, str] = {}
    for _share_of_both, old, new in sorted(shares, key=lambda each: (-each[0], each[1:])):
        if old not in found and new not in found.values():
            found[old] = new
    return found


def _marks(name: str, data: bytes) -> frozenset[str]:
    return frozenset(passage.mark for passage in split(name, data).children)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _suffix(name: str) -> str:
    return name.rpartition(".")[2]


def _shared_parts(one: str, other: str) -> int:
    return len(set(one.split("/")) & set(other.split("/")))
