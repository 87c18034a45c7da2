"""Documents are known by their content, ages by the Civil Act, Markdown by what is left of it."""

import datetime as dt

import pytest

from saem.apps.cohorts.calls.ages import age_on, needs_guardian
from saem.apps.cohorts.calls.inspection import PNG_END, PNG_HEAD, Refusal, RefusedDocumentError, kind_of
from saem.apps.cohorts.calls.prose import safe_html
from tests.apps.cohorts.calls.a_call import PDF, a_zip

TYPES = b'<Types><Override ContentType="application/vnd.openxmlformats"/></Types>'
DOCX = {"[Content_Types].xml": TYPES, "word__document.xml": b"<w:document/>"}
HWPX = {"mimetype": b"application/hwp+zip", "Contents__section0.xml": b"<s/>"}
EMPTY_SCRIPT = "var Documents = XHwpDocuments;\nfunction OnDocument_New()\n{\n\t//todo : \n}\n".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "pdf"),
        (PNG_HEAD + b"...." + PNG_END, "png"),
        (b"\xff\xd8\xff\xe0data\xff\xd9", "jpeg"),
        (a_zip(**DOCX), "docx"),
        (a_zip(**HWPX), "hwpx"),
        (a_zip(**HWPX, Scripts__headerScripts=EMPTY_SCRIPT), "hwpx"),
    ],
)
def test_the_kind_is_read_from_the_content(data: bytes, kind: str):
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Refusal.EMPTY),
        (b"hello", Refusal.UNKNOWN),
        (b"\xd0\xcf\x11\xe0 an old HWP or DOC", Refusal.UNKNOWN),
        (b"%PDF-1.7 cut off", Refusal.BROKEN),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"), Refusal.ACTIVE),
        (PNG_HEAD + b"cut off", Refusal.BROKEN),
        (b"\xff\xd8\xffcut off", Refusal.BROKEN),
        (b"PK\x03\x04 no archive", Refusal.BROKEN),
        (a_zip(readme=b"any archive"), Refusal.UNKNOWN),
        (a_zip(**DOCX, word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"), Refusal.ACTIVE),
        (a_zip(**{**DOCX, "[Content_Types].xml": TYPES.replace(b"openxmlformats", b"macroEnabled")}), Refusal.ACTIVE),
        (a_zip(**HWPX, Scripts__sourceScripts=b"function OnDocument_Open(){ run(); }"), Refusal.ACTIVE),
    ],
)
def test_anything_else_is_refused_with_its_reason(data: bytes, reason: Refusal):
    with pytest.raises(RefusedDocumentError) as refused:
        kind_of(data)
    assert refused.value.reason is reason


def test_a_locked_archive_is_named_as_one():
    data = bytearray(a_zip(**DOCX))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1  # the flag of encryption in the last entry of the directory
    with pytest.raises(RefusedDocumentError) as refused:
        kind_of(bytes(data))
    assert refused.value.reason is Refusal.LOCKED


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (dt.date(2012, 11, 28), dt.date(2026, 11, 27), 13),
        (dt.date(2012, 11, 28), dt.date(2026, 11, 28), 14),
        (dt.date(2012, 2, 29), dt.date(2026, 2, 28), 13),
        (dt.date(2012, 2, 29), dt.date(2026, 3, 1), 14),
    ],
)
def test_ages_are_counted_in_full_years(birth: dt.date, day: dt.date, age: int):
    assert age_on(birth, day) == age
    assert needs_guardian(birth, day) == (age < 14)


def test_markdown_of_staff_is_safe_and_starts_below_the_pages_heading():
    html = safe_html(
        "# 큰 제목\n\n**굵게** <script>alert(1)</script> [나쁜 링크](javascript:alert(1)) [좋은 링크](https://example.org)"
    )
    assert "<h3>큰 제목</h3>" in html
    assert "<strong>굵게</strong>" in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert 'href="https://example.org"' in html
