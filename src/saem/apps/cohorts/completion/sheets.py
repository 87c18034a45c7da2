"""The office's two sheets: the report of who completed (15 fields), and the sheet of results, out and in again."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import IO, Any

from saem.apps.cohorts import seals
from saem.apps.cohorts.completion.findings import total_of
from saem.apps.cohorts.completion.training import set_scores, set_trainees
from saem.apps.cohorts.models import (
    AssessmentScore,
    Cohort,
    Completion,
    Enrolment,
    Standing,
    StandingOutcome,
    TraineeRecord,
    TrainingCourse,
)
from saem.apps.people.models import User
from saem.lib.completion import Problem, Severity
from saem.lib.completion.sheets import REPORT, RESULTS, Row, Value, difference, read_sheet, write_sheet

CHUNK = 500
HUNDRED = Decimal(100)
SALT = "saem.cohorts.completion.sheet"
# The parts of an assessment that the sheet has columns for, as rules name them.
PARTS = ("online_exam", "assignment", "participation", "attended_exam")
FIELDS = {
    "school": "school",
    "category": "kind",
    "office": "office",
    "district": "district",
    "birth_date": "birth_date",
}
# What the offices' forms say, in Korean whatever language the page is read in.
STATUS = {
    StandingOutcome.COMPLETED: "이수",
    StandingOutcome.NOT_YET: "진행",
    StandingOutcome.NO_LONGER_POSSIBLE: "미이수",
}
RELEVANT, NOT_RELEVANT = "관련", "무관"


def write_report(cohort: Cohort, training: TrainingCourse) -> IO[bytes]:
    """Return an open temporary file, at its beginning, with a row for each valid completion, by number."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the response, which closes it
    write_sheet(file, REPORT, _report_rows(cohort, training), title=REPORT.name)
    file.seek(0)
    return file


def _report_rows(cohort: Cohort, training: TrainingCourse) -> Iterator[Row]:
    rows = Completion.objects.filter(enrolment__classroom__cohort=cohort, withdrawn_at=None).order_by(
        "year", "sequence"
    )
    for each in rows.select_related("enrolment__trainee").iterator(chunk_size=CHUNK):
        trainee: TraineeRecord | None = getattr(each.enrolment, "trainee", None)
        yield {
            "name": each.name,
            "birth_date": trainee.birth_date if trainee else None,
            "neis_number": trainee.neis_number if trainee else "",
            "designation_number": trainee.designation_number if trainee else "",
            "school": trainee.school if trainee else "",
            "area": training.area,
            "course": cohort.title,
            "institute": cohort.institution.name,
            "start": cohort.starts_on,
            "end": cohort.ends_on,
            "period": f"{training.hours}시간",
            "score": Fraction(each.total) if each.total is not None else None,
            "job_relevance": RELEVANT if training.is_job_related else NOT_RELEVANT,
            "credits": each.credits,
            "completion_number": each.number,
        }


