"""Frames between host, cells and daemon: whole, in pieces, and broken."""

import os
import socket
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.sandbox.inside.frames import Caps, FrameError, Reader, pack, receive, send

CAPS = Caps(header=1000, blobs=1000)


def test_round_trip_with_descriptors() -> None:
    here, there = socket.socketpair()
    with here, there:
        reading, writing = os.pipe()
        send(here, {"한글": [1, None]}, (b"a", b"", b"\0" * 10), (writing,))
        os.close(writing)
        frame = receive(there, CAPS)
        assert frame is not None
        assert frame.header["한글"] == [1, None]
        assert frame.blobs == (b"a", b"", b"\0" * 10)
        os.write(frame.descriptors[0], b"through")
        assert os.read(reading, 99) == b"through"
        for descriptor in (reading, *frame.descriptors):
            os.close(descriptor)


def test_end_between_frames() -> None:
    here, there = socket.socketpair()
    with there:
        here.close()
        assert receive(there, CAPS) is None


def test_end_inside_a_frame() -> None:
    here, there = socket.socketpair()
    with there:
        here.sendall(pack({})[:-1])
        here.close()
        with pytest.raises(FrameError):
            receive(there, CAPS)


@given(st.lists(st.integers(1, 20), max_size=200), st.binary(max_size=100))
def test_pieces_of_any_size(sizes: list[int], blob: bytes) -> None:
    data = pack({"n": 1}, (blob,)) + pack({"n": 2})
    reader, found, start = Reader(CAPS), [], 0
    for size in [*sizes, len(data)]:
        frame = reader.feed(data[start : start + size])
        start += size
        while frame is not None:
            found.append(frame)
            frame = reader.feed(b"")
    assert [(frame.header["n"], frame.blobs) for frame in found] == [(1, (blob,)), (2, ())]


@pytest.mark.parametrize(
    "data",
    [
        struct.pack("!II", 1001, 0),
        struct.pack("!II", 0, 1001),
        struct.pack("!II", 4, 0) + b"null",
        struct.pack("!II", 2, 0) + b"{}",
        struct.pack("!II", 4, 0) + b"\xff\xff\xff\xff",
        struct.pack("!II", 14, 0) + b'{"blobs": [1]}',
        struct.pack("!II", 18, 0) + b'{"blobs": [-1, 1]}',
        struct.pack("!II", 17, 1) + b'{"blobs": [true]}x',
        struct.pack("!II", 900, 0) + b"[" * 900,
    ],
)
def test_what_is_no_frame(data: bytes) -> None:
    with pytest.raises(FrameError):
        Reader(CAPS).feed(data)
