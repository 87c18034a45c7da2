"""Scores of a stage as a spreadsheet: out, and back in with a report of every number that would change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.models import (
    Application,
    ReviewAssignment,
    Reviewer,
    ReviewScore,
    ScoreChange,
    ScoreSource,
    Selection,
    SelectionSheet,
    SheetState,
)
from saem.apps.cohorts.selection import sheets
from saem.apps.cohorts.selection.assigning import coming_to
from saem.apps.cohorts.selection.drawing import locked
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.reviewers import fixed
from saem.apps.cohorts.selection.scoring import checked
from saem.apps.cohorts.selection.settling import may_change_scores
from saem.errors import SaemError
from saem.lib.completion.sheets import Column, Kind, Layout, write_sheet
from saem.lib.completion.sheets.layouts import plain_title
from saem.lib.selection.rules import Stage

BATCH = 1000
RECEIPT, NAME, REVIEWER, COMMENT = "접수 번호", "성명", "심사자", "의견"
COMMENTS = {"ko": COMMENT, "en": "Comment"}
SHOWN, SHOWN_SIGNS = 300, 200


def layout_of(stage: Stage) -> Layout:
    """Columns of a stage's sheet; titles that two criteria share get a number."""
    taken = {plain_title(title) for title in (RECEIPT, NAME, REVIEWER, COMMENT)}
    criteria = []
    for number, criterion in enumerate(stage.criteria, start=1):
        title = criterion.title.ko
        if plain_title(title) in taken:
            title = f"{number}. {title}"
        taken.add(plain_title(title))
        criteria.append(Column(key=criterion.id, title=title, kind=Kind.NUMBER, most=int(criterion.maximum) + 1))
    return Layout(
        name=stage.title.ko[:28].translate(str.maketrans("[]:*?/\\", "       ")),
        columns=(
            Column(key="-receipt", title=RECEIPT, kind=Kind.CODE, required=True, width=16),
            Column(key="-name", title=NAME, width=10),
            Column(key="-reviewer", title=REVIEWER, also=("심사자 이메일",), width=26),
            *criteria,
            Column(key="-comment", title=COMMENT, kind=Kind.LINES, width=40),
        ),
        identities=(("-receipt", "-reviewer"),),
    )


def write_scores(file: IO[bytes], selection: Selection, stage: Stage) -> int:
    """Every reading of a stage with its numbers; applications without one get an empty row for the office."""
    return write_sheet(file, layout_of(stage), _rows(selection, stage), title=selection.call.title)


def _rows(selection: Selection, stage: Stage) -> Iterator[dict[str, Any]]:
    readings = selection.readings.filter(stage=stage.id, withdrawn_at=None)
    read = set[int]()
    found = readings.select_related("application", "reviewer__user").prefetch_related("scores")
    for one in found.order_by("application__receipt", "reviewer").iterator(chunk_size=BATCH):
        read.add(one.application_id)
        yield {
            "-receipt": one.application.receipt or "",
            "-name": one.application.name,
            "-reviewer": (one.reviewer.user.email or "") if one.reviewer else "",
            "-comment": one.comment,
            **{score.criterion: as_number(score.value) for score in one.scores.all()},
        }
    for application in coming_to(selection, stage.id).exclude(pk__in=read).order_by("receipt"):
        yield {"-receipt": application.receipt or "", "-name": application.name}


