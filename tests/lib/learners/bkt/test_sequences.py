"""Rows become sequences, equal ones once, and nothing is lost on the way."""

from collections import Counter

import numpy as np

from saem.lib.learners.bkt.sequences import BLOCK, FEW, rows_by, sequences_of, sorted_rows

from .builders import laid_out


def columns(rows: int, seed: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Right, tag and student of rows in which students and tags are mixed."""
    rng = np.random.default_rng(seed)
    return (
        rng.random(rows) < 0.6,
        rng.choice(4, rows, p=[0.6, 0.2, 0.15, 0.05]).astype(np.int32),
        rng.integers(0, 30, rows).astype(np.int32),
    )


def expected(right: np.ndarray, tag: np.ndarray, student: np.ndarray) -> dict[int, Counter[tuple[int, ...]]]:
    found: dict[int, Counter[tuple[int, ...]]] = {}
    for one in np.unique(tag):
        whole = [tuple(right[(tag == one) & (student == each)].astype(int)) for each in np.unique(student[tag == one])]
        found[int(one)] = Counter(whole)
    return found


def test_equal_sequences_are_counted_once() -> None:
    right, tag, student = columns(400)
    data = sequences_of(right, tag, student, tags=4, students=30)
    for one, sequences in expected(right, tag, student).items():
        span = range(data.tag_sequence[one], data.tag_sequence[one + 1])
        found = {tuple(data.answer[data.start[k] :][: data.length[k]].tolist()): data.counts[k] for k in span}
        assert len(found) == len(span)
        assert found == sequences
        lengths = data.length[data.tag_sequence[one] : data.tag_sequence[one + 1]]
        assert (np.diff(lengths) <= 0).all()


def test_items_and_bands_keep_sequences_apart() -> None:
    right, tag, student = np.array([True] * 6), np.zeros(6, dtype=np.int32), np.repeat(np.arange(3), 2).astype(np.int32)
    item, band = np.array([0, 1, 0, 1, 1, 1], dtype=np.int32), np.array([0, 0, 1, 1, 0, 0], dtype=np.int32)
    assert len(sequences_of(right, tag, student, tags=1, students=3).counts) == 1
    assert sorted(sequences_of(right, tag, student, tags=1, students=3, band=band).counts) == [1, 2]
    with_items = sequences_of(right, tag, student, tags=1, students=3, item=item)
    assert len(with_items.counts) == 3
    assert with_items.item.tolist() == item.tolist()


def test_side_by_side_holds_the_same_answers() -> None:
    """More sequences than a block has, of lengths that fall below what goes side by side."""
    rng = np.random.default_rng(1)
    sequences = [rng.integers(0, 2, 12 + k % 9).tolist() for k in range(BLOCK + FEW + 5)]
    data = laid_out(sequences)
    assert len(data.counts) > BLOCK
    assert len(data.steps) == data.length.sum()
    found = [[] for _ in data.counts]
    for block in range(len(data.block_sequence) - 1):
        first, place = data.block_sequence[block], data.block_answer[block]
        for alive in data.alive[data.block_step[block] : data.block_step[block + 1]]:
            for lane in range(alive):
                found[first + lane].append(int(data.steps[place + lane]))
            place += alive
        for k in range(first, data.block_sequence[block + 1]):
            rest = data.length[k] - len(found[k])
            found[k] += data.steps[place : place + rest].tolist()
            place += rest
    assert found == [data.answer[data.start[k] :][: data.length[k]].tolist() for k in range(len(data.counts))]


def test_sorting_keeps_the_order_of_equals() -> None:
    key = np.array([2, 0, 1, 0, 2, 1], dtype=np.int32)
    rows = np.arange(6, dtype=np.int32)
    assert sorted_rows(rows, key, 3).tolist() == np.argsort(key, kind="stable").tolist()
    assert sorted_rows(rows, np.sort(key), 3).tolist() == rows.tolist()
    assert rows_by(key, 3).tolist() == np.argsort(key, kind="stable").tolist()
    assert rows_by(np.sort(key), 3).tolist() == rows.tolist()
    assert rows_by(key[:0], 3).tolist() == []
