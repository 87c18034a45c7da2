"""Frames on a stream socket: a JSON header, raw blobs behind it, file descriptors beside it. Never pickle."""

import array
import json
import socket
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_LENGTHS = struct.Struct("!II")
_MOST_DESCRIPTORS = 8
_CHUNK = 1 << 18


class FrameError(Exception):
    """The peer sent something that is not a frame, or one larger than the caps."""


@dataclass(frozen=True, kw_only=True)
class Caps:
    """The largest frame to accept, in bytes."""

    header: int
    blobs: int


@dataclass(frozen=True, kw_only=True)
class Frame:
    header: dict[str, Any]
    blobs: tuple[bytes, ...] = ()
    descriptors: tuple[int, ...] = ()


class Reader:
    """Collects bytes until they make a frame, so that a peer who stalls half-way costs nobody a thread."""

    def __init__(self, caps: Caps) -> None:
        self._caps = caps
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Frame | None:
        """Add bytes; returns the frame once it is whole. Raises FrameError."""
        self._buffer += data
        if len(self._buffer) < _LENGTHS.size:
            return None
        header_size, blob_size = _LENGTHS.unpack_from(self._buffer)
        if header_size > self._caps.header or blob_size > self._caps.blobs:
            raise FrameError("a frame larger than its cap")
        whole = _LENGTHS.size + header_size + blob_size
        if len(self._buffer) < whole:
            return None
        view = bytes(self._buffer[_LENGTHS.size : whole])
        del self._buffer[:whole]
        return _parse(view[:header_size], view[header_size:])


def _parse(header_bytes: bytes, rest: bytes) -> Frame:
    try:
        header = json.loads(header_bytes)
        sizes = header["blobs"]
        if not all(type(size) is int and size >= 0 for size in sizes) or sum(sizes) != len(rest):
            raise FrameError("blob sizes do not add up")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise FrameError("a header that is not one") from error
    blobs, start = [], 0
    for size in sizes:
        blobs.append(rest[start : start + size])
        start += size
    return Frame(header=header, blobs=tuple(blobs))


def pack(header: Mapping[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    text = json.dumps({**header, "blobs": [len(blob) for blob in blobs]}).encode()
    return b"".join((_LENGTHS.pack(len(text), sum(map(len, blobs))), text, *blobs))


def send(
    sock: socket.socket, header: Mapping[str, Any], blobs: Sequence[bytes] = (), descriptors: Sequence[int] = ()
) -> None:
    """Send one frame. Raises OSError when the peer is gone."""
    data = pack(header, blobs)
    beside = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
    sent = sock.sendmsg([data], beside)
    if sent < len(data):
        sock.sendall(memoryview(data)[sent:])


def receive(sock: socket.socket, caps: Caps) -> Frame | None:
    """Wait for one frame; None when the peer closed between frames. Raises FrameError, OSError."""
    start, descriptors = _receive_first(sock)
    if not start:
        return None
    header_size, blob_size = _LENGTHS.unpack(start)
    if header_size > caps.header or blob_size > caps.blobs:
        raise FrameError("a frame larger than its cap")
    body = _receive_exactly(sock, header_size + blob_size)
    frame = _parse(body[:header_size], body[header_size:])
    return Frame(header=frame.header, blobs=frame.blobs, descriptors=descriptors)


def _receive_first(sock: socket.socket) -> tuple[bytes, tuple[int, ...]]:
    space = socket.CMSG_SPACE(_MOST_DESCRIPTORS * 4)
    data, beside, _, _ = sock.recvmsg(_LENGTHS.size, space)
    descriptors = array.array("i")
    for level, kind, content in beside:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            descriptors.frombytes(content[: len(content) // 4 * 4])
    if data and len(data) < _LENGTHS.size:
        data += _receive_exactly(sock, _LENGTHS.size - len(data))
    return data, tuple(descriptors)


def _receive_exactly(sock: socket.socket, size: int) -> bytes:
    received = bytearray()
    while len(received) < size:
        chunk = sock.recv(min(_CHUNK, size - len(received)))
        if not chunk:
            raise FrameError("the peer left in the middle of a frame")
        received += chunk
    return bytes(received)