def as_number(value: Decimal) -> Any:
    numerator, denominator = value.as_integer_ratio()
    return numerator if denominator == 1 else Fraction(numerator, denominator)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a sheet is compared with: who comes to the stage, who reviews, what is written."""

    applications: Mapping[str, Application]
    reviewers: Mapping[str, Reviewer]
    readings: Mapping[tuple[int, int | None], ReviewAssignment]
    written: Mapping[int, Mapping[str, Decimal]]


def known_of(selection: Selection, stage: Stage, rows: Sequence[sheets.Row]) -> Known:
    """What is there for the applications that these rows name; five queries, however many."""
    receipts = {str(row.get("-receipt") or "") for row in rows}
    coming = coming_to(selection, stage.id).select_related(None).only("pk", "receipt", "call")
    # A batch is asked for by name; a whole sheet is more names than a statement may hold.
    if len(receipts) <= BATCH:
        coming = coming.filter(receipt__in=receipts)
    applications = {one.receipt or "": one for one in coming if one.receipt in receipts}
    readings = selection.readings.filter(stage=stage.id, withdrawn_at=None).prefetch_related("scores")
    here = {one.pk for one in applications.values()}
    if len(here) <= BATCH:
        readings = readings.filter(application__in=here)
    found = {(one.application_id, one.reviewer_id): one for one in readings if one.application_id in here}
    return Known(
        applications=applications,
        reviewers={
            (one.user.email or "").lower(): one
            for one in Reviewer.objects.filter(selection=selection).select_related("user")
        },
        readings=found,
        written={one.pk: {each.criterion: each.value for each in one.scores.all()} for one in found.values()},
    )


def look(
    sheet: SelectionSheet, rows: list[sheets.Row], problems: list[dict[str, Any]], _letters: Mapping[str, str]
) -> None:
    """Compare what was read with what is there, and keep the report; rows with a problem are left out."""
    selection = sheet.call.selection
    stage = rules_of(selection).stage(sheet.stage)
    known, kept, changes, seen = (
        known_of(selection, stage, rows),
        list[sheets.Row](),
        list[dict[str, Any]](),
        set[Any](),
    )
    wrong_lines = {one["line"] for one in problems if one["is_error"]}
    for row in rows:
        found = problem_of(row, stage, known, seen)
        if found is not None:
            problems.append(found)
        elif row["line"] not in wrong_lines:
            differing = list(differences(row, stage, known))
            changes += differing
            kept += [row | {"-seen": revision_of(row, known)}] if differing else []
    numbers = {"changes": changes[:SHOWN], "change_count": len(changes), "same": len(rows) - len(kept)}
    sheets.keep_reading(sheet, kept, problems, **numbers)


def problem_of(row: sheets.Row, stage: Stage, known: Known, seen: set[Any]) -> dict[str, Any] | None:
    """Why a row cannot be taken: nobody knows the application or the reviewer, twice, not assigned, off the scale."""
    line, receipt = int(row["line"]), str(row.get("-receipt") or "")
    mail = str(row.get("-reviewer") or "").lower()
    application = known.applications.get(receipt)
    if application is None:
        return sheets.problem_row(line, "sheet.unknown_receipt", {"receipt": receipt})
    reviewer = known.reviewers.get(mail)
    if mail and reviewer is None:
        return sheets.problem_row(line, "sheet.unknown_reviewer", {"reviewer": mail})
    if (receipt, mail) in seen:
        return sheets.problem_row(line, "sheet.row_twice", {"receipt": receipt})
    seen.add((receipt, mail))
    if reviewer is not None and (application.pk, reviewer.pk) not in known.readings:
        return sheets.problem_row(line, "sheet.not_assigned", {"receipt": receipt, "reviewer": mail})
    return problem_of_cells(row, stage, known)


def problem_of_cells(row: sheets.Row, stage: Stage, known: Known) -> dict[str, Any] | None:
    """What is wrong with the numbers, or the comment, of a row whose reading is known."""
    texts = {each.id: str(row.get(each.id) or "") for each in stage.criteria}
    _values, wrong = checked(stage, texts)
    if wrong:
        code, params = next(iter(wrong.values()))
        return sheets.problem_row(int(row["line"]), code, params)
    if is_comment_alone(row, stage, known):
        return sheets.problem_row(int(row["line"]), "sheet.comment_alone", {"receipt": row["-receipt"]})
    return None


def differences(row: sheets.Row, stage: Stage, known: Known) -> Iterator[dict[str, Any]]:
    """Every number that a row changes, and the comment. A blank cell changes nothing: nobody takes a score away so."""
    application, reviewer = pair_of(row, known)
    reading = reading_of(row, known)
    assert application is not None
    before = known.written.get(reading.pk, {}) if reading else {}
    place = {
        "line": row["line"],
        "receipt": row["-receipt"],
        "reviewer": reviewer.user.display_name if reviewer else "",
    }
    for criterion in stage.criteria:
        text = row.get(criterion.id)
        after = Decimal(text) if text else None
        if after is not None and before.get(criterion.id) != after:
            was = before.get(criterion.id)
            yield place | {
                "criterion": criterion.title.model_dump(),
                "before": f"{was.normalize():f}" if was is not None else "",
                "after": f"{after.normalize():f}",
            }

    old, comment = reading.comment.strip() if reading else "", str(row.get("-comment") or "")
    if comment and comment != old and not is_comment_alone(row, stage, known):
        yield place | {"criterion": COMMENTS, "before": old[:SHOWN_SIGNS], "after": comment[:SHOWN_SIGNS]}


def is_comment_alone(row: sheets.Row, stage: Stage, known: Known) -> bool:
    """A comment of the office without a number: there is no reading that it could be kept with."""
    has_numbers = any(row.get(criterion.id) for criterion in stage.criteria)
    return bool(row.get("-comment")) and not has_numbers and reading_of(row, known) is None


def revision_of(row: sheets.Row, known: Known) -> int:
    """The revision of the reading that a row is about, 0 where there is none yet: what is compared is of that one."""
    reading = reading_of(row, known)
    return reading.revision if reading is not None else 0


def reading_of(row: sheets.Row, known: Known) -> ReviewAssignment | None:
    application, reviewer = pair_of(row, known)
    return known.readings.get((application.pk, reviewer.pk if reviewer else None)) if application else None


def pair_of(row: sheets.Row, known: Known) -> tuple[Application | None, Reviewer | None]:
    mail = str(row.get("-reviewer") or "").lower()
    return known.applications.get(str(row["-receipt"])), known.reviewers.get(mail)


def apply_batch(sheet: SelectionSheet) -> None:
    """Write the next batch of rows, each change with its row in the trail. Call inside a transaction."""
    selection = locked(sheet.call.selection)
    if fixed(selection):
        raise SaemError("selection.stage_settled", status=409)
    rows = sheets.unpacked(sheet)[sheet.done : sheet.done + BATCH]
    stage = rules_of(selection).stage(sheet.stage)
    known = known_of(selection, stage, rows)
    newer = [row for row in rows if revision_of(row, known) != row.get("-seen", 0)]
    _leave(sheet, newer)
    pairs = list(_readings([row for row in rows if row not in newer], selection, stage, known))
    if _write(pairs, stage, known, sheet):
        unsettle(selection, stage.id)
    sheets.advance(sheet, len(rows))
    if sheet.state == SheetState.APPLIED and sheet.report["left"]:
        sheet.done = sheet.total = sheet.total - sheet.report["left"]
        sheet.save(update_fields=["done", "total"])


def _leave(sheet: SelectionSheet, rows: Sequence[sheets.Row]) -> None:
    """A reviewer wrote after the report was made: theirs stays, and the report says so."""
    told = [
        sheets.problem_row(int(row["line"]), "sheet.score_newer", {"receipt": str(row["-receipt"])}) for row in rows
    ]
    report = sheet.report
    sheet.report = {
        **report,
        "problems": [*told, *report.get("problems", [])][: sheets.MOST_PROBLEMS],
        "problem_count": report.get("problem_count", 0) + len(told),
        "left": report.get("left", 0) + len(told),
    }


def _readings(
    rows: Sequence[sheets.Row], selection: Selection, stage: Stage, known: Known
) -> Iterator[tuple[sheets.Row, ReviewAssignment]]:
    """Each row with its reading. What the office enters first gets one now; what nobody knows any more is left out."""
    new = list[tuple[sheets.Row, ReviewAssignment]]()
    for row in rows:
        application, reviewer = pair_of(row, known)
        if application is None or (row.get("-reviewer") and reviewer is None):
            continue
        reading = known.readings.get((application.pk, reviewer.pk if reviewer else None))
        if reading is not None:
            yield row, reading
        elif reviewer is None:
            new.append((row, ReviewAssignment(selection=selection, application=application, stage=stage.id)))
    ReviewAssignment.objects.bulk_create([reading for _row, reading in new])
    yield from new


def _write(
    pairs: Sequence[tuple[sheets.Row, ReviewAssignment]], stage: Stage, known: Known, sheet: SelectionSheet
) -> bool:
    """Numbers, their trail and the readings, in three statements; whether a number changed."""
    scores, trail = list[ReviewScore](), list[ScoreChange]()
    reason = " · ".join(part for part in (sheet.name, sheet.reason) if part)
    for row, reading in pairs:
        before = known.written.get(reading.pk, {})
        values = {each.id: Decimal(row[each.id]) for each in stage.criteria if row.get(each.id)}
        for criterion, after in values.items():
            was = before.get(criterion)
            if was != after:
                scores.append(ReviewScore(reading=reading, criterion=criterion, value=after))
                facts = {"before": was, "after": after, "source": ScoreSource.SHEET, "reason": reason}
                trail.append(ScoreChange(reading=reading, criterion=criterion, changed_by=sheet.sent_by, **facts))
        reading.comment = str(row.get("-comment") or reading.comment)
        reading.revision += 1
        if reading.submitted_at is None and len({**before, **values}) == len(stage.criteria):
            reading.submitted_at = timezone.now()
    ReviewScore.objects.bulk_create(
        scores, update_conflicts=True, unique_fields=["reading", "criterion"], update_fields=["value"]
    )
    ScoreChange.objects.bulk_create(trail)
    readings = [reading for _row, reading in pairs]
    ReviewAssignment.objects.bulk_update(readings, ["comment", "revision", "submitted_at"], batch_size=BATCH)
    return bool(trail)


def unsettle(selection: Selection, stage: str) -> None:
    """Scores of a stage changed: where it was decided, it and the later ones are to be settled again."""
    stages = [each.id for each in rules_of(selection).stages]
    with transaction.atomic():
        if not may_change_scores(selection, stage):
            place = stages.index(stage)
            selection.settled_stage = stages[place - 1] if place else ""
        selection.revision += 1
        selection.save(update_fields=["settled_stage", "revision"])
