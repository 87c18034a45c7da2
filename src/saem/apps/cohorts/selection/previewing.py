"""The result before it is published: worked out by a job and kept, for a page that says of when it is."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from saem.apps.cohorts.models import Candidate, DecisionKind, Selection, SelectionSnapshot, SnapshotKind
from saem.apps.cohorts.selection import loading
from saem.apps.cohorts.selection.deciding import Preview, Reason, finalist_ids, kind_of, reasons_of, text_of
from saem.lib.selection import SelectionRules
from saem.lib.selection.choosing import Kept as QuotaKept

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class KeptPreview:
    """A preview as it was kept. `is_current` is False where rules, scores or who takes part changed since."""

    revision: int
    made_at: dt.datetime
    is_current: bool
    seats: int
    is_feasible: bool
    quotas: Sequence[Row]
    rows: Sequence[Row]

    def number(self, kind: DecisionKind) -> int:
        return sum(row["kind"] == kind for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One person of the preview as the page shows it."""

    candidate: Candidate
    rank: int | None
    total: str
    kind: str
    place: int | None
    reasons: Sequence[Reason]


def keeper(selection: Selection, found: Preview) -> Callable[[], None]:
    """What is returned keeps a preview for its page, as that of the revision that was read."""
    made_at, content = timezone.now(), content_of(found)

    def keep() -> None:
        SelectionSnapshot.objects.update_or_create(
            selection=selection,
            kind=SnapshotKind.PREVIEW,
            stage="",
            defaults={"revision": selection.revision, "made_at": made_at, "content": content},
        )

    return keep


def content_of(found: Preview) -> dict[str, Any]:
    return {
        "seats": found.choice.seats,
        "is_feasible": found.choice.is_feasible,
        "quotas": [_quota(kept, found.rules) for kept in found.choice.quotas],
        "rows": list(_rows(found)),
    }


def _quota(kept: QuotaKept, rules: SelectionRules) -> dict[str, Any]:
    title = next(quota.title for quota in rules.quotas if quota.id == kept.quota)
    return {
        "title": title.model_dump(),
        "count": kept.count,
        "at_least": kept.at_least,
        "at_most": kept.at_most,
        "is_kept": not (kept.missing or kept.over),
    }


def _rows(found: Preview) -> Sequence[dict[str, Any]]:
    placed = found.placements
    return [
        {
            "candidate": one.pk,
            "rank": placed[one.receipt].rank,
            "total": text_of(one.total),
            "kind": kind_of(placed[one.receipt], found.reserve.get(one.receipt)),
            "place": found.reserve.get(one.receipt),
            "reasons": reasons_of(one, placed[one.receipt], found, found.reserve.get(one.receipt)),
        }
        for one in found.order
    ]


def kept_of(selection: Selection) -> KeptPreview | None:
    """The preview that was worked out last; None before the first."""
    row = selection.snapshots.filter(kind=SnapshotKind.PREVIEW).first()
    if row is None:
        return None
    people = [one["candidate"] for one in row.content["rows"]]
    is_current = row.revision == selection.revision and people == finalist_ids(selection, loading.rules_of(selection))
    return KeptPreview(revision=row.revision, made_at=row.made_at, is_current=is_current, **row.content)


def lines_of(rows: Sequence[Row]) -> list[Line]:
    """Rows of one page with their people."""
    pks = [row["candidate"] for row in rows]
    people = {one.pk: one for one in Candidate.objects.filter(pk__in=pks).select_related("application")}
    return [Line(**{**row, "candidate": people[row["candidate"]]}) for row in rows if row["candidate"] in people]
