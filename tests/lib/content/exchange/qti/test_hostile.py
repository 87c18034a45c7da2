"""Packages that somebody made to do harm, or by mistake: a problem or an ArchiveError, and nothing else."""

import pytest

from saem.lib.content import ArchiveError, Severity
from saem.lib.content.exchange import import_items
from tests.lib.content.exchange.qti.package import item, package, told

BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(8))
    + b"]><x>&i;</x>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize("data", [BOMB, OUTSIDE, b"<!DOCTYPE x>" + item()], ids=["bomb", "outside", "plain"])
def test_no_document_type_is_read(data: bytes) -> None:
    carried = import_items("bank.xml", data.replace(b'<?xml version="1.0" encoding="UTF-8"?>\n', b""))
    assert (told(carried), carried.files) == (["xml_doctype"], {})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_xml"),
        (b"\xff\xfe", "not_xml"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "not_xml"),
        (b"<a><b></a>", "not_xml"),
        (b"<a>&undeclared;</a>", "not_xml"),
        (b"<a>" * 200 + b"</a>" * 200, "xml_deep"),
        (b"<a>" + b"<b/>" * 100_001 + b"</a>", "xml_deep"),
        (b" " * (50 * 2**20), "xml_large"),
        (b"<a/>", "no_items"),
    ],
    ids=["empty", "bytes", "encoding", "unclosed", "entity", "deep", "many", "large", "other"],
)
def test_what_is_no_item(data: bytes, code: str) -> None:
    carried = import_items("bank.xml", data)
    assert (told(carried), carried.files) == ([code], {})
    assert carried.problems[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (package(("../out.xml", item())), "archive_name"),
        (package(("/etc/out.xml", item())), "archive_name"),
        (package(("a.xml", b"0" * (50 * 2**20))), "archive_too_large"),
        (b"PK\x03\x04 no zip", "archive_broken"),
    ],
    ids=["above", "root", "bomb", "broken"],
)
def test_unsafe_zips(data: bytes, code: str) -> None:
    with pytest.raises(ArchiveError) as error:
        import_items("bank.zip", data)
    assert error.value.code == f"content.{code}"


def test_a_manifest_that_points_out_of_the_package() -> None:
    manifest = (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>\n'
        '<resource type="imsqti_item_xmlv2p1" href="../../etc/passwd"/>\n'
        '<resource type="imsqti_item_xmlv2p1" href="a.xml"/><resource type="webcontent" href="b.html"/>'
        "</resources></manifest>"
    )
    carried = import_items("bank.zip", package(("imsmanifest.xml", manifest), ("a.xml", item()), ("c.xml", item())))
    assert [(each.file, each.line) for each in carried.problems if each.code == "exchange.not_in_package"] == [
        ("imsmanifest.xml", 2)
    ]
    assert list(carried.files) == ["items/bank.yaml"]


@pytest.mark.parametrize("data", [item()[:at] for at in range(0, len(item()), 97)])
def test_a_file_that_was_cut_off(data: bytes) -> None:
    assert told(import_items("bank.xml", data)) == ["not_xml"]
