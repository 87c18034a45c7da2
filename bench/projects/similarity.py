"""Planted copies among independent notebooks: `python -m bench.projects.similarity`.

The score from which on pairs are counted (the operating point) is chosen on one corpus and measured on others, with other
seeds. With `--peer PYTHON` (an environment with copydetect) the same works go through copydetect, as files.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.learners.timing import timed
from bench.machine import machine
from bench.projects.copying import KINDS, copied
from bench.projects.corpus import independent
from saem.lib.similarity import Index, Pair, Ranking, Work, compare

PEER = """
import copydetect, json, sys, time
start = time.process_time()
found = copydetect.CopyDetector(test_dirs=[sys.argv[1]], extensions=["py"], display_t=0.01, silent=True, autoopen=False)
found.run()
pairs = [[a, b, max(x, y)] for x, y, a, b, *rest in found.get_copied_code_list()]
print(json.dumps([time.process_time() - start, pairs]))
"""

Scores = Mapping[frozenset[str], float]


@dataclass(frozen=True)
class Corpus:
    """`planted` copies with their kinds, by the pair of names."""

    works: tuple[Work, ...]
    planted: dict[frozenset[str], str]


def corpus(number: int, copies: int, seed: int) -> Corpus:
    """`number` works of which `copies` are copies, each of another of the independent ones."""
    rng = random.Random(seed)
    notebooks = [independent(place, rng) for place in range(number - copies)]
    planted = {}
    for place, source in enumerate(rng.sample(notebooks, copies)):
        kind = list(KINDS)[place % len(KINDS)]
        copy = copied(source, kind, f"copy-{place:04d}", rng)
        planted[frozenset({source.id, copy.id})] = kind
        notebooks.append(copy)
    works = [notebook.work(rng) for notebook in notebooks]
    rng.shuffle(works)
    return Corpus(tuple(works), planted)


def scores(pairs: Iterable[Pair]) -> Scores:
    return {frozenset({pair.first, pair.second}): pair.score for pair in pairs}


def rates(found: Scores, planted: Iterable[frozenset[str]], point: float) -> tuple[float, float]:
    """Recall and precision of the pairs whose score is at least `point`."""
    above, truth = {pair for pair, score in found.items() if score >= point}, set(planted)
    return len(above & truth) / len(truth), len(above & truth) / len(above) if above else 1.0


def operating_point(found: Scores, planted: Iterable[frozenset[str]]) -> float:
    """The hundredth at which the smaller of recall and precision is greatest; the middle one of several."""
    truth = set(planted)
    worth = {point / 100: min(rates(found, truth, point / 100)) for point in range(10, 100)}
    best = [point for point, value in worth.items() if value == max(worth.values())]
    return best[len(best) // 2]


def measured(made: Corpus) -> tuple[float, float, float, tuple[Pair, ...]]:
    cpu, wall, index = timed(lambda: Index.of(made.works))
    more_cpu, more_wall, pairs = timed(lambda: compare(index, ranking=Ranking(most=2 * len(made.works))))
    print(
        f"| {len(made.works)} works | {cpu:.1f} | {wall:.1f} | {more_cpu:.1f} | {more_wall:.1f} | {wall + more_wall:.1f} |"
    )
    return cpu, wall, wall + more_wall, pairs


def told(name: str, found: Scores, made: Corpus, point: float) -> None:
    recall, precision = rates(found, made.planted, point)
    others = sorted((score for pair, score in found.items() if pair not in made.planted), reverse=True)
    print(f"\n{name} at {point:.2f}: recall {recall:.1%}, precision {precision:.1%} of {len(made.planted)} copies; "
          f"highest score of an independent pair {others[0] if others else 0:.2f}")  # fmt: skip
    for kind in KINDS:
        pairs = [pair for pair, made_by in made.planted.items() if made_by == kind]
        scored = [found.get(pair, 0.0) for pair in pairs]
        print(f"  {kind}: recall {sum(score >= point for score in scored) / len(scored):.1%}, "
              f"lowest score {min(scored):.2f}, median {statistics.median(scored):.2f}")  # fmt: skip


def peer(python: str, made: Corpus) -> tuple[float, Scores]:
    with tempfile.TemporaryDirectory() as folder:
        for work in made.works:
            Path(folder, f"{work.id}.py").write_text("\n\n".join(work.cells), encoding="utf-8")
        done = subprocess.run([python, "-c", PEER, folder], capture_output=True, text=True, check=True, cwd=folder)
    seconds, pairs = json.loads(done.stdout.strip().split("\n")[-1])
    return seconds, {frozenset({Path(one).stem, Path(other).stem}): score for one, other, score in pairs}


def incremental(made: Corpus) -> None:
    """A new class of a twentieth against the file of all others."""
    number = max(1, len(made.works) // 20)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "earlier.npz")
        Index.of(made.works[number:]).save(path)
        cpu, wall, pairs = timed(lambda: compare(Index.of(made.works[:number]), earlier=[Index.load(path)]))
        print(f"\n{number} new works against a file of {len(made.works) - number} ({path.stat().st_size / 2**20:.1f} MiB): "
              f"{cpu:.1f} CPU s, {wall:.1f} wall s, {len(pairs)} pairs")  # fmt: skip


def lines(works: Sequence[Work]) -> list[int]:
    return sorted(sum(cell.count("\n") + 1 for cell in work.cells) for work in works)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--works", type=int, default=2_000)
    parser.add_argument("--copies", type=int, default=200)
    parser.add_argument("--peer", help="a Python with copydetect")
    parser.add_argument("--peer-works", type=int, default=200)
    asked = parser.parse_args()
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}\n")
    print("| | read CPU s | wall s | compare CPU s | wall s | all wall s |\n|---|---|---|---|---|---|")
    first = corpus(asked.works, asked.copies, seed=1)
    point = operating_point(scores(measured(first)[3]), first.planted)
    for seed in (2, 3):
        made = corpus(asked.works, asked.copies, seed=seed)
        found = scores(measured(made)[3])
        counts = lines(made.works)
        told(f"seed {seed}, lines {counts[0]} to {counts[-1]}, median {counts[len(counts) // 2]},", found, made, point)
    incremental(first)
    if asked.peer:
        small, other = (corpus(asked.peer_works, asked.peer_works // 5, seed=seed) for seed in (4, 5))
        point = operating_point(peer(asked.peer, small)[1], small.planted)
        seconds, found = peer(asked.peer, other)
        told(f"copydetect, {asked.peer_works} works in {seconds:.1f} CPU s,", found, other, point)
        ours = scores(compare(Index.of(small.works), ranking=Ranking(most=10_000)))
        cpu, _, pairs = timed(lambda: compare(Index.of(other.works), ranking=Ranking(most=10_000)))
        told(f"ours on the same works in {cpu:.1f} CPU s,", scores(pairs), other, operating_point(ours, small.planted))


if __name__ == "__main__":
    main()
