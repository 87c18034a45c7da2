"""In which order passages of three versions stand in the merged one, and which of them are the same."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from saem.lib.content.passages import Passage, match, moved


@dataclass(frozen=True)
class Triple:
    """One passage in up to three versions."""

    base: Passage | None
    ours: Passage | None
    theirs: Passage | None


def triples(base: Sequence[Passage], ours: Sequence[Passage], theirs: Sequence[Passage]) -> Iterator[Triple]:
    """Every passage of the three, each once, in the order of ours with what theirs moved or added put in.

    What both added between the same two passages comes ours first; what both moved stands where ours has it.
    """
    line_up = _LineUp(base, ours, theirs)
    for node in line_up.order():
        yield Triple(*(side.get(node) for side in line_up.passages))


@dataclass(frozen=True)
class _Node:
    """A passage over the versions: known by its place in base, or in the side that added it."""

    side: str
    index: int


class _Side:
    """One version's passages as nodes, in its order."""

    def __init__(
        self, name: str, base: Sequence[Passage], passages: Sequence[Passage], others: Sequence[Passage]
    ) -> None:
        # What stands side by side in the other version is not one passage rewritten.
        pairs = match(base, passages, apart={passage.mark for passage in others})
        earlier = {new: old for old, new in pairs.items()}
        self.nodes = [
            _Node("base", earlier[index]) if index in earlier else _Node(name, index) for index in range(len(passages))
        ]
        self.moved = {_Node("base", index) for index in moved(pairs)}
        self.passages = dict(zip(self.nodes, passages, strict=True))

    def rename(self, names: dict[_Node, _Node]) -> None:
        self.nodes = [names.get(node, node) for node in self.nodes]
        self.passages = {names.get(node, node): passage for node, passage in self.passages.items()}


class _LineUp:
    def __init__(self, base: Sequence[Passage], ours: Sequence[Passage], theirs: Sequence[Passage]) -> None:
        self.ours = _Side("ours", base, ours, theirs)
        self.theirs = _Side("theirs", base, theirs, ours)
        self.theirs.rename(self._added_by_both())
        in_base = {_Node("base", index): passage for index, passage in enumerate(base)}
        self.passages = (in_base, self.ours.passages, self.theirs.passages)

    def order(self) -> list[_Node]:
        """What both removed is not among them: nobody misses it."""
        moving = (self.theirs.moved & set(self.ours.nodes)) - self.ours.moved
        found = [node for node in self.ours.nodes if node not in moving]
        placed = set(found)
        for at, node in enumerate(self.theirs.nodes):
            if node not in placed:
                found.insert(self._place(at, found, placed), node)
                placed.add(node)
        return found

    def _place(self, at: int, found: list[_Node], placed: set[_Node]) -> int:
        """Behind what it follows in theirs, and behind what ours added there; else before what follows it."""
        nodes, away = self.theirs.nodes, self.ours.moved
        before = next((node for node in reversed(nodes[:at]) if node not in away), None)
        if before is not None:
            place = found.index(before) + 1
            while place < len(found) and self._is_ours_alone(found[place]):
                place += 1
            return place
        after = next((node for node in nodes[at + 1 :] if node in placed and node not in away), None)
        return found.index(after) if after is not None else len(found)

    def _is_ours_alone(self, node: _Node) -> bool:
        return node.side == "ours" and node not in self.theirs.passages

    def _added_by_both(self) -> dict[_Node, _Node]:
        """Theirs → ours for what both added: by name wherever it stands, by what it says between the same passages."""
        ours, theirs = self._added(self.ours), self._added(self.theirs)
        names = {passage.name: node for node, (_, passage) in ours.items() if passage.name}
        same = {node: names[passage.name] for node, (_, passage) in theirs.items() if passage.name in names}
        found_by_name = set(same.values())
        waiting: defaultdict[tuple[_Node | None, str], list[_Node]] = defaultdict(list)
        for node, (gap, passage) in reversed(ours.items()):
            if node not in found_by_name:
                waiting[gap, passage.mark].append(node)
        for node, (gap, passage) in theirs.items():
            if node not in same and waiting[gap, passage.mark]:
                same[node] = waiting[gap, passage.mark].pop()
        return same

    def _added(self, side: _Side) -> dict[_Node, tuple[_Node | None, Passage]]:
        """What only this side has, with the passage before it that both have in place."""
        steady = {node for node in self.ours.nodes if node.side == "base" and node in self.theirs.passages}
        steady -= self.ours.moved | self.theirs.moved
        found: dict[_Node, tuple[_Node | None, Passage]] = {}
        gap = None
        for node in side.nodes:
            if node in steady:
                gap = node
            elif node.side != "base":
                found[node] = (gap, side.passages[node])
        return found
