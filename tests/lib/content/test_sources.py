"""From a line in program.yaml to a CSV that is the same everywhere."""

import hashlib
import io
import urllib.error
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from saem.lib.content import Fingerprint, SourceError, Text
from saem.lib.content.model import DataSource
from saem.lib.content.sources import KINDS, fetch, web

URL = "https://example.org/static/bikes.csv"
CSV = b"Date,Rented Count,Temp(\xb0C)\r\n01/12/2017,254,-5.2\r\n02/12/2017,204,-5.5\r\n\r\n"
ASKED = {
    "url": URL,
    "encoding": "cp1252",
    "columns": ("date", "count", "temp_c"),
    "dates": {"date": "%d/%m/%Y"},
    "fingerprint": Fingerprint(rows=2, sums={"count": 458, "temp_c": -10.7}),
}
CLEAN = b"date,count,temp_c\n2017-12-01,254,-5.2\n2017-12-02,204,-5.5\n"


def source(kind: str, folder: Path = Path(), **more: Any) -> DataSource:
    text = Text(ko="가", en="a")
    return DataSource(name="data", folder=folder, source=kind, title=text, licence="x", **more)


def serving(data: bytes, asked: list[str] | None = None) -> Callable[[str], IO[bytes]]:
    def open_url(url: str) -> IO[bytes]:
        if asked is not None:
            asked.append(url)
        return io.BytesIO(data)

    return open_url


def unreachable(_url: str) -> IO[bytes]:
    raise urllib.error.URLError("no way out")


def nameless(_url: str) -> IO[bytes]:
    raise urllib.error.URLError(OSError(-2, "Name or service not known"))


def zipped(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return data.getvalue()


def got(wanted: DataSource, tmp_path: Path, **more: Any) -> bytes:
    return fetch(wanted, **{"cache": tmp_path / "cache", "allow_download": True, "open_url": unreachable, **more})


def refused(wanted: DataSource, tmp_path: Path, **more: Any) -> SourceError:
    with pytest.raises(SourceError) as error:
        got(wanted, tmp_path, **more)
    return error.value


@pytest.mark.parametrize(
    ("name", "rows", "sums"),
    [
        ("sklearn:digits", 1797, {"target": 8070}),
        ("sklearn:iris", 150, {"target": 150, "sepal length (cm)": 876.5}),
        ("sklearn:wine", 178, {}),
        ("sklearn:breast_cancer", 569, {"target": 357}),
        ("sklearn:diabetes", 442, {"target": 67243}),
        ("vega:seattle-weather", 1461, {"precipitation": 4426.0}),
        ("vega:cars", 406, {}),
    ],
)
def test_sources_that_packages_carry(tmp_path: Path, name: str, rows: int, sums: dict[str, float]):
    wanted = source(name, fingerprint=Fingerprint(rows=rows, sums=sums))
    first = got(wanted, tmp_path, allow_download=False)
    assert first == got(wanted, tmp_path, allow_download=False)
    assert first.count(b"\n") == rows + 1
    assert not (tmp_path / "cache").exists()


def test_digits_are_whole_numbers(tmp_path: Path):
    header, first, *_ = got(source("sklearn:digits"), tmp_path).decode().split("\n")
    assert header.startswith("pixel_0_0,pixel_0_1,")
    assert header.endswith(",target")
    assert first.startswith("0,0,5,13,9,1,0,0,")


def test_every_named_vega_table_can_be_read(tmp_path: Path):
    names = KINDS["vega"].names()
    assert "seattle-weather" in names
    for name in names:
        assert got(source(f"vega:{name}"), tmp_path).count(b"\n") > 1, name


def test_a_download_is_shaped_and_kept(tmp_path: Path):
    asked: list[str] = []
    assert got(source("url", **ASKED), tmp_path, open_url=serving(CSV, asked)) == CLEAN
    assert got(source("url", **ASKED), tmp_path, open_url=unreachable, allow_download=False) == CLEAN
    assert asked == [URL]
    (kept,) = (tmp_path / "cache").iterdir()
    assert kept.stem == hashlib.sha256(URL.encode()).hexdigest()[:40]


def test_a_zip_with_one_table(tmp_path: Path):
    assert got(source("url", **ASKED), tmp_path, open_url=serving(zipped(a_csv=CSV, readme_md=b"x"))) == CLEAN
    two = zipped(a_csv=CSV, b_csv=b"x")
    assert refused(source("url", **ASKED), tmp_path / "2", open_url=serving(two)).code == "content.source_zip"
    assert got(source("url", member="a.csv", **ASKED), tmp_path / "3", open_url=serving(two)) == CLEAN
    assert (
        refused(source("url", **ASKED), tmp_path / "4", open_url=serving(b"PK\x03\x04xx")).code == "content.source_zip"
    )


@pytest.mark.parametrize(
    ("data", "code", "params"),
    [
        (CSV.replace(b"\r\n\r\n", b"\r\n03/12/2017,1,1\r\n"), "source_rows", {"expected": 2, "found": 3}),
        (CSV.replace(b"254", b"255"), "source_sum", {"column": "count", "expected": "458", "found": "459"}),
        (CSV.replace(b"254", b"many"), "source_sum", {"column": "count", "expected": "458", "found": "nan"}),
        (
            CSV.replace(b"01/12/2017", b"2017.12.1"),
            "source_date",
            {"column": "date", "row": 1, "value": "2017.12.1", "form": "%d/%m/%Y"},
        ),
        (CSV.replace(b",-5.5", b""), "source_csv", {"row": 3, "expected": 3, "found": 2}),
        (CSV.replace(b"Date,", b""), "source_csv", {"row": 2, "expected": 2, "found": 3}),
        (b"", "source_not_table", {"detail": "0"}),
    ],
)
def test_a_file_that_changed_is_refused_and_not_kept(tmp_path: Path, data: bytes, code: str, params: dict[str, object]):
    error = refused(source("url", **ASKED), tmp_path, open_url=serving(data))
    assert (error.code, error.params) == (f"content.{code}", params)
    assert got(source("url", **ASKED), tmp_path, open_url=serving(CSV)) == CLEAN


def test_sums_have_a_relative_tolerance(tmp_path: Path):
    def asked(total: float) -> DataSource:
        return source("url", **{**ASKED, "fingerprint": Fingerprint(rows=2, sums={"count": total})})

    assert got(asked(458 * (1 + 5e-7)), tmp_path, open_url=serving(CSV)) == CLEAN
    assert refused(asked(458 * (1 + 5e-6)), tmp_path).code == "content.source_sum"


def test_without_a_way_out(tmp_path: Path):
    error = refused(source("url", mirror_name="copy.csv", **ASKED), tmp_path, allow_download=False)
    assert error.code == "content.source_offline"
    assert error.params["name"] == "copy.csv / bikes.csv"
    error = refused(source("url", **ASKED), tmp_path, open_url=unreachable)
    assert error.code == "content.source_unreachable"
    assert error.params["host"] == "example.org"
    assert error.params["detail"] == "no way out"
    assert error.params["name"] == "bikes.csv"
    error = refused(source("url", **ASKED), tmp_path, open_url=nameless)
    assert error.params["detail"] == "Name or service not known"


def test_only_https(tmp_path: Path):
    for url in ("http://example.org/a.csv", "file:///etc/passwd", "ftp://example.org/a", "https:///a"):
        assert refused(source("url", **{**ASKED, "url": url}), tmp_path).code == "content.source_not_https"
    with pytest.raises(SourceError):
        web._HttpsOnly().redirect_request(None, None, 302, "", {}, "http://example.org/a.csv")


def test_a_download_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(web, "MAX_DOWNLOAD", 1000)
    error = refused(source("url", **ASKED), tmp_path, open_url=serving(b"x" * 2000))
    assert error.code == "content.source_too_large"


@pytest.mark.parametrize("name", ["bikes.csv", "copy.csv"])
@pytest.mark.parametrize(
    "data",
    [CSV, zipped(a_csv=CSV), CLEAN, b"id,temp_c,date,count\n1,-5.2,2017-12-01,254\n2,-5.5,2017-12-02,204\n"],
    ids=["as published", "zipped", "cleaned", "cleaned with other columns"],
)
def test_a_copy_laid_down_by_hand(tmp_path: Path, name: str, data: bytes):
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / name).write_bytes(data)
    wanted = source("url", mirror_name="copy.csv", **ASKED)
    assert got(wanted, tmp_path, mirrors=[tmp_path / "empty", tmp_path / "mirror"], allow_download=False) == CLEAN


