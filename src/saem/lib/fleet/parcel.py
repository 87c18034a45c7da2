"""What a job's work is given: facts, bytes, and the name of something larger that many jobs share."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from saem.lib.fleet.errors import ParcelError


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """`facts` is JSON; `supply` names what is fetched once and kept (for grading: the assignment of a version)."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    data: bytes = b""
    supply: str = ""

    def to_bytes(self) -> bytes:
        """One line of JSON, then the bytes as they are."""
        head = json.dumps({"facts": dict(self.facts), "supply": self.supply}, separators=(",", ":"))
        return head.encode() + b"\n" + self.data

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Parcel":
        """The inverse of `to_bytes`; raises ParcelError for anything else."""
        head, line_end, data = raw.partition(b"\n")
        try:
            found = json.loads(head)
            facts, supply = found["facts"], found["supply"]
        except (ValueError, KeyError, TypeError) as error:
            raise ParcelError(str(error)) from error
        if not line_end or not isinstance(facts, dict) or not isinstance(supply, str):
            raise ParcelError("shape")
        return cls(facts=facts, data=data, supply=supply)
