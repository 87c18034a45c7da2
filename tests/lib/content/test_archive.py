"""Hashing, packing, and unpacking what strangers send."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from saem.lib.content import ArchiveError, archive, content_hash, load, pack, unpack
from tests.lib.content.folders import write_program


def zip_of(*entries: tuple[str | zipfile.ZipInfo, str | bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return data.getvalue()


def refused(data: bytes, folder: Path) -> str:
    with pytest.raises(ArchiveError) as error:
        unpack(data, folder)
    assert not folder.exists() or not any(folder.iterdir()), "nothing is written unless everything is sound"
    return error.value.code.removeprefix("content.")


def test_there_and_back(tmp_path: Path):
    folder = write_program(tmp_path)
    unpack(pack(folder), tmp_path / "again/tiny")
    assert content_hash(tmp_path / "again/tiny") == content_hash(folder)
    assert pack(tmp_path / "again/tiny") == pack(folder)
    assert load(tmp_path / "again/tiny").ok


def test_only_names_and_bytes_count(tmp_path: Path):
    one, two = write_program(tmp_path / "one"), write_program(tmp_path / "two")
    for left in (".DS_Store", ".git/HEAD", "lessons/__pycache__/x.pyc", "lessons/.ipynb_checkpoints/a.ipynb", "a.txt~"):
        (two / left).parent.mkdir(exist_ok=True)
        (two / left).write_text("x")
    (two / "program.yaml").chmod(0o700)
    (two / "link").symlink_to(tmp_path)
    assert content_hash(one) == content_hash(two)
    assert pack(one) == pack(two)
    assert content_hash(one).startswith("sha256:")


def test_every_change_counts(tmp_path: Path):
    hashes = {content_hash(write_program(tmp_path / "sound"))}
    (tmp_path / "sound/tiny/program.yaml").rename(tmp_path / "sound/tiny/program2.yaml")
    hashes.add(content_hash(tmp_path / "sound/tiny"))
    hashes.add(content_hash(write_program(tmp_path / "byte", **{"projects/rain/prepare.py": "print(2)\n"})))
    hashes.add(content_hash(write_program(tmp_path / "more", **{"empty.txt": ""})))
    assert len(hashes) == 4


def test_a_name_cannot_pass_for_content(tmp_path: Path):
    for folder, name, content in (("one", "ab", "c"), ("two", "a", "bc")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(content)
    assert content_hash(tmp_path / "one") != content_hash(tmp_path / "two")


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/x", "a//x", "./x", "C:/x", "a\\..\\x", "a/\x1bx", "a/" + "x" * 300]
)
def test_names_that_lead_elsewhere(tmp_path: Path, name: str):
    assert refused(zip_of(("program.yaml", "x"), (name, "x")), tmp_path / "out") == "archive_name"
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFBLK])
def test_entries_that_are_no_files(tmp_path: Path, kind: int):
    entry = zipfile.ZipInfo("link")
    entry.external_attr = (kind | 0o777) << 16
    assert refused(zip_of((entry, "/etc/passwd")), tmp_path / "out") == "archive_link"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("a.txt", "a.txt"), ("a.txt", "A.txt"), ("a", "a/b"), ("b/c/d", "B/c")])
def test_names_that_meet(tmp_path: Path, names: tuple[str, ...]):
    assert refused(zip_of(("x.txt", "x"), *((name, "x") for name in names)), tmp_path / "out") == "archive_twice"


def test_a_bomb(tmp_path: Path):
    bomb = zip_of(("x.txt", b"\0" * 8_000_000), compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    assert refused(bomb, tmp_path / "out") == "archive_too_large"


def test_a_bomb_that_lies_about_its_size(tmp_path: Path):
    bomb = bytearray(zip_of(("x.txt", b"\0" * 8_000_000), compression=zipfile.ZIP_DEFLATED))
    size = (8_000_000).to_bytes(4, "little")
    lie = bytes(bomb).replace(size, (10).to_bytes(4, "little"))
    assert refused(lie, tmp_path / "out") in ("archive_too_large", "archive_broken")


def test_many_files_that_are_large_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 10_000)
    monkeypatch.setattr(archive, "MAX_FILES", 20)
    assert refused(zip_of(*((f"{n}.txt", b"x" * 1000) for n in range(15))), tmp_path / "out") == "archive_too_large"
    assert refused(zip_of(*((f"{n}.txt", "") for n in range(21))), tmp_path / "out") == "archive_too_many"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", zip_of(("a", "x" * 100))[:-30]])
def test_what_is_no_zip(tmp_path: Path, data: bytes):
    assert refused(data, tmp_path / "out") == "archive_broken"


def test_damaged_content(tmp_path: Path):
    data = zip_of(("a.txt", "precious words"))
    assert refused(data.replace(b"precious words", b"precioux words", 1), tmp_path / "out") == "archive_broken"


def test_a_folder_that_is_taken(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ArchiveError) as error:
        unpack(zip_of(("a.txt", "x")), tmp_path)
    assert error.value.code == "content.archive_target"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_zip_of_the_whole_folder(tmp_path: Path):
    data = zip_of(("tiny/program.yaml", "x"), ("tiny/lessons/a/ko.md", "y"), ("__MACOSX/tiny/._program.yaml", "z"))
    unpack(data, tmp_path / "out")
    assert (tmp_path / "out/program.yaml").read_text() == "x"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["lessons", "program.yaml"]
