"""Pairs, their shares in both directions, and where the passages stand."""

import itertools
import random
import subprocess
import sys
from dataclasses import replace

import pytest

from saem.lib.similarity import Index, Pair, Passage, Ranking, RepeatedError, Settings, SettingsError, Stretch, compare
from saem.lib.similarity.fingerprints import grams, winnow
from tests.lib.similarity.samples import (
    BEST,
    DISGUISED_BEST,
    DISGUISED_MEANS,
    DISGUISED_READ,
    MEANS,
    OTHER,
    READ,
    original,
    work,
)


def pairs(*works: object, **ranking: object) -> tuple[Pair, ...]:
    return compare(Index.of(works), ranking=Ranking(**ranking))  # type: ignore[arg-type]


def test_a_copy_in_disguise_is_the_whole_work() -> None:
    copy = work("copy", "import csv", DISGUISED_READ, DISGUISED_MEANS + DISGUISED_BEST)
    (found,) = pairs(original(), copy, work("other", OTHER))
    assert (found.first, found.second, found.of_first, found.of_second) == ("original", "copy", 1.0, 1.0)
    assert [passage.first for passage in found.passages] == [Stretch(1, 3, 3, 4)]
    assert [passage.second for passage in found.passages] == [Stretch(2, 2, 3, 14)]


def test_reordered_cells_are_found_one_by_one() -> None:
    (found,) = pairs(original(), work("copy", DISGUISED_BEST, "import csv", DISGUISED_READ, DISGUISED_MEANS))
    assert found.score > 0.8
    assert {(1, 3), (3, 1)} <= {(each.first.cell, each.second.cell) for each in found.passages}
    assert all(each.tokens >= 17 for each in found.passages)


def test_a_work_inside_a_larger_one_is_found_from_its_side() -> None:
    (found,) = pairs(original(), work("larger", OTHER, READ, MEANS, BEST, OTHER.replace("groupby", "resample")))
    assert found.of_first == 1.0
    assert 0.3 < found.of_second < 0.8
    assert found.score == 1.0


def test_different_works_are_no_pair() -> None:
    assert pairs(original(), work("other", OTHER)) == ()


def test_works_of_one_owner_are_not_compared() -> None:
    assert pairs(original("first"), replace(original("again"), owner="team-first")) == ()


def test_starter_code_counts_for_nobody() -> None:
    starter = [work("starter", READ, MEANS)]
    works = [work("a", READ, MEANS, BEST), work("b", READ, MEANS, OTHER), work("c", READ, MEANS, DISGUISED_BEST)]
    found = compare(Index.of(works, starter=starter), ranking=Ranking(tokens=20))
    assert [(pair.first, pair.second) for pair in found] == [("a", "c")]
    assert compare(Index.of(works[:2])) != ()


def test_starter_code_with_other_names_is_still_the_starter() -> None:
    works = [work("a", READ, BEST), work("b", DISGUISED_READ, OTHER)]
    assert compare(Index.of(works, starter=[work("starter", READ)])) == ()


def test_what_many_have_counts_for_nobody() -> None:
    given = [work(f"w{number}", READ, MEANS) for number in range(6)]
    copies = [work("a", READ, MEANS, BEST), work("b", READ, MEANS, BEST)]
    found = pairs(*given, *copies, common=0.4, common_least=3, tokens=20)
    assert [(pair.first, pair.second) for pair in found] == [("a", "b")]
    # A passage may run on into common code; what it is ranked by does not.
    assert found[0].score == 1.0
    assert len(pairs(*given, *copies)) == 28


def test_six_submissions_of_one_team_are_not_many() -> None:
    again = [replace(original(f"w{number}"), owner="one") for number in range(6)]
    assert len(pairs(*again, original("other"), common=0.0, common_least=2)) == 6


def test_the_best_pairs_are_kept_in_order() -> None:
    works = [original("a"), work("b", READ, MEANS, OTHER), work("c", READ, OTHER.replace("hour", "day")), original("d")]
    everything, best = pairs(*works), pairs(*works, most=2)
    assert best == everything[:2]
    assert [pair.score for pair in everything] == sorted((pair.score for pair in everything), reverse=True)
    assert pairs(*works, most=0) == ()


def test_a_short_work_has_no_share_of_its_own() -> None:
    (found,) = pairs(original(), work("short", BEST), fingerprints=40)
    assert found.of_second == 0.0
    assert found.of_first > 0


def test_nothing_is_compared_with_nothing() -> None:
    assert pairs() == ()
    assert pairs(work("a"), work("b", ""), work("c", "x = 1"), work("d", "x = 1")) == ()


def test_no_symbol_is_in_two_passages() -> None:
    rng = random.Random(3)
    lines = [
        "x = y + 1\n",
        "print(x, y)\n",
        "for a in x: b.append(a)\n",
        "if x: y = z[1:]\n",
        "x = {a: b for a in c}\n",
    ]
    for _ in range(30):
        one, other = ("".join(rng.choices(lines, k=60)) for _ in range(2))
        for pair in pairs(work("a", one), work("b", other), common_least=10):
            assert sum(each.tokens for each in pair.passages) == pair.tokens
            for side in ("first", "second"):
                stretches = sorted((each.line, each.last_line) for each in (getattr(p, side) for p in pair.passages))
                # Two passages may meet in a line.
                assert all(end <= start for (_, end), (start, _) in itertools.pairwise(stretches))


def test_code_that_repeats_itself_ends() -> None:
    works = [work("a", "x = y + z\n" * 5_000), work("b", "q = r + s\n" * 5_000)]
    assert all(isinstance(pair.passages[0], Passage) for pair in pairs(*works))


def test_names_must_differ() -> None:
    with pytest.raises(RepeatedError, match="twice"):
        Index.of([work("twice", READ), work("twice", BEST)])


def test_indexes_of_other_settings_cannot_be_compared() -> None:
    with pytest.raises(SettingsError):
        compare(Index.of([original()]), earlier=[Index.of([original("b")], settings=Settings(gram=9))])


@pytest.mark.parametrize("wrong", [{"gram": 0}, {"window": 0}, {"gram": 201}])
def test_settings_out_of_range(wrong: dict[str, int]) -> None:
    with pytest.raises(SettingsError):
        Settings(**wrong)


@pytest.mark.parametrize("wrong", [{"common": 1.1}, {"common": float("nan")}, {"most": -1}, {"tokens": -1}])
def test_rankings_out_of_range(wrong: dict[str, float]) -> None:
    with pytest.raises(SettingsError):
        Ranking(**wrong)  # type: ignore[arg-type]


def test_equal_passages_of_the_least_length_share_a_fingerprint() -> None:
    """The guarantee of winnowing, on random texts with one equal passage of gram + window - 1 symbols."""
    rng, nothing = random.Random(1), grams((), 1)
    for _ in range(300):
        gram, window = rng.randint(1, 8), rng.randint(1, 8)
        same = rng.choices("abcd", k=gram + window - 1)
        sides = [
            rng.choices("efgh", k=rng.randint(0, 20)) + same + rng.choices("ijkl", k=rng.randint(0, 20)) for _ in "12"
        ]
        kept = []
        for side in sides:
            hashes = grams(side, gram)
            kept.append({int(hashes[place]) for place in winnow(hashes, window, nothing)})
        assert kept[0] & kept[1]


def test_hashes_are_the_same_in_every_process() -> None:
    code = "from saem.lib.similarity.fingerprints import grams; print(grams(['a', 'b', 'c'], 2).tolist())"
    done = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert done[0] == done[1] == f"{grams(['a', 'b', 'c'], 2).tolist()}\n"
