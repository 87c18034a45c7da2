"""Three versions of one parent's passages become one."""

import hashlib
from collections.abc import Sequence

from saem.lib.content.merging.model import Branch, Choice, Conflict, Open, Trouble, Woven
from saem.lib.content.merging.ordering import Triple, triples
from saem.lib.content.passages import Kind, Passage, neighbours_in

_NOTEBOOK = (Kind.CODE_CELL, Kind.TEXT_CELL)


def weave(file: str, base: Passage, ours: Passage, theirs: Passage) -> Woven:
    """The children of one passage in three versions that have the same frame."""
    return Woven(
        parts=tuple(
            part
            for triple in triples(base.children, ours.children, theirs.children)
            if (part := _part(file, triple)) is not None
        ),
        neighbours=frozenset(neighbours_in(ours.children) | neighbours_in(theirs.children)),
    )


def can_weave(versions: Sequence[Passage | None]) -> bool:
    """Whether all are there, are cut into parts, and the parts may stand among each other."""
    frames = {each.frame if each is not None else "" for each in versions}
    return len(frames) == 1 and frames != {""}


def conflict_id(file: str, key: str) -> str:
    return hashlib.sha256(f"{file}\0{key}".encode()).hexdigest()[:16]


def _part(file: str, triple: Triple) -> Passage | Open | Branch | None:
    base, ours, theirs = triple.base, triple.ours, triple.theirs
    if _mark(ours) == _mark(theirs) or _mark(theirs) == _mark(base):
        return ours
    if _mark(ours) == _mark(base):
        return theirs
    if base is not None and ours is not None and theirs is not None and can_weave((base, ours, theirs)):
        return Branch(ours=ours, woven=weave(file, base, ours, theirs))
    return Open(conflict=_conflict(file, triple), ours=ours, theirs=theirs)


def _mark(passage: Passage | None) -> str | None:
    return passage.mark if passage is not None else None


def _conflict(file: str, triple: Triple) -> Conflict:
    """Its key is that of the base where it has one: both sides find their own by it."""
    known = triple.base or triple.ours
    assert known is not None
    return Conflict(
        id=conflict_id(file, known.key if triple.base else f"+{known.key}"),
        file=file,
        key=known.key,
        kind=known.kind,
        trouble=trouble_of(triple.base, triple.ours, triple.theirs),
        base=_text(triple.base),
        ours=_text(triple.ours),
        theirs=_text(triple.theirs),
        choices=_choices(triple),
    )


def trouble_of(base: object | None, ours: object | None, theirs: object | None) -> Trouble:
    if ours is None:
        return Trouble.OURS_REMOVED
    if theirs is None:
        return Trouble.THEIRS_REMOVED
    return Trouble.BOTH_CHANGED if base is not None else Trouble.BOTH_ADDED


def _text(passage: Passage | None) -> str | None:
    return passage.text if passage is not None else None


def _choices(triple: Triple) -> tuple[Choice, ...]:
    """Both are offered where they can stand side by side: a name may be there once, a cell is given another id."""
    there = [passage for passage in (triple.ours, triple.theirs) if passage is not None]
    twice = len(there) > 1 and all(not each.name or each.kind in _NOTEBOOK for each in there)
    own = () if there[0].kind is Kind.METADATA else (Choice.OWN,)
    return (Choice.OURS, Choice.THEIRS, *((Choice.BOTH,) if twice else ()), *own)