def test_a_copy_that_is_something_else(tmp_path: Path):
    (tmp_path / "bikes.csv").write_bytes(CLEAN.replace(b"254", b"9"))
    wanted = source("url", **ASKED)
    assert refused(wanted, tmp_path, mirrors=[tmp_path]).code == "content.source_sum"
    assert got(wanted, tmp_path, mirrors=[tmp_path], open_url=serving(CSV)) == CLEAN


def test_a_file_of_the_program(tmp_path: Path):
    folder = tmp_path / "program"
    folder.mkdir()
    (tmp_path / "secret.csv").write_text("a\n1\n")
    (folder / "data.csv").write_bytes("이름;값\n가;1\n".encode("cp949"))
    options = {"encoding": "cp949", "separator": ";", "rename": {"이름": "name"}, "values": {"값": {"1": "one"}}}
    assert got(source("file:data.csv", folder, **options), tmp_path) == "name,값\n가,one\n".encode()
    unread = refused(source("file:data.csv", folder), tmp_path)
    assert (unread.code, unread.params) == (
        "content.source_encoding",
        {"encoding": "utf-8", "works": "cp949, latin-1"},
    )
    assert refused(source("file:data.csv", folder, encoding="klingon"), tmp_path).code == "content.source_encoding"
    assert refused(source("file:../secret.csv", folder), tmp_path).code == "content.source_file"
    assert refused(source("file:nothing.csv", folder), tmp_path).code == "content.source_file"
    missing = refused(source("file:data.csv", folder, encoding="cp949", separator=";", rename={"x": "y"}), tmp_path)
    assert (missing.code, missing.params) == ("content.source_columns", {"missing": "x", "found": "이름, 값"})


def test_a_file_without_a_header(tmp_path: Path):
    (tmp_path / "data.csv").write_text("\ufeff007,2\n008,0.10\n")
    wanted = source("file:data.csv", tmp_path, header=False, columns=("id", "value"))
    assert got(wanted, tmp_path) == b"id,value\n007,2\n008,0.10\n", "texts stay as they were written"
    wanted = source("file:data.csv", tmp_path, header=False, columns=("id",))
    error = refused(wanted, tmp_path)
    assert (error.code, error.params) == (
        "content.source_column_count",
        {"expected": 1, "found": 2, "wanted": "id", "names": "c1, c2"},
    )


def test_a_fingerprint_may_name_the_columns(tmp_path: Path):
    named = Fingerprint(rows=2, columns=("date", "count"))
    error = refused(source("url", **{**ASKED, "fingerprint": named}), tmp_path, open_url=serving(CSV))
    assert error.code == "content.source_column_count"


def test_unknown_sources(tmp_path: Path):
    assert refused(source("skleran:digits"), tmp_path).code == "content.unknown_source_kind"
    error = refused(source("sklearn:digit"), tmp_path)
    assert (error.code, error.params["suggestion"]) == ("content.unknown_source_name", "digits")
