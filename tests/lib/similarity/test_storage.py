"""Earlier years are a file: it gives the same pairs, and damage is said."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from saem.lib.similarity import FileError, Index, RepeatedError, compare
from tests.lib.similarity.samples import DISGUISED_BEST, DISGUISED_MEANS, DISGUISED_READ, OTHER, READ, original, work


def saved(path: Path) -> Path:
    Index.of([original("2025-a"), work("2025-b", OTHER), work("2025-c", "x = (")]).save(path)
    return path


def copy() -> Index:
    return Index.of(
        [work("2026-a", "import csv", DISGUISED_READ, DISGUISED_MEANS, DISGUISED_BEST), work("2026-b", "x")]
    )


def test_a_file_gives_the_pairs_that_memory_gives(tmp_path: Path) -> None:
    earlier = Index.load(saved(tmp_path / "2025.npz"))
    (found,) = compare(copy(), earlier=[earlier])
    assert (found.first, found.second, found.score) == ("2026-a", "2025-a", 1.0)
    assert [sketch.broken for sketch in earlier.sketches] == [(), (), (1,)]


def test_earlier_works_are_not_compared_with_each_other(tmp_path: Path) -> None:
    earlier = Index.load(saved(tmp_path / "2025.npz")).with_more(Index.of([original("2024-a")]))
    assert compare(Index.of([work("new", OTHER.replace("bar", "pie"))]), earlier=[earlier])[0].second == "2025-b"
    assert compare(Index.of([]), earlier=[earlier]) == ()


def test_a_name_of_another_year_must_be_another(tmp_path: Path) -> None:
    with pytest.raises(RepeatedError):
        compare(Index.of([original("2025-a")]), earlier=[Index.load(saved(tmp_path / "x"))])


def test_a_file_has_no_code_in_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(saved(tmp_path / "x")) as archive:
        assert archive.testzip() is None
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"DictReader" not in content
    assert b"pickle" not in content


def test_saving_again_replaces_the_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = saved(tmp_path / "x")
    Index.of([]).save(path)
    assert Index.load(path).sketches == ()
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_saving_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "x")
    monkeypatch.setattr(np, "savez_compressed", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Index.of([]).save(path)
    assert len(Index.load(path).sketches) == 3
    assert list(tmp_path.iterdir()) == [path]


def test_no_file_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Index.load(tmp_path / "nothing")


@pytest.mark.parametrize("content", [b"", b"PK", b"\x80\x04K\x01.", READ.encode()])
def test_what_is_no_index_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(FileError):
        Index.load(tmp_path / "x")


def test_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    whole = saved(tmp_path / "x").read_bytes()
    for end in range(0, len(whole), 97):
        (tmp_path / "cut").write_bytes(whole[:end])
        with pytest.raises(FileError):
            Index.load(tmp_path / "cut")


def test_damage_is_refused_or_harmless(tmp_path: Path) -> None:
    whole = saved(tmp_path / "x").read_bytes()
    for place in range(0, len(whole), 61):
        (tmp_path / "bad").write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            Index.load(tmp_path / "bad")
        except FileError:
            continue


@pytest.mark.parametrize(
    "change",
    [
        {"format": "saem-similarity-0"},
        {"gram": 0},
        {"works": []},
        {"works": [["a", "b", 1, False, [], -1]]},
        {"works": 7},
        {"works": [[]]},
    ],
)
def test_numbers_that_do_not_fit_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    with np.load(saved(tmp_path / "x")) as file:
        arrays = dict(file)
    about = json.loads(arrays["about"].tobytes()) | change
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    np.savez(tmp_path / "bad.npz", **arrays)
    with pytest.raises(FileError):
        Index.load(tmp_path / "bad.npz")


def test_objects_in_arrays_are_never_read(tmp_path: Path) -> None:
    np.savez(tmp_path / "bad.npz", about=np.array([{}], dtype=object), hashes=np.empty(0), places=np.empty(0))
    with pytest.raises(FileError):
        Index.load(tmp_path / "bad.npz")
