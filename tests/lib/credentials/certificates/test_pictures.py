"""Which pictures may be printed."""

import io

import pytest
from PIL import Image

from saem.lib.credentials.certificates import DocumentError, Fault, Picture, render
from tests.lib.credentials.certificates import samples


def drawn(body: str, head: str = "") -> bytes:
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{body}</svg>'.encode()


def saved(kind: str, size: tuple[int, int] = (12, 12)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


BAD = {
    "nothing": b"",
    "words": "직인".encode(),
    "half": saved("PNG", (400, 300))[:200],
    "gif": saved("GIF"),
    "page": b"<html><body></body></html>",
    "huge": b"<svg>" + b" " * 2**21 + b"</svg>",
    "wide": saved("PNG", (5000, 4000)),
    "utf16": drawn("").decode().encode("utf-16"),
    "script": drawn("<script>alert(1)</script>"),
    "file": drawn('<image href="/etc/passwd" width="9" height="9"/>'),
    "link": drawn('<a href="https://example.org"><path d="M0 0h9v9z"/></a>'),
    "copies": drawn('<g id="a"/><use href="#a"/>'),
    "entities": drawn("<title>&a;</title>", '<!DOCTYPE svg [<!ENTITY a "b">]>'),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_what_may_not_be_printed_is_no_picture(content: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        Picture(content=content, alt="직인")
    assert caught.value.fault is Fault.PICTURE


def test_a_picture_needs_words_for_those_who_cannot_see_it() -> None:
    with pytest.raises(DocumentError) as caught:
        Picture(content=saved("PNG"), alt=" ")
    assert (caught.value.fault, caught.value.field) == (Fault.EMPTY, "alt")


@pytest.mark.parametrize("content", [saved("PNG"), saved("JPEG"), drawn('<path d="M0 0h9v9z" fill="red"/>')])
def test_pixels_and_drawings_reach_the_page(content: bytes) -> None:
    plain = render(samples.training(issuers=(samples.office(),)), fonts=samples.FONTS)
    seal = Picture(content=content, alt="직인")
    sealed = render(samples.training(issuers=(samples.office(seal=seal),)), fonts=samples.FONTS)
    assert reddish(sealed) > 500
    assert reddish(plain) == 0


def test_a_drawing_that_typst_cannot_read_is_told() -> None:
    broken = Picture(content=b"<svg><path", alt="직인")
    with pytest.raises(DocumentError) as caught:
        render(samples.training(issuers=(samples.office(seal=broken),)), fonts=samples.FONTS)
    assert caught.value.fault is Fault.TYPESETTING
    assert "SVG" in caught.value.detail


def reddish(pdf: bytes) -> int:
    return sum(
        red > 200 and green < 80 and blue < 80
        for red, green, blue in zip(*[iter(samples.rasterised(pdf).tobytes())] * 3, strict=True)
    )
