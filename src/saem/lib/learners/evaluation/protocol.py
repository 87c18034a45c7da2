"""How a number was come by, as canonical JSON with a hash: equal hashes mean the same question was asked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.responses import Codes, Responses

from .breakdown import DEFINITIONS as BREAKDOWNS
from .breakdown import GROUP_DEFINITIONS, Groups
from .calibration import DEFINITION as CALIBRATION
from .folds import DEFINITION as FOLDS
from .metrics import DEFINITIONS as METRICS

VERSION = 1
DEFINITIONS = {
    **METRICS,
    **BREAKDOWNS,
    "calibration": CALIBRATION,
    "folds": FOLDS,
    "row": "one row per response; chances from earlier rows of the same student; no student in training and test",
}


@dataclass(frozen=True)
class Protocol:
    """`split` says how rows were held out, `groups` is the hash of the group of each row or ""."""

    model: str
    model_version: int
    parameters: Mapping[str, Any]
    data: str
    split: Mapping[str, Any]
    groups: str = ""

    @cached_property
    def text(self) -> str:
        """Canonical JSON (sorted keys, no spaces); raises ParameterError for parameters that are not JSON."""
        return _canonical({**self._comparison(), **self._contender()})

    @cached_property
    def hash(self) -> str:
        """SHA-256 of `text`."""
        return _hash(self.text.encode())

    @cached_property
    def comparison_hash(self) -> str:
        """The hash without model and parameters: two models' numbers may be compared where it is the same."""
        return _hash(_canonical(self._comparison()).encode())

    def _comparison(self) -> dict[str, Any]:
        return {
            "protocol": VERSION,
            "data": self.data,
            "split": dict(self.split),
            "groups": self.groups,
            "definitions": DEFINITIONS | (GROUP_DEFINITIONS if self.groups else {}),
        }

    def _contender(self) -> dict[str, Any]:
        return {"model": self.model, "model_version": self.model_version, "parameters": dict(self.parameters)}


def data_hash(responses: Responses) -> str:
    """SHA-256 of the rows: names, skills, scores and times. The order of students does not count; that of a student's
    own rows does.
    """
    student_names, student = _ranked(responses.students, responses.student)
    item_names, item = _ranked(responses.items, responses.item)
    tag_names, tag = _ranked([_tag_text(responses, codes) for codes in responses.tag_sets], responses.tag)
    order = np.argsort(student, kind="stable")
    digest = sha256(json.dumps([student_names, item_names, tag_names], ensure_ascii=False).encode())
    for codes in (student, item, tag):
        digest.update(codes[order].astype("<i4").tobytes())
    digest.update(responses.score[order].astype("<f8").tobytes())
    if responses.time is not None:
        digest.update(responses.time[order].astype("<f8").tobytes())
    return f"sha256:{digest.hexdigest()}"


def groups_hash(groups: Groups | None) -> str:
    """SHA-256 of the groups of each row, or "" where there are no groups."""
    return "" if groups is None else _hash(json.dumps(list(groups), ensure_ascii=False).encode())


def _tag_text(responses: Responses, codes: Sequence[int]) -> str:
    """A tag set's skills by name: codes stand in another order in another file."""
    return json.dumps(sorted(responses.skills[code] for code in codes), ensure_ascii=False)


def _ranked(names: Sequence[str], codes: Codes) -> tuple[list[str], Codes]:
    """The names that occur, sorted, and each row's place among them."""
    used = sorted((names[code], code) for code in np.unique(codes).tolist())
    place = np.zeros(len(names), dtype=np.int32)
    place[[code for _name, code in used]] = np.arange(len(used))
    return [name for name, _code in used], place[codes]


def _canonical(value: Mapping[str, Any]) -> str:
    try:
        return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise ParameterError(f"parameters must be JSON values: {error}") from error


def _hash(data: bytes) -> str:
    return f"sha256:{sha256(data).hexdigest()}"
