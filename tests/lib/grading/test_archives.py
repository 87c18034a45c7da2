"""Zips that want more than to bring numbers."""

import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from saem.lib.grading.checkers.archives import PACKED, open_archive
from saem.lib.grading.packed import unpack
from tests.lib.grading.kinds import zipped

CODE = "def load(): ..."


def opened(folder: Path, data: bytes) -> list[str]:
    (folder / "work.zip").write_bytes(data)
    task: dict[str, Any] = {"archive": "work.zip", "main": "model.py", "max_bytes": 2**20}
    return [reason["code"] for reason in open_archive(task, folder)["reasons"]]


def with_entry(change: Callable[[zipfile.ZipInfo], None], name: str = "w.json", data: bytes = b"{}") -> bytes:
    entry = zipfile.ZipInfo(name)
    change(entry)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("model.py", CODE)
        archive.writestr(entry, data)
    return out.getvalue()


def link(entry: zipfile.ZipInfo) -> None:
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16


def lying(data: bytes) -> bytes:
    """The central directory says that everything is one byte long."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", 1) + data[at + 28 :]


ATTACKS = {
    "above": (zipped({"model.py": CODE, "../w.json": "{}"}), "zip_name"),
    "absolute": (zipped({"model.py": CODE, "/etc/w.json": "{}"}), "zip_name"),
    "backslash": (zipped({"model.py": CODE, "..\\w.json": "{}"}), "zip_name"),
    "drive": (zipped({"model.py": CODE, "c:w.json": "{}"}), "zip_name"),
    "control sign": (zipped({"model.py": CODE, "w\n.json": "{}"}), "zip_name"),
    "long name": (zipped({"model.py": CODE, "w" * 300 + ".json": "{}"}), "zip_name"),
    "link": (with_entry(link), "zip_name"),
    "two cases": (zipped({"model.py": CODE, "W.json": "{}", "w.JSON": "{}"}), "zip_name"),
    "many": (zipped({"model.py": CODE, **{f"{n}.json": "{}" for n in range(5000)}}), "zip_too_many"),
    "bomb": (zipped({"model.py": CODE, "w.npz": bytes(200 * 2**20)}), "zip_too_large"),
    "two halves": (zipped({"model.py": CODE, "a.npz": bytes(600_000), "b.npz": bytes(600_000)}), "zip_too_large"),
    "lying bomb": (lying(zipped({"model.py": CODE, "w.npz": bytes(3 * 2**20)})), "zip_broken"),
    "pickle": (zipped({"model.py": CODE, "model.pkl": "x"}), "zip_pickle"),
    "joblib": (zipped({"model.py": CODE, "deep/model.joblib": "x"}), "zip_pickle"),
    "torch": (zipped({"model.py": CODE, "model.pt": "x"}), "zip_pickle"),
    "hidden pickle": (zipped({"model.py": CODE, "w.npz": b"\x80\x04\x95abc"}), "zip_pickle"),
    "library": (zipped({"model.py": CODE, "fast.so": "x"}), "zip_kind"),
    "zip in zip": (zipped({"model.py": CODE, "more.zip": zipped({"a": "b"})}), "zip_kind"),
    "no model": (zipped({"main.py": CODE}), "zip_without_model"),
    "cut off": (zipped({"model.py": CODE * 100})[:60], "zip_broken"),
    "no zip": (b"PK\x03\x04 and nothing", "zip_broken"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_is_refused_kindly(tmp_path: Path, attack: str) -> None:
    data, code = ATTACKS[attack]
    assert opened(tmp_path, data) == [code]
    assert not (tmp_path / PACKED).exists()


def test_a_password_cannot_be_guessed(tmp_path: Path) -> None:
    data = bytearray(zipped({"model.py": CODE}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert opened(tmp_path, bytes(data)) == ["zip_broken"]


def test_a_good_one_comes_out_whole(tmp_path: Path) -> None:
    assert opened(tmp_path, zipped({"모형/model.py": CODE, "모형/data/w.json": "{}", "모형/": ""})) == []
    assert unpack((tmp_path / PACKED).read_bytes()) == {"model.py": CODE.encode(), "data/w.json": b"{}"}


@pytest.mark.parametrize(
    "sizes", [[["../a", 1]], [["a", -1]], [["a", 2]], [["a", "1"]], [[1, 1]], {"a": 1}, [["/a", 1]], []]
)
def test_sizes_that_do_not_add_up_are_not_believed(sizes: object) -> None:
    assert unpack(json.dumps(sizes).encode() + b"\nx") is None
