"""Parcels on their way."""

import pytest

from saem.lib.fleet import Parcel
from saem.lib.fleet.errors import ParcelError


@pytest.mark.parametrize("data", [b"", b"\n", b"a\nb\n", bytes(range(256)), "한글".encode()])
def test_a_parcel_arrives_as_it_left(data: bytes) -> None:
    parcel = Parcel(facts={"name": "과제\n1.csv", "n": 3}, data=data, supply="sha256:0/rain")
    assert Parcel.from_bytes(parcel.to_bytes()) == parcel


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"{}\n", b"[]\n", b"\xff\n", b'{"facts": 1, "supply": ""}\n', b'{"facts": {}, "supply": ""}']
)
def test_anything_else_is_no_parcel(raw: bytes) -> None:
    with pytest.raises(ParcelError):
        Parcel.from_bytes(raw)
