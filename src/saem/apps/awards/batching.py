"""A batch begins: its people are shared out among parts, and each part is a job."""

from collections.abc import Sequence
from typing import TypeVar

from saem.apps.awards.models import Batch, BatchItem, BatchPart, GoalItem
from saem.apps.cohorts.models import Cohort
from saem.apps.jobs.services import enqueue, enqueue_many
from saem.apps.people.models import User

# Behind grading, which is waited for; with letters in the order of asking, so that a batch's own letters follow it.
PRIORITY = -1
ROWS = 1000
Item = TypeVar("Item", BatchItem, GoalItem)


def begin(cohort: Cohort, items: Sequence[Item], *, kind: str, size: int, by: User | None) -> Batch:
    """Write a batch of unsaved items in parts of `size`, with a job of this kind for each part.

    Without `by` nobody pressed. Call inside a transaction; a batch of nobody is none.
    """
    assert items, "a batch is for somebody"
    batch = Batch.objects.create(cohort=cohort, asked_by=by, is_automatic=by is None)
    parts = BatchPart.objects.bulk_create([BatchPart(batch=batch) for _start in range(0, len(items), size)])
    for place, item in enumerate(items):
        item.part = parts[place // size]
    type(items[0]).objects.bulk_create(items, batch_size=ROWS)
    enqueue_many(kind, [part.pk for part in parts], owner_key=owner_of(batch.pk), priority=PRIORITY)
    return batch


def ask_again(part: BatchPart, *, kind: str) -> None:
    """The part's job once more, for those who are waiting still."""
    enqueue(kind, part.pk, owner_key=owner_of(part.batch_id), priority=PRIORITY)


def owner_of(batch: int) -> str:
    """Whose jobs they are: owners take turns, so a batch of a thousand does not hold up one of three."""
    return f"awards:{batch}"
