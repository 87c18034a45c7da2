"""The answers of each student to each tag as sequences, laid out so that many can be worked through side by side.

Equal sequences of a tag are kept once with their count: in short practice most sequences are somebody else's, too.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Narrow = NDArray[np.int32]
Integers = NDArray[np.int64]
Answers = NDArray[np.uint8]
Booleans = NDArray[np.bool_]

# Lanes of a block fit in the first-level cache; below `FEW` sequences side by side is slower than one by one.
BLOCK, FEW = 512, 12


class Sequences(NamedTuple):
    """Sequences grouped by tag, longest first; tag `k` has those from `tag_sequence[k]` to `tag_sequence[k + 1]`.

    `order` (n,) are rows sorted by tag, then student; `answer` (n,) their scores and `item` (n,) their items within the
    tag (empty without item effects). A sequence is `length` of these from `start`, given by `counts` students of the
    same `band`. The others describe a second layout: in blocks of at most BLOCK sequences of a tag, `steps` holds first
    answers of all, second answers of all that have one (`alive` of them), and so on while at least FEW are left; then
    the rest of each longer sequence.
    """

    order: Narrow
    answer: Answers
    item: Narrow
    start: Narrow
    length: Narrow
    counts: Floats
    band: Narrow
    tag_sequence: Narrow
    tag_block: Narrow
    block_sequence: Narrow
    block_answer: Narrow
    block_step: Narrow
    alive: Narrow
    steps: Answers


def sequences_of(
    right: Booleans,
    tag: Narrow,
    student: Narrow,
    *,
    tags: int,
    students: int,
    item: Narrow | None = None,
    band: Narrow | None = None,
) -> Sequences:
    """Lay out rows that stand in the order in which each student gave them. `item` (n,) counts within its tag and
    keeps sequences apart; `band` (n,) is read at each sequence's first row.
    """
    by_student = rows_by(student, students)
    order = sorted_rows(by_student, tag, tags)
    answer = right.view(np.uint8)[order]
    start, length, tag_sequence = _split(tag, student, order, tags)
    bands = np.zeros(len(start), dtype=np.int32) if band is None else band[order[start]]
    count = np.ones(len(start))
    if item is None:
        start, length, bands, count, tag_sequence = _merge(answer, start, length, bands, tag_sequence)
    by_length = _longest_first(length, tag_sequence)
    start, length, bands, count = start[by_length], length[by_length], bands[by_length], count[by_length]
    items = np.zeros(0, dtype=np.int32) if item is None else item[order]
    layout = _blocks(answer, start, length, tag_sequence)
    return Sequences(order, answer, items, start, length, count, bands, tag_sequence, *layout)


def rows_by(key: Narrow, keys: int) -> Narrow:
    """All rows by their key (n,), from 0 to `keys`, equal keys in the order of the rows."""
    rows = np.arange(len(key), dtype=np.int32)
    # Files mostly hold one student after the other, and to see that takes far less time than to count.
    return rows if (key[1:] >= key[:-1]).all() else sorted_rows(rows, key, keys)


@njit(cache=True, nogil=True, error_model="numpy")
def sorted_rows(rows: Narrow, key: Narrow, keys: int) -> Narrow:
    """These rows by their key (n,), from 0 to `keys`, equal keys in the order given (a counting sort)."""
    place = np.zeros(keys + 1, dtype=np.int32)
    in_order = True
    for i in range(len(rows)):
        place[key[rows[i]] + 1] += 1
        in_order &= i == 0 or key[rows[i - 1]] <= key[rows[i]]
    if in_order:
        return rows
    for k in range(keys):
        place[k + 1] += place[k]
    out = np.empty_like(rows)
    for row in rows:
        out[place[key[row]]] = row
        place[key[row]] += 1
    return out


@njit(cache=True, nogil=True, error_model="numpy")
def _split(tag: Narrow, student: Narrow, order: Narrow, tags: int) -> tuple[Narrow, Narrow, Narrow]:
    """Where each sequence begins in `order`, how long it is, and where each tag's sequences begin."""
    start = np.empty(len(order) + 1, dtype=np.int32)
    tag_sequence = np.zeros(tags + 1, dtype=np.int32)
    found = 0
    for i in range(len(order)):
        row, before = order[i], order[i - 1]
        if i == 0 or tag[row] != tag[before] or student[row] != student[before]:
            start[found] = i
            found += 1
            tag_sequence[tag[row] + 1] = found
    for k in range(tags):
        tag_sequence[k + 1] = max(tag_sequence[k + 1], tag_sequence[k])
    start[found] = len(order)
    length = start[1 : found + 1] - start[:found]
    return start[:found].copy(), length, tag_sequence


@njit(cache=True, nogil=True, error_model="numpy")
def _equal(answer: Answers, one: int, other: int, length: int) -> bool:
    same = True
    for i in range(length):
        same = same and answer[one + i] == answer[other + i]
    return same


