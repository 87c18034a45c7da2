"""Responses as models walk through them: skill by skill, student by student, in the order of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from .errors import ResponsesError
from .responses import Codes, Floats, Responses, codes_in

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Slots:
    """One slot for each skill of each response, row by row: (slots,) its row, its skill's code in the responses, and
    that in a model's words (or UNKNOWN); `bounds` (n + 1,) say where the slots of a row begin.
    """

    row: Rows
    skill: Rows
    known: Codes
    bounds: Rows

    @classmethod
    def of(cls, responses: Responses, skills: Sequence[str]) -> "Slots":
        sizes = np.array([len(codes) for codes in responses.tag_sets], dtype=np.int64)
        flat = np.fromiter(chain.from_iterable(responses.tag_sets), dtype=np.int64)
        per_row = sizes[responses.tag]
        bounds = np.concatenate([[0], np.cumsum(per_row)]).astype(np.int64)
        within = np.arange(bounds[-1]) - np.repeat(bounds[:-1], per_row)
        skill = flat[np.repeat((np.cumsum(sizes) - sizes)[responses.tag], per_row) + within]
        known = codes_in(skills, responses.skills)[skill] if len(flat) else np.zeros(0, dtype=np.int32)
        return cls(np.repeat(np.arange(len(responses)), per_row), skill, known, bounds)

    @property
    def per_row(self) -> Rows:
        return np.diff(self.bounds)


def pairs(student: Codes, of: Rows | Codes, size: int) -> Rows:
    """One number for each pair of a student and another code below `size`."""
    return student.astype(np.int64) * max(1, size) + of


def positions(responses: Responses) -> Rows:
    """(n,): how many rows the student had before this one."""
    order = responses.by_student
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order)) - responses.student_bounds[:-1][responses.student[order]]
    return place


def checked_time(responses: Responses) -> Floats:
    """The times; raises ResponsesError where there are none, or one is not a number or before the student's last."""
    if responses.time is None:
        raise ResponsesError("time_missing", where="time")
    wrong = np.flatnonzero(~np.isfinite(responses.time))
    if len(wrong):
        raise ResponsesError("time_not_a_number", row=int(wrong[0]))
    order = responses.by_student
    student, time = responses.student[order], responses.time[order]
    back = order[1:][(student[1:] == student[:-1]) & (time[1:] < time[:-1])]
    if len(back):
        row = int(back.min())
        raise ResponsesError("time_not_in_order", row=row, where=responses.students[responses.student[row]])
    return responses.time
