"""A picture is drawn anew: nothing beside its pixels stays, and what is no picture is refused."""

import io

import pytest
from PIL import Image

from saem.apps.projects.showcase import pictures
from saem.apps.projects.showcase.pictures import NotTaken, RefusedPictureError, draw_anew
from tests.apps.projects.showcase.a_showcase import a_picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_metadata_is_gone(kind: str):
    given = a_picture(kind)
    assert b"Saem Camera" in given
    drawn = draw_anew(given)
    assert b"Saem Camera" not in drawn.data
    with Image.open(io.BytesIO(drawn.data)) as kept:
        assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (40, 30), {})


def test_a_large_one_becomes_small():
    drawn = draw_anew(a_picture("PNG", (3200, 100)))
    assert (drawn.width, drawn.height) == (1600, 50)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", NotTaken.NO_PICTURE),
        (b"<svg onload='x'/>", NotTaken.NO_PICTURE),
        (b"%PDF-1.4\n%%EOF", NotTaken.NO_PICTURE),
        (a_picture()[:60] + b"\xff\xd9", NotTaken.NO_PICTURE),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, reason: NotTaken):
    with pytest.raises(RefusedPictureError) as refused:
        draw_anew(data)
    assert refused.value.reason is reason


def test_too_many_pixels_are_refused_before_they_are_unpacked(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    with pytest.raises(RefusedPictureError) as refused:
        draw_anew(a_picture())
    assert refused.value.reason is NotTaken.TOO_MANY_PIXELS
