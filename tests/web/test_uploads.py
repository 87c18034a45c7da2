"""The upload handler: what is too large is counted and dropped, never kept."""

import pytest
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory

from saem.web.uploads import PATIENCE, LimitedUpload


def a_handler(limit: int = 100) -> LimitedUpload:
    handler = LimitedUpload(RequestFactory().post("/"), limit=limit)
    handler.new_file("file", "a.csv", "text/csv", None)
    return handler


def test_a_small_file_arrives_whole():
    handler = a_handler()
    for part in (b"id,rain\n", b"1,0\n"):
        assert handler.receive_data_chunk(part, 0) is None
    kept = handler.file_complete(12)
    assert kept is not None
    assert (kept.read(), kept.name, kept.size) == (b"id,rain\n1,0\n", "a.csv", 12)


def test_of_a_large_file_nothing_is_kept():
    handler = a_handler()
    for _ in range(20):
        handler.receive_data_chunk(b"x" * 60, 0)
    assert handler.is_too_large
    assert handler._parts == []
    assert handler.file_complete(1200) is None


def test_several_files_share_one_limit():
    handler = a_handler()
    handler.receive_data_chunk(b"x" * 60, 0)
    handler.new_file("more", "b.csv", "text/csv", None)
    handler.receive_data_chunk(b"x" * 60, 0)
    assert handler.file_complete(60) is None


def test_patience_ends():
    handler = a_handler()
    for _ in range(PATIENCE):
        handler.receive_data_chunk(b"x" * 100, 0)
    with pytest.raises(StopUpload) as stopped:
        handler.receive_data_chunk(b"x", 0)
    assert stopped.value.connection_reset
