"""Which columns a sheet has: the report to the office and the sheet of results, as Korean offices use them.

The titles are what the offices' forms say, so they are data and no message of ours.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

Value = str | dt.date | Fraction | int | None
Row = Mapping[str, Value]


class Kind(StrEnum):
    """`lines` is a text whose spaces and line breaks are its author's; of a `code`, leading zeros matter.

    `number` is exact, with decimals.
    """

    TEXT = "text"
    LINES = "lines"
    CODE = "code"
    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole"


@dataclass(frozen=True, kw_only=True)
class Column:
    """`also` are other titles that staff write. A `fixed` column is ours: a change in it is a problem.

    Numbers are from 0 to `most`, a score's or a count's usual range. `width` is in letters.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    also: tuple[str, ...] = ()
    required: bool = False
    fixed: bool = False
    most: int = 100
    width: int = 12


@dataclass(frozen=True, kw_only=True)
class Layout:
    """`identities` tell people apart: the first of them that a row fills in and that somebody has says who it is."""

    name: str
    columns: tuple[Column, ...]
    identities: tuple[tuple[str, ...], ...]

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        return {column.key: column for column in self.columns}

    @cached_property
    def by_title(self) -> Mapping[str, Column]:
        """By title as `plain_title` gives it."""
        return {plain_title(title): each for each in self.columns for title in (each.title, *each.also)}

    @cached_property
    def personal(self) -> frozenset[str]:
        """Keys that tell people apart, so that they never belong to several rows."""
        return frozenset(key for identity in self.identities for key in identity)


def plain_title(title: str) -> str:
    """A title without what differs between hands: spaces, width, case, and a remark in brackets at the end."""
    plain = unicodedata.normalize("NFKC", title).casefold()
    return re.sub(r"\s+|\(.*\)\s*$", "", plain)


_NAME = Column(key="name", title="성명", also=("이름",), required=True, width=10)
_BIRTH = Column(key="birth_date", title="생년월일", kind=Kind.DATE, required=True, width=12)

REPORT = Layout(
    name="연수이수보고",
    columns=(
        _NAME,
        _BIRTH,
        Column(
            key="neis_number", title="NEIS 개인번호", kind=Kind.CODE, also=("나이스 개인번호", "개인번호"), width=16
        ),
        Column(key="designation_number", title="연수지명번호", kind=Kind.CODE, also=("지명번호",), width=20),
        Column(key="school", title="학교명", also=("소속", "소속학교"), width=18),
        Column(key="area", title="연수영역", width=12),
        Column(key="course", title="과정명", also=("연수과정명",), width=32),
        Column(key="institute", title="연수기관", also=("연수기관명",), width=20),
        Column(key="start", title="시작일", kind=Kind.DATE, also=("연수시작일",), width=12),
        Column(key="end", title="종료일", kind=Kind.DATE, also=("연수종료일",), width=12),
        Column(key="period", title="이수기간", width=14),
        Column(key="score", title="성적", kind=Kind.NUMBER, width=8),
        Column(key="job_relevance", title="직무관련성", width=12),
        Column(key="credits", title="평점학점", kind=Kind.WHOLE, also=("학점",), width=10),
        Column(key="completion_number", title="연수이수번호", kind=Kind.CODE, also=("이수번호",), fixed=True, width=34),
    ),
    identities=(("neis_number",), ("completion_number",), ("name", "birth_date")),
)

RESULTS = Layout(
    name="성적결과",
    columns=(
        Column(key="course_code", title="과정코드", kind=Kind.CODE, fixed=True, width=14),
        Column(key="school", title="학교명", also=("소속", "소속학교"), width=18),
        Column(key="category", title="구분", width=10),
        _NAME,
        _BIRTH,
        Column(key="online_exam", title="온라인시험", kind=Kind.NUMBER, width=11),
        Column(key="assignment", title="과제", kind=Kind.NUMBER, width=8),
        Column(key="participation", title="참여도", kind=Kind.NUMBER, width=8),
        Column(key="attended_exam", title="출석시험", kind=Kind.NUMBER, also=("출석고사",), width=10),
        Column(key="converted", title="환산점수", kind=Kind.NUMBER, width=10),
        Column(key="status", title="이수현황", width=10),
        Column(key="office", title="시도교육청", width=18),
        Column(key="district", title="관할교육청", also=("교육지원청",), width=22),
        Column(key="completion_number", title="이수번호", kind=Kind.CODE, also=("연수이수번호",), fixed=True, width=34),
    ),
    identities=(("completion_number",), ("course_code", "name", "birth_date"), ("name", "birth_date")),
)
