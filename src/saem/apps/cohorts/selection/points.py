"""What the scores of a stage come to so far: few are worked out for the page, many by a job that keeps them for it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from saem.apps.cohorts.models import Selection, SelectionSnapshot, SnapshotKind
from saem.apps.cohorts.selection import loading
from saem.apps.cohorts.selection.assigning import coming_to
from saem.apps.cohorts.selection.deciding import text_of
from saem.apps.cohorts.selection.settling import as_decimal
from saem.lib import selection as lib

# Readings of a stage that a request works out itself: a tenth of a second or so.
AT_ONCE = 1000


@dataclass(frozen=True, kw_only=True)
class StagePoints:
    """Receipt → points where all readings are there, and points between reviewers who differ too much.

    `is_kept` where a job worked them out at `made_at`; then `is_current` is False where scores or rules changed since.
    """

    points: Mapping[str, str]
    spreads: Mapping[str, str]
    made_at: dt.datetime
    is_kept: bool = False
    is_current: bool = True


def compute(selection: Selection, stage: str) -> StagePoints:
    """What the scores of a stage come to now; the draw and the ranking play no part in it."""
    now, rules = timezone.now(), loading.rules_of(selection)
    receipts = set(coming_to(selection, stage).values_list("receipt", flat=True))
    scores = lib.score(rules, {str(one) for one in receipts}, loading.reviews_of(selection, stage))
    points = {name: text_of(as_decimal(value, rules.decimals)) for name, value in scores.points[stage].items()}
    differing = [one for one in scores.disagreements if one.stage == stage]
    spreads = {one.application: text_of(as_decimal(one.spread, 1)) for one in differing}
    return StagePoints(points=points, spreads=spreads, made_at=now)


def of_page(selection: Selection, stage: str) -> StagePoints | None:
    """What a page shows: of few readings as they are now, of many what was kept. None where nothing was yet."""
    if not is_long(selection, stage):
        return compute(selection, stage)
    row = selection.snapshots.filter(kind=SnapshotKind.POINTS, stage=stage).first()
    if row is None:
        return None
    is_current = row.revision == selection.revision
    return StagePoints(**row.content, made_at=row.made_at, is_kept=True, is_current=is_current)


def is_long(selection: Selection, stage: str) -> bool:
    """Whether the points of a stage are a job's to work out."""
    return loading.counting(selection).filter(stage=stage).count() > AT_ONCE


def keeper(selection: Selection, stage: str, found: StagePoints) -> Callable[[], None]:
    """What is returned keeps them for the page, as those of the revision that was read."""

    def keep() -> None:
        SelectionSnapshot.objects.update_or_create(
            selection=selection,
            kind=SnapshotKind.POINTS,
            stage=stage,
            defaults={
                "revision": selection.revision,
                "made_at": found.made_at,
                "content": {"points": dict(found.points), "spreads": dict(found.spreads)},
            },
        )

    return keep