def write_results(cohort: Cohort) -> IO[bytes]:
    """Return an open temporary file, at its beginning, with a row for everybody who is in the cohort."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the response, which closes it
    write_sheet(file, RESULTS, result_rows(cohort).values(), title=RESULTS.name)
    file.seek(0)
    return file


def result_rows(cohort: Cohort) -> dict[int, Row]:
    """What the sheet of results says of each person now, by enrolment, in five queries."""
    people = Enrolment.objects.present().filter(classroom__cohort=cohort).select_related("user", "trainee", "standing")
    numbers = dict(
        Completion.objects.filter(enrolment__classroom__cohort=cohort, withdrawn_at=None).values_list(
            "enrolment_id", "number"
        )
    )
    scores: dict[int, dict[str, Fraction]] = {}
    for row in AssessmentScore.objects.filter(enrolment__classroom__cohort=cohort):
        scores.setdefault(row.enrolment_id, {})[row.part] = Fraction(row.points) / Fraction(row.most) * 100
    training = TrainingCourse.objects.filter(cohort=cohort).first()
    return {
        each.pk: _result_row(each, training.code if training else "", scores.get(each.pk, {}), numbers.get(each.pk, ""))
        for each in people.order_by("classroom__name", "nickname", "pk")
    }


def status_of(standing: Standing) -> str:
    """Nobody is reported as lost for a list that is still to be filled in."""
    return STATUS[StandingOutcome.NOT_YET if standing.awaits_lists else StandingOutcome(standing.outcome)]


def _result_row(enrolment: Enrolment, code: str, scores: Mapping[str, Fraction], number: str) -> Row:
    trainee: TraineeRecord | None = getattr(enrolment, "trainee", None)
    standing: Standing | None = getattr(enrolment, "standing", None)
    return {
        "course_code": code,
        "school": trainee.school if trainee else "",
        "category": trainee.kind if trainee else "",
        "name": (trainee.name if trainee else "") or enrolment.user.display_name or enrolment.nickname,
        "birth_date": trainee.birth_date if trainee else None,
        **{part: scores.get(part) for part in PARTS},
        "converted": total_of(standing.findings) if standing else None,
        "status": status_of(standing) if standing else "",
        "office": trainee.office if trainee else "",
        "district": trainee.district if trainee else "",
        "completion_number": number,
    }


@dataclass(frozen=True, kw_only=True)
class CellChange:
    """One cell that would change, with what staff read of it."""

    enrolment: int
    name: str
    key: str
    title: str
    before: str
    after: str
    cell: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """What applying a sheet would change, and everything that is odd about it."""

    changes: tuple[CellChange, ...]
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        return any(each.severity == Severity.ERROR for each in self.problems)


def read_results(cohort: Cohort, file: IO[bytes], name: str) -> Report:
    """Compare an uploaded sheet of results with what is written; nothing is changed.

    Points, and what the record says of a person, may change. What we work out (total, status, number) and the name,
    which tells people apart, may not, and are passed over here.
    """
    known = result_rows(cohort)
    found = difference(read_sheet(file, RESULTS, name=name), known)
    titles = RESULTS.by_key
    changes = [
        CellChange(
            enrolment=each.person,
            name=str(known[each.person]["name"]),
            key=each.key,
            title=titles[each.key].title,
            before=text_of(each.before),
            after=text_of(each.after),
            cell=each.cell,
        )
        for each in found.changes
        if each.key in PARTS or each.key in FIELDS
    ]
    return Report(changes=tuple(changes), problems=found.problems)


def text_of(value: Value) -> str:
    """A value as it is sealed and shown: exact, with decimals where that is exact."""
    if isinstance(value, Fraction):
        return f"{float(value):.10g}"
    return "" if value is None else str(value)


def sealed(report: Report, cohort: Cohort) -> str:
    """The changes as text that only we could have written, so that what is applied is what was shown."""
    cells = [[each.enrolment, each.key, each.before, each.after] for each in report.changes]
    return seals.sealed(cells, salt=SALT, place=cohort.pk)


def apply(cohort: Cohort, seal: str, *, by: User) -> tuple[int, int]:
    """Apply what was shown; returns how many cells changed and how many were left for a colleague's newer value.

    Raises BadSignature for a seal that is not ours, ran out, or belongs to another cohort.
    """
    cells, now = seals.unsealed(seal, salt=SALT, place=cohort.pk), result_rows(cohort)
    fresh = [cell for cell in cells if cell[0] in now and text_of(now[cell[0]].get(cell[1])) == cell[2]]
    scores: dict[int, dict[str, tuple[Decimal, Decimal] | None]] = {}
    records: dict[int, dict[str, Any]] = {}
    for person, key, _before, after in fresh:
        if key in PARTS:
            scores.setdefault(person, {})[key] = (Decimal(after), HUNDRED) if after else None
        else:
            records.setdefault(person, {})[FIELDS[key]] = after or (None if key == "birth_date" else "")
    set_trainees(records, reason="sheet", by=by)
    set_scores(scores, reason="sheet", by=by)
    return len(fresh), len(cells) - len(fresh)
