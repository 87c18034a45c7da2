"""Responses of learners to items, in order: what every model is fitted on."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from .errors import ResponsesError
from .findings import Finding

Codes = NDArray[np.int32]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Name = TypeVar("Name", bound=Hashable)
UNKNOWN = -1


@dataclass(frozen=True)
class Responses:
    """One row per response; rows of one student stand in the order in which they were given.

    Names are looked up once: `student`, `item` and `tag` are codes (n,) into `students`, `items` and `tag_sets`. A tag
    set is the skills of a response, as sorted codes into `skills`; a response with two skills is still one row. `score`
    (n,) is 0 or 1, or a whole number of points from 0 (models that know only right and wrong refuse others, naming the
    row). `time` (n,) is in seconds from any origin, or None.
    """

    students: tuple[str, ...]
    items: tuple[str, ...]
    skills: tuple[str, ...]
    tag_sets: tuple[tuple[int, ...], ...]
    student: Codes
    item: Codes
    tag: Codes
    score: Floats
    time: Floats | None = None
    findings: tuple[Finding, ...] = field(default=(), compare=False)

    def __len__(self) -> int:
        return len(self.score)

    @classmethod
    def from_columns(
        cls,
        student: Iterable[str],
        item: Iterable[str],
        skills: Iterable[Sequence[str]],
        score: Iterable[float],
        time: Iterable[float] | None = None,
    ) -> "Responses":
        """From columns of names; raises ResponsesError for columns of unequal length, NaN or negative scores."""
        students, student_codes = _coded(student)
        items, item_codes = _coded(item)
        kinds, kind_codes = _coded(map(tuple, skills))
        names = sorted({name for kind in kinds for name in kind})
        place = {name: code for code, name in enumerate(names)}
        tag_sets: dict[tuple[int, ...], int] = {}
        # Rows are many and kinds of rows few, so each kind is sorted once.
        tag_of = [tag_sets.setdefault(tuple(sorted({place[name] for name in kind})), len(tag_sets)) for kind in kinds]
        tags = np.array(tag_of, dtype=np.int32)[kind_codes]
        scores = np.fromiter(score, dtype=np.float64)
        times = None if time is None else np.fromiter(time, dtype=np.float64)
        lengths = {len(student_codes), len(item_codes), len(tags), len(scores)} | (
            set() if times is None else {len(times)}
        )
        if len(lengths) != 1:
            raise ResponsesError("unequal_columns")
        wrong = np.flatnonzero(~(scores >= 0) | ~np.isfinite(scores))
        if len(wrong):
            raise ResponsesError("score_not_a_number", row=int(wrong[0]))
        return cls(
            students, items, tuple(names), tuple(tag_sets), student_codes, item_codes, tags, scores, times,
        )  # fmt: skip

    @cached_property
    def tag_names(self) -> tuple[str, ...]:
        """One name for each tag set: its skills joined by `~`."""
        return tuple("~".join(self.skills[code] for code in codes) for codes in self.tag_sets)

    @cached_property
    def by_student(self) -> NDArray[np.int64]:
        """Row numbers, students one after the other, each student's rows in their order (a stable sort)."""
        return np.argsort(self.student, kind="stable")

    @cached_property
    def student_bounds(self) -> NDArray[np.int64]:
        """(students + 1,): where each student's rows begin in `by_student`."""
        counts = np.bincount(self.student, minlength=len(self.students))
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    def right_or_wrong(self) -> Booleans:
        """The scores as booleans; raises ResponsesError `score_not_binary` naming the first row with another score."""
        right: Booleans = self.score == 1
        binary = right | (self.score == 0)
        if not binary.all():
            raise ResponsesError("score_not_binary", row=int(np.argmin(binary)))
        return right

    def rows(self, chosen: Booleans | NDArray[np.int64]) -> "Responses":
        """Some of the rows, with the same names and codes."""
        return replace(
            self,
            student=self.student[chosen],
            item=self.item[chosen],
            tag=self.tag[chosen],
            score=self.score[chosen],
            time=None if self.time is None else self.time[chosen],
        )


def codes_in(vocabulary: Sequence[str], names: Sequence[str]) -> Codes:
    """For each name its place in the vocabulary, or UNKNOWN (-1): how a fitted model reads codes of other responses."""
    place = {name: code for code, name in enumerate(vocabulary)}
    return np.array([place.get(name, UNKNOWN) for name in names], dtype=np.int32)


def _coded(column: Iterable[Name]) -> tuple[tuple[Name, ...], Codes]:
    """The names in the order in which they first occur, and each row's place among them."""
    # A name that is not there yet takes the next number, so each row is looked up once.
    place: defaultdict[Name, int] = defaultdict(count().__next__)
    codes = np.fromiter(map(place.__getitem__, column), dtype=np.int32)
    return tuple(place), codes