@njit(cache=True, nogil=True, error_model="numpy")
def _merge(
    answer: Answers, start: Narrow, length: Narrow, band: Narrow, tag_sequence: Narrow
) -> tuple[Narrow, Narrow, Narrow, Floats, Narrow]:
    """One of each kind of sequence of a tag, with its count: a hash table for each tag, hits compared in full."""
    kept = np.empty(len(start), dtype=np.int32)
    count = np.empty(len(start), dtype=np.float64)
    merged_tags = np.zeros_like(tag_sequence)
    found = 0
    for tag in range(len(tag_sequence) - 1):
        size = 16
        while size < 2 * (tag_sequence[tag + 1] - tag_sequence[tag]):
            size *= 2
        table = np.full(size, -1, dtype=np.int32)
        for sequence in range(tag_sequence[tag], tag_sequence[tag + 1]):
            first, steps = start[sequence], length[sequence]
            slot = (_hash(answer, first, steps) + band[sequence]) & (size - 1)
            while True:
                known = table[slot]
                if known < 0:
                    table[slot] = found
                    kept[found], count[found] = sequence, 1.0
                    found += 1
                    break
                other = kept[known]
                if (
                    length[other] == steps
                    and band[other] == band[sequence]
                    and _equal(answer, start[other], first, steps)
                ):
                    count[known] += 1.0
                    break
                slot = (slot + 1) & (size - 1)
        merged_tags[tag + 1] = found
    kept = kept[:found]
    return start[kept], length[kept], band[kept], count[:found].copy(), merged_tags


@njit(cache=True, nogil=True, error_model="numpy")
def _hash(answer: Answers, first: int, steps: int) -> int:
    """A number below 2**25, mixed from 32 bits without ever leaving 64."""
    value = int(steps)
    for i in range(steps):
        value = (value * 69069 + int(answer[first + i]) + 1) & 0xFFFFFFFF
    return value >> 7


@njit(cache=True, nogil=True, error_model="numpy")
def _longest_first(length: Narrow, tag_sequence: Narrow) -> Narrow:
    """The order that puts each tag's longest sequences first."""
    longest = 0
    for each in length:
        longest = max(longest, each)
    order = np.empty(len(length), dtype=np.int32)
    place = np.zeros(longest + 2, dtype=np.int32)
    for tag in range(len(tag_sequence) - 1):
        first, last = tag_sequence[tag], tag_sequence[tag + 1]
        place[:] = 0
        for sequence in range(first, last):
            place[longest - length[sequence] + 1] += 1
        for shorter in range(longest):
            place[shorter + 1] += place[shorter]
        for sequence in range(first, last):
            slot = longest - length[sequence]
            order[first + place[slot]] = sequence
            place[slot] += 1
    return order


@njit(cache=True, nogil=True, error_model="numpy")
def _blocks(
    answer: Answers, start: Narrow, length: Narrow, tag_sequence: Narrow
) -> tuple[Narrow, Narrow, Narrow, Narrow, Narrow, Answers]:
    """`tag_block`, `block_sequence`, `block_answer`, `block_step`, `alive` and `steps` of `Sequences`."""
    tags = len(tag_sequence) - 1
    tag_block = np.zeros(tags + 1, dtype=np.int32)
    for tag in range(tags):
        wide = tag_sequence[tag + 1] - tag_sequence[tag]
        tag_block[tag + 1] = tag_block[tag] + (wide + BLOCK - 1) // BLOCK
    blocks = tag_block[tags]
    block_sequence = np.full(blocks + 1, len(start), dtype=np.int32)
    block_answer = np.zeros(blocks + 1, dtype=np.int32)
    block_step = np.zeros(blocks + 1, dtype=np.int32)
    alive = np.empty(length.sum() + 1, dtype=np.int32)
    steps = np.empty(length.sum(), dtype=np.uint8)
    place, step = 0, 0
    for tag in range(tags):
        for block in range(tag_block[tag], tag_block[tag + 1]):
            first = tag_sequence[tag] + (block - tag_block[tag]) * BLOCK
            last = min(first + BLOCK, tag_sequence[tag + 1])
            block_sequence[block], block_answer[block], block_step[block] = first, place, step
            some, lengths = start[first:last], length[first:last]
            wide, written = _side_by_side(answer, some, lengths, alive[step:], steps[place:])
            place += written
            step += wide
            place += _one_by_one(answer, some, lengths, wide, steps[place:])
    block_answer[blocks], block_step[blocks] = place, step
    return tag_block, block_sequence, block_answer, block_step, alive[:step].copy(), steps


@njit(cache=True, nogil=True, error_model="numpy")
def _side_by_side(answer: Answers, start: Narrow, length: Narrow, alive: Narrow, steps: Answers) -> tuple[int, int]:
    """Write step after step while enough sequences last; returns the number of steps and of answers written."""
    left, step, place = len(start), 0, 0
    while left >= FEW or (step == 0 and left > 0):
        alive[step] = left
        for lane in range(left):
            steps[place + lane] = answer[start[lane] + step]
        place += left
        step += 1
        while left > 0 and length[left - 1] <= step:
            left -= 1
    return step, place


@njit(cache=True, nogil=True, error_model="numpy")
def _one_by_one(answer: Answers, start: Narrow, length: Narrow, wide: int, steps: Answers) -> int:
    """Write the rest of each longer sequence; returns the number of answers written."""
    place = 0
    for lane in range(len(start)):
        for step in range(wide, length[lane]):
            steps[place] = answer[start[lane] + step]
            place += 1
    return place
