"""RDF Dataset Canonicalization (RDFC-1.0, W3C 2024): the same text for the same statements, however they were written.

Numbered steps are those of section 4. A quad is four N-Quads terms: subject, predicate, object, graph. The default
graph is "", blank nodes begin with `_:`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from itertools import permutations

from saem.lib.credentials.errors import UnreadableError

Quad = tuple[str, str, str, str]
Labels = dict[str, str]
# Poisoned graphs make the work grow with the factorial of their nodes. A step takes less than a microsecond; a badge
# takes steps only for parts that are alike.
MOST_STEPS = 200_000
# A position of a quad and the letter that stands for it in hashes.
POSITIONS = ((0, "s"), (2, "o"), (3, "g"))


def canonical_form(quads: Iterable[Quad]) -> str:
    """The canonical N-Quads of these quads. Raises UnreadableError ("too_complex") for poisoned graphs."""
    dataset = set(quads)
    label = _Labelling(dataset).label()
    named = ((label.get(s, s), p, label.get(o, o), label.get(g, g)) for s, p, o, g in dataset)
    return "".join(sorted(map(_line, named)))


def _line(quad: Quad) -> str:
    return " ".join(term for term in quad if term) + " .\n"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _issue(labels: Labels, node: str, prefix: str) -> str:
    """4.5: the label that the node has, or the next one."""
    return labels.setdefault(node, f"_:{prefix}{len(labels)}")


class _Labelling:
    """The state of one canonicalization."""

    def __init__(self, quads: set[Quad]) -> None:
        self.mentions: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            for node in {quad[place] for place, _letter in POSITIONS if quad[place].startswith("_:")}:
                self.mentions[node].append(quad)
        self.first = {node: self._first_degree(node) for node in self.mentions}
        self.canonical: Labels = {}
        self.steps = 0

    def label(self) -> Labels:
        """4.4.3: labels for the nodes that differ by themselves, then for those that differ by their neighbours."""
        alike: dict[str, list[str]] = defaultdict(list)
        for node, digest in self.first.items():
            alike[digest].append(node)
        for digest in sorted(digest for digest, nodes in alike.items() if len(nodes) == 1):
            _issue(self.canonical, alike[digest][0], "c14n")
        for digest in sorted(digest for digest, nodes in alike.items() if len(nodes) > 1):
            paths = [self._n_degree(node, {node: "_:b0"}) for node in alike[digest] if node not in self.canonical]
            for _digest, labels in sorted(paths, key=lambda path: path[0]):
                for node in labels:
                    _issue(self.canonical, node, "c14n")
        return self.canonical

    def _first_degree(self, node: str) -> str:
        """4.6: a hash of the quads that mention the node, blind to the names of blank nodes."""
        lines = []
        for s, p, o, g in self.mentions[node]:
            blind = [("_:a" if term == node else "_:z") if term.startswith("_:") else term for term in (s, o, g)]
            lines.append(_line((blind[0], p, blind[1], blind[2])))
        return _hash("".join(sorted(lines)))

    def _related(self, node: str, quad: Quad, letter: str, labels: Labels) -> str:
        """4.7: a hash of how the quad relates the node to another one."""
        name = self.canonical.get(node) or labels.get(node) or self.first[node]
        return _hash(letter + ("" if letter == "g" else quad[1]) + name)

    def _n_degree(self, node: str, labels: Labels) -> tuple[str, Labels]:
        """4.8: a hash of the node's neighbourhood, and the labels given on the way that led to it."""
        groups: dict[str, list[str]] = defaultdict(list)
        self._spend(len(self.mentions[node]) + len(labels))
        for quad in self.mentions[node]:
            for place, letter in POSITIONS:
                other = quad[place]
                if other.startswith("_:") and other != node:
                    groups[self._related(other, quad, letter, labels)].append(other)
        data = ""
        for digest, nodes in sorted(groups.items()):
            path, labels = self._shortest(nodes, labels)
            data += digest + path
        return _hash(data), labels

    def _shortest(self, nodes: list[str], labels: Labels) -> tuple[str, Labels]:
        """4.8.3 step 5.4: of all orders of these nodes the path that sorts first, and its labels."""
        best: tuple[str, Labels] | None = None
        # A node in a graph stands there once for each of its statements: one order is as good as another.
        orders = permutations(nodes) if len(set(nodes)) > 1 else [tuple(nodes)]
        for order in orders:
            self._spend(len(order) + len(labels))
            found = self._path(order, dict(labels), best[0] if best else "")
            if found and (best is None or found[0] < best[0]):
                best = found
        assert best is not None, "there is at least one node, so one order"
        return best

    def _path(self, order: tuple[str, ...], labels: Labels, best: str) -> tuple[str, Labels] | None:
        """The path of one order, or None as soon as it cannot sort before `best`."""
        path, ahead = "", []
        for node in order:
            if node in self.canonical:
                path += self.canonical[node]
                continue
            if node not in labels:
                ahead.append(node)
            path += _issue(labels, node, "b")
            if _is_worse(path, best):
                return None
        for node in ahead:
            digest, after = self._n_degree(node, labels)
            path += f"{_issue(labels, node, 'b')}<{digest}>"
            labels = after
            if _is_worse(path, best):
                return None
        return path, labels

    def _spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise UnreadableError("too_complex")


def _is_worse(path: str, best: str) -> bool:
    return bool(best) and len(path) >= len(best) and path > best
