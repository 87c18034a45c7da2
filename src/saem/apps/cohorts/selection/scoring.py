"""Scores are written by reviewers, by the office in a sheet, after an appeal; each change leaves a row in the trail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from saem.apps.cohorts.models import ReviewAssignment, ReviewScore, ScoreChange, ScoreSource, Selection
from saem.apps.cohorts.selection.drawing import locked
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.noting import note
from saem.apps.cohorts.selection.settling import may_change_scores
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib.selection.rules import Criterion, Stage

DIGITS = Decimal("0.0001")
LONGEST_COMMENT = 4000
Values = Mapping[str, Decimal | None]
# By criterion: a code and what its words need.
Problems = Mapping[str, tuple[str, Mapping[str, object]]]


class Outcome(StrEnum):
    SAVED = "saved"
    SUBMITTED = "submitted"
    CONFLICT = "conflict"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class Saved:
    """What came of saving, the reading as it is now, and what is wrong by criterion (codes with their params)."""

    outcome: Outcome
    reading: ReviewAssignment
    problems: Mapping[str, tuple[str, Mapping[str, object]]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a page sent: texts by criterion, the comment, the revision that the page was made of."""

    values: Mapping[str, str]
    comment: str
    revision: int


def number_of(text: str) -> Decimal | None:
    """A plain number with at most four decimals; None for a blank. Raises ValueError for anything else."""
    plain = text.strip().replace(",", "")
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation as wrong:
        raise ValueError(text) from wrong
    if not number.is_finite() or abs(number) >= 10**9 or number != number.quantize(DIGITS):
        raise ValueError(text)
    return number


def checked(
    stage: Stage, texts: Mapping[str, str]
) -> tuple[dict[str, Decimal | None], dict[str, tuple[str, Mapping[str, object]]]]:
    """Numbers of the criteria that are on their scales, and what is wrong with the others."""
    values, problems = dict[str, Decimal | None](), dict[str, tuple[str, Mapping[str, object]]]()
    for criterion in stage.criteria:
        try:
            number = number_of(texts.get(criterion.id, ""))
        except ValueError:
            problems[criterion.id] = ("score.no_number", {})
            continue
        if number is not None and not criterion.minimum <= number <= criterion.maximum:
            problems[criterion.id] = ("score.outside", scale_of(criterion))
            continue
        values[criterion.id] = number
    return values, problems


def scale_of(criterion: Criterion) -> dict[str, object]:
    return {"least": str(criterion.minimum), "most": str(criterion.maximum)}


def save_review(reading: ReviewAssignment, sent: Sent, *, by: User, hand_in: bool) -> Saved:
    """Keep what a reviewer wrote. Where another page saved meanwhile, nothing is written and that is said."""
    with transaction.atomic():
        selection = locked(reading.selection)
        row = ReviewAssignment.objects.select_for_update(of=("self",)).get(pk=reading.pk)
        if row.withdrawn_at is not None or not may_change_scores(selection, row.stage):
            raise SaemError("selection.stage_settled", status=409)
        stage = rules_of(selection).stage(row.stage)
        values, problems = checked(stage, sent.values)
        comment = sent.comment.replace("\x00", "").replace("\r\n", "\n")[:LONGEST_COMMENT]
        if row.revision != sent.revision:
            is_same = comment == row.comment and values == {each.id: None for each in stage.criteria} | scores_of(row)
            if not is_same or problems:
                return Saved(Outcome.CONFLICT, row, problems)
        change(row, values, by=by, source=ScoreSource.PAGE)
        row.comment = comment
        missing: Problems = {name: ("score.missing", {}) for name, one in values.items() if one is None and hand_in}
        is_done = hand_in and not problems and not missing
        # Whoever takes a number out of a reading that was handed in has it to hand in again.
        is_whole = not problems and all(value is not None for value in values.values())
        row.submitted_at = timezone.now() if is_done else row.submitted_at if is_whole else None
        row.revision += 1
        row.save(update_fields=["comment", "revision", "submitted_at"])
        Selection.objects.filter(pk=selection.pk).update(revision=F("revision") + 1)
        if is_done:
            note("reviewed", selection, by=by, stage=row.stage, application=row.application_id)
    outcome = Outcome.SUBMITTED if is_done else Outcome.INCOMPLETE if hand_in or problems else Outcome.SAVED
    return Saved(outcome, row, {**problems, **missing})


def scores_of(reading: ReviewAssignment) -> dict[str, Decimal | None]:
    return dict(reading.scores.values_list("criterion", "value"))


def change(reading: ReviewAssignment, values: Values, *, by: User | None, source: ScoreSource, reason: str = "") -> int:
    """Write numbers into a locked reading, each change with its row in the trail; returns how many changed."""
    before, changes = scores_of(reading), list[ScoreChange]()
    for criterion, after in values.items():
        was = before.get(criterion)
        if was == after:
            continue
        if after is None:
            reading.scores.filter(criterion=criterion).delete()
        else:
            ReviewScore.objects.update_or_create(reading=reading, criterion=criterion, defaults={"value": after})
        changes.append(
            ScoreChange(
                reading=reading,
                criterion=criterion,
                before=was,
                after=after,
                source=source,
                reason=reason,
                changed_by=by,
            )
        )
    ScoreChange.objects.bulk_create(changes)
    return len(changes)
