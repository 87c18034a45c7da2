"""The kinds of one sheet or a few: certificates, decision letters, records. Each names the template that draws it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from saem.lib.credentials.certificates import rules
from saem.lib.credentials.certificates.parts import Issuer, Language, Proof

MAX_HOURS, MAX_CREDITS = 9999, 999
MAX_ISSUERS, MAX_REASONS, MAX_ROWS = 3, 12, 2000


@dataclass(frozen=True, kw_only=True)
class Document:
    """Whom it is for, when and by whom it was issued. `issued` is also the PDF's date, so that bytes repeat."""

    template: ClassVar[str]
    name: str
    affiliation: str = ""
    issued: date
    issuers: tuple[Issuer, ...]
    language: Language = Language.KO

    def __post_init__(self) -> None:
        rules.check_texts(self, rules.NAME, "name")
        rules.check_texts(self, rules.NAME, "affiliation", required=False)
        rules.check_many("issuers", self.issuers, least=1, most=MAX_ISSUERS)


@dataclass(frozen=True, kw_only=True)
class TrainingCertificate(Document):
    """연수 이수증: that a teacher completed a training, with what the education office records.

    `designation` is the 연수지명번호, `area` the 연수영역 (직무, 자율 …), `basis` the regulation
    that the sentence names.
    """

    template: ClassVar[str] = "training.typ"
    proof: Proof
    born: date
    designation: str = ""
    course: str
    area: str
    begins: date
    ends: date
    hours: int
    credits: int | None = None
    basis: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        rules.check_texts(self, rules.LINE, "course")
        rules.check_texts(self, rules.LABEL, "area")
        rules.check_texts(self, rules.LABEL, "designation", "basis", required=False)
        rules.check_period(self.begins, self.ends)
        rules.check_amount("hours", self.hours, 1, MAX_HOURS)
        rules.check_amount("credits", self.credits, 0, MAX_CREDITS)


@dataclass(frozen=True, kw_only=True)
class AchievementCertificate(Document):
    """수료증 or 상장 for a pupil. `heading` is the large word (수료증), `award` what was won, if anything (최우수상).

    `statement` is the whole sentence of conferral; what it says is the institutions' own.
    """

    template: ClassVar[str] = "achievement.typ"
    proof: Proof
    heading: str
    award: str = ""
    course: str
    begins: date
    ends: date
    statement: str

    def __post_init__(self) -> None:
        super().__post_init__()
        rules.check_texts(self, rules.HEADING, "heading")
        rules.check_texts(self, rules.LABEL, "award", required=False)
        rules.check_texts(self, rules.LINE, "course")
        rules.check_texts(self, rules.STATEMENT, "statement")
        rules.check_period(self.begins, self.ends)


class Decision(StrEnum):
    ACCEPTED = "accepted"
    RESERVE = "reserve"
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """How to object: by when, how, and who answers."""

    until: date
    how: str
    contact: str

    def __post_init__(self) -> None:
        rules.check_texts(self, rules.PARAGRAPH, "how")
        rules.check_texts(self, rules.LINE, "contact")


@dataclass(frozen=True, kw_only=True)
class DecisionLetter(Document):
    """합격·예비·불합격 통지: the decision on one application, its reasons, what comes next, how to object."""

    template: ClassVar[str] = "letter.typ"
    proof: Proof | None = None
    application: str
    call: str
    decision: Decision
    rank: int | None = None  # the place among the reserves
    reasons: tuple[str, ...]
    steps: tuple[str, ...] = ()
    reply_by: date | None = None
    appeal: Appeal

    def __post_init__(self) -> None:
        super().__post_init__()
        rules.check_texts(self, rules.LINE, "application", "call")
        rules.check_many("reasons", self.reasons, least=1, most=MAX_REASONS)
        rules.check_many("steps", self.steps, most=MAX_REASONS)
        for field in ("reasons", "steps"):
            for text in getattr(self, field):
                rules.check_text(field, text, rules.PARAGRAPH)
        rules.check_amount("rank", self.rank, 1, MAX_ROWS)


@dataclass(frozen=True, kw_only=True)
class Completion:
    """One row of a record: a training that was completed."""

    number: str
    course: str
    area: str
    begins: date
    ends: date
    hours: int
    credits: int | None = None

    def __post_init__(self) -> None:
        rules.check_texts(self, rules.LABEL, "number", "area")
        rules.check_texts(self, rules.LINE, "course")
        rules.check_period(self.begins, self.ends)
        rules.check_amount("hours", self.hours, 1, MAX_HOURS)
        rules.check_amount("credits", self.credits, 0, MAX_CREDITS)


@dataclass(frozen=True, kw_only=True)
class RecordSheet(Document):
    """이수 내역서: every training that one person completed, with the sums. The table goes on over pages."""

    template: ClassVar[str] = "record.typ"
    proof: Proof
    born: date
    rows: tuple[Completion, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        rules.check_many("rows", self.rows, least=1, most=MAX_ROWS)
