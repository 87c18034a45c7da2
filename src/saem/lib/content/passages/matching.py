"""Which passage of one version of a file is which of another."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from saem.lib.content.passages.model import Kind, Passage

# Two passages of one kind in about the same place are one that was rewritten, if they share this much.
ALIKE = 0.4
MAX_COMPARED = 400
MAX_WORDS = 300
_WORD = re.compile(r"\w+")


def match(before: Sequence[Passage], after: Sequence[Passage], apart: Collection[str] = frozenset()) -> dict[int, int]:
    """Pairs of indices, each at most once: by name, by what they say, then by likeness between those.

    Of two equal passages the one that keeps its place is preferred to one that has moved. Two whose marks are both in
    `apart` are known to be different passages, however alike.
    """
    pairs = _by_name(before, after)
    pairs |= _in_order(before, after, pairs)
    pairs |= _elsewhere(before, after, pairs)
    return pairs | _Gaps(before, after, apart).rewritten(pairs)


def moved(pairs: Mapping[int, int]) -> set[int]:
    """Those indices of `before` that no longer stand where they stood among the others."""
    ordered = sorted(pairs)
    kept = longest_run([pairs[index] for index in ordered])
    return {index for at, index in enumerate(ordered) if at not in kept}


def longest_run(numbers: Sequence[int]) -> set[int]:
    """The positions of one longest increasing subsequence of different numbers."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        place = bisect_left(tails, number)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [number]
        ends[place : place + 1] = [at]
    run: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        run.add(at)
        at = before[at]
    return run


def _by_name(before: Sequence[Passage], after: Sequence[Passage]) -> dict[int, int]:
    names = [_only_once(passages) for passages in (before, after)]
    return {names[0][name]: names[1][name] for name in names[0] if name in names[1]}


def _only_once(passages: Sequence[Passage]) -> dict[str, int]:
    counts = Counter(passage.name for passage in passages)
    return {each.name: index for index, each in enumerate(passages) if each.name and counts[each.name] == 1}


def _in_order(before: Sequence[Passage], after: Sequence[Passage], pairs: Mapping[int, int]) -> dict[int, int]:
    left, right = _left(before, after, pairs)
    found = SequenceMatcher(
        None, [before[index].mark for index in left], [after[index].mark for index in right], autojunk=False
    ).get_matching_blocks()
    return {left[block.a + at]: right[block.b + at] for block in found for at in range(block.size)}


def _elsewhere(before: Sequence[Passage], after: Sequence[Passage], pairs: Mapping[int, int]) -> dict[int, int]:
    left, right = _left(before, after, pairs)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index in reversed(right):
        places[after[index].mark].append(index)
    return {index: places[before[index].mark].pop() for index in left if places[before[index].mark]}


def _left(before: Sequence[Passage], after: Sequence[Passage], pairs: Mapping[int, int]) -> tuple[list[int], list[int]]:
    taken = set(pairs.values())
    return (
        [index for index in range(len(before)) if index not in pairs],
        [index for index in range(len(after)) if index not in taken],
    )


class _Gaps:
    """What is left unmatched between passages that stayed in their places."""

    def __init__(self, before: Sequence[Passage], after: Sequence[Passage], apart: Collection[str]) -> None:
        self.before, self.after, self.apart = before, after, apart

    def rewritten(self, pairs: Mapping[int, int]) -> dict[int, int]:
        away = moved(pairs)
        stayed = [(i, pairs[i]) for i in sorted(pairs) if i not in away]
        taken = set(pairs.values())
        found: dict[int, int] = {}
        for (i, j), (next_i, next_j) in pairwise([(-1, -1), *stayed, (len(self.before), len(self.after))]):
            left = [index for index in range(i + 1, next_i) if index not in pairs]
            right = [index for index in range(j + 1, next_j) if index not in taken]
            found |= self._in_gap(left, right)
        return found

    def _in_gap(self, left: Sequence[int], right: Sequence[int]) -> dict[int, int]:
        alike = self._alike(left, right)
        found = {left[i]: right[j] for i, j in alike}
        for (i, j), (next_i, next_j) in pairwise([(-1, -1), *alike, (len(left), len(right))]):
            between, other = left[i + 1 : next_i], right[j + 1 : next_j]
            # As many as there were: each was written anew in its place.
            if len(between) == len(other):
                found |= {one: two for one, two in zip(between, other, strict=True) if self._may_pair(one, two)}
        return found

    def _alike(self, left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int]]:
        """Positions in `left` and `right` of the pairs in order that together are most alike."""
        if not left or not right or len(left) * len(right) > MAX_COMPARED:
            return []
        best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
        ratio = [[self._likeness(i, j) for j in right] for i in left]
        for i in reversed(range(len(left))):
            for j in reversed(range(len(right))):
                best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + ratio[i][j])
        pairs, i, j = [], 0, 0
        while i < len(left) and j < len(right):
            if ratio[i][j] and best[i][j] == best[i + 1][j + 1] + ratio[i][j]:
                pairs.append((i, j))
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1
        return pairs

    def _likeness(self, i: int, j: int) -> float:
        """The share of words that two passages have in common, 0 where they cannot be one."""
        if not self._may_pair(i, j):
            return 0.0
        words, others = (_WORD.findall(each.text)[:MAX_WORDS] for each in (self.before[i], self.after[j]))
        matcher = SequenceMatcher(None, words, others, autojunk=False)
        if matcher.quick_ratio() < ALIKE:
            return 0.0
        ratio = matcher.ratio()
        return ratio if ratio >= ALIKE else 0.0

    def _may_pair(self, i: int, j: int) -> bool:
        """An entry or item of YAML that bears a name is only itself; a cell may have been given another name."""
        one, other = self.before[i], self.after[j]
        is_fixed = one.kind in (Kind.ENTRY, Kind.ITEM) and one.name and other.name
        is_apart = one.mark in self.apart and other.mark in self.apart
        return one.kind is other.kind and not is_fixed and not is_apart
