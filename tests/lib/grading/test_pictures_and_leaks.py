"""Figures that are let through, and splits that give the answer away."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from saem.lib.grading.checkers.leaks import find_leaks
from saem.lib.grading.checkers.pictures import clean_png


def png(**options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 10), "teal").save(buffer, "PNG", **options)
    return buffer.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_picture_stays_the_same_picture() -> None:
    cleaned = clean_png(png())
    assert cleaned
    assert Image.open(io.BytesIO(cleaned)).getpixel((3, 3)) == Image.open(io.BytesIO(png())).getpixel((3, 3))


def test_words_in_a_picture_do_not_pass() -> None:
    data = png()
    secret = data[:33] + chunk(b"tEXt", b"Comment\0<script>hidden cases</script>") + data[33:] + b"PK\x03\x04 more"
    cleaned = clean_png(secret)
    assert cleaned == clean_png(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg/>",
        b"\x89PNG\r\n\x1a\n",
        png()[:-20],
        png().replace(b"IHDR", b"IHDX"),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)) + png()[33:],
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + png()[33:],
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 2**31) + b"IHDR",
        png() + bytes(3 * 2**20),
    ],
)
def test_what_is_no_sound_picture(data: bytes) -> None:
    assert clean_png(data) is None


def leaks_of(folder: Path, train: pd.DataFrame, test: pd.DataFrame, solution: pd.DataFrame) -> list[str]:
    for name, frame in (("train", train), ("test", test), ("solution", solution)):
        frame.to_csv(folder / f"{name}.csv", index=False)
    return [one["code"] for one in find_leaks({"id": "id", "target": "y"}, folder)["warnings"]]  # type: ignore[misc]  # the checker's answer is plain JSON


def series(rows: int, *, lag: bool) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    target = rng.normal(20, 5, rows).cumsum()
    frame = pd.DataFrame({"id": range(rows), "hour": np.arange(rows) % 24, "wind": rng.random(rows), "y": target})
    if lag:
        frame["before"] = frame["y"].shift(1)
    return frame


@pytest.mark.parametrize(("every", "lag", "found"), [(1, True, ["leak_lag"]), (3, True, []), (1, False, [])])
def test_a_lag_column_in_a_contiguous_split(tmp_path: Path, every: int, lag: bool, found: list[str]) -> None:
    frame = series(600, lag=lag)
    test = frame[300::every]
    assert leaks_of(tmp_path, frame[:300], test.drop(columns="y"), test[["id", "y"]]) == found


def test_near_equal_rows_in_both_parts(tmp_path: Path) -> None:
    frame = series(400, lag=False)
    twins = frame.copy()
    twins["wind"] += 1e-6
    test = pd.concat([frame[300:], twins[:50].assign(id=range(900, 950))])
    assert leaks_of(tmp_path, frame[:300], test.drop(columns="y"), test[["id", "y"]]) == ["leak_near_duplicates"]


def test_coarse_columns_repeat_by_nature(tmp_path: Path) -> None:
    frame = series(400, lag=False)[["id", "hour", "y"]]
    test = frame[300:]
    assert leaks_of(tmp_path, frame[:300], test.drop(columns="y"), test[["id", "y"]]) == []


def test_without_the_usual_files_nothing_is_said(tmp_path: Path) -> None:
    assert find_leaks({"id": "id", "target": "y"}, tmp_path) == {"warnings": []}
