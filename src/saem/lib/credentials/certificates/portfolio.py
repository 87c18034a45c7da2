"""The portfolio: what a learner made, earned, learned and thought, in one booklet."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from saem.lib.credentials.certificates import rules
from saem.lib.credentials.certificates.documents import Document
from saem.lib.credentials.certificates.errors import DocumentError, Fault
from saem.lib.credentials.certificates.parts import Proof
from saem.lib.credentials.certificates.pictures import Picture

MAX_ENTRIES, MAX_SKILLS, MAX_RESULTS, MAX_STEPS = 60, 200, 12, 100


@dataclass(frozen=True, kw_only=True)
class Result:
    """One figure of a project, as it should be read: 정확도, 0.91."""

    label: str
    value: str

    def __post_init__(self) -> None:
        rules.check_texts(self, rules.NAME, "label", "value")


@dataclass(frozen=True, kw_only=True)
class ProjectEntry:
    title: str
    begins: date
    ends: date
    role: str = ""
    summary: str
    results: tuple[Result, ...] = ()
    picture: Picture | None = None

    def __post_init__(self) -> None:
        rules.check_texts(self, rules.LINE, "title")
        rules.check_texts(self, rules.LINE, "role", required=False)
        rules.check_texts(self, rules.TEXT, "summary")
        rules.check_many("results", self.results, most=MAX_RESULTS)
        rules.check_period(self.begins, self.ends)


@dataclass(frozen=True, kw_only=True)
class BadgeEntry:
    """`address` is where the badge itself can be checked."""

    name: str
    issuer: str
    earned: date
    criteria: str
    picture: Picture | None = None
    address: str = ""

    def __post_init__(self) -> None:
        rules.check_texts(self, rules.NAME, "name", "issuer")
        rules.check_texts(self, rules.PARAGRAPH, "criteria")
        if self.address:
            rules.check_address("address", self.address)


@dataclass(frozen=True, kw_only=True)
class Growth:
    """Mastery of one skill as chances from 0 to 1: `now` within `low`–`high`, `before` where it was measured."""

    skill: str
    before: float | None = None
    now: float
    low: float
    high: float

    def __post_init__(self) -> None:
        rules.check_texts(self, rules.LINE, "skill")
        for field in ("before", "now", "low", "high"):
            rules.check_amount(field, getattr(self, field), 0, 1)
        if not self.low <= self.now <= self.high:
            raise DocumentError(Fault.AMOUNT, "now")


@dataclass(frozen=True, kw_only=True)
class CourseEntry:
    """What was done of a course: the names of its parts, and sentences about it, each a paragraph of `text`."""

    title: str
    detail: str = ""
    steps: tuple[str, ...] = ()
    text: str = ""

    def __post_init__(self) -> None:
        rules.check_texts(self, rules.LINE, "title")
        rules.check_texts(self, rules.LINE, "detail", required=False)
        rules.check_texts(self, rules.TEXT, "text", required=False)
        rules.check_many("steps", self.steps, most=MAX_STEPS)
        for step in self.steps:
            rules.check_text("steps", step, rules.LINE)


@dataclass(frozen=True, kw_only=True)
class Reflection:
    prompt: str
    text: str
    written: date

    def __post_init__(self) -> None:
        rules.check_texts(self, rules.LINE, "prompt")
        rules.check_texts(self, rules.TEXT, "text")


@dataclass(frozen=True, kw_only=True)
class Portfolio(Document):
    """Sections without entries are left out."""

    template: ClassVar[str] = "portfolio.typ"
    proof: Proof | None = None
    title: str
    program: str
    introduction: str = ""
    projects: tuple[ProjectEntry, ...] = ()
    badges: tuple[BadgeEntry, ...] = ()
    growth: tuple[Growth, ...] = ()
    courses: tuple[CourseEntry, ...] = ()
    reflections: tuple[Reflection, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        rules.check_texts(self, rules.LINE, "title", "program")
        rules.check_texts(self, rules.TEXT, "introduction", required=False)
        for field in ("projects", "badges", "courses", "reflections"):
            rules.check_many(field, getattr(self, field), most=MAX_ENTRIES)
        rules.check_many("growth", self.growth, most=MAX_SKILLS)
