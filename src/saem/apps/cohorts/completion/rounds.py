"""What changes for many people at once is decided in batches: the fact is written at once, decisions follow in jobs.

A batch is decided in the transaction that ends its job's claim, moves the round on and asks for the next job. So a
worker that dies loses nothing, and nobody is decided twice for it. Whose own fact changes meanwhile is decided with it.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

from django.db import IntegrityError, transaction
from django.utils import timezone

from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.models import Cohort, CompletionRules, DecisionRound, Enrolment
from saem.apps.jobs.services import enqueue
from saem.apps.people.models import User

ROUND_JOB = "completion.round"
# Half a second or so of a transaction, and of a request that decides for so many itself.
BATCH = 200


def cohort_changed(cohort: Cohort, *, by: User | None) -> None:
    """Decide anew for a whole cohort. Call inside the transaction of what changed."""
    ids = Enrolment.objects.filter(classroom__cohort=cohort).order_by("pk").values_list("pk", flat=True)
    people_changed(cohort, list(ids[: BATCH + 1]), by=by)


def people_changed(cohort: Cohort, ids: Collection[int], *, by: User | None) -> None:
    """Decide anew for these people of a cohort: one batch now, more of them in a round of jobs.

    Call inside the act's transaction.
    """
    if len(ids) > BATCH:
        begin(cohort, by=by)
    else:
        facts_changed(ids, by=by)


@contextmanager
def changing(ids: Collection[int], *, by: User | None) -> Iterator[None]:
    """Around a change of facts of these people of one cohort, inside its transaction, where their rows are held for it.

    A round is begun before they are held: its jobs hold the round first and people then, and so nobody waits in a ring.
    """
    if len(ids) > BATCH:
        begin(Cohort.objects.get(classrooms__enrolments=min(ids)), by=by)
    yield
    if len(ids) <= BATCH:
        facts_changed(ids, by=by)


def begin(cohort: Cohort, *, by: User | None) -> DecisionRound | None:
    """Begin a round, or send the one under way back to its start. None where a cohort has nothing to decide by."""
    if not CompletionRules.objects.filter(cohort=cohort).exists():
        return None
    with transaction.atomic():
        # Held from here on: a batch that is being written comes before, and so is decided again.
        row = _held(cohort)
        row.asked_by, row.asked_at = by, timezone.now()
        row.last, row.done, row.is_stuck = 0, 0, False
        row.total = Enrolment.objects.filter(classroom__cohort=cohort).count()
        row.save()
        _enqueue(row)
    return row


def _held(cohort: Cohort) -> DecisionRound:
    """The round under way, held, or a new one."""
    live = DecisionRound.objects.select_for_update().filter(cohort=cohort, finished_at=None)
    row = live.first()
    if row is not None:
        return row
    # Two may come here at once: the second one's is refused by the constraint, and it takes the first one's.
    with suppress(IntegrityError), transaction.atomic():
        DecisionRound.objects.create(cohort=cohort, total=0)
    return live.get()


def under_way(cohort: Cohort) -> DecisionRound | None:
    return DecisionRound.objects.filter(cohort=cohort, finished_at=None).first()


def decide_batch(pk: int) -> None:
    """Decide for the next batch of a round. Call inside the transaction that ends the claim of its job."""
    row = DecisionRound.objects.select_for_update(of=("self",)).select_related("asked_by").filter(pk=pk).first()
    if row is None or row.finished_at is not None:
        return
    people = Enrolment.objects.filter(classroom__cohort=row.cohort_id, pk__gt=row.last).order_by("pk")
    ids = list(people.values_list("pk", flat=True)[:BATCH])
    facts_changed(ids, by=row.asked_by)
    row.done += len(ids)
    row.last = ids[-1] if ids else row.last
    row.total = max(row.total, row.done)
    if len(ids) < BATCH:
        row.finished_at = timezone.now()
    row.save(update_fields=["done", "last", "total", "finished_at"])
    if row.finished_at is None:
        _enqueue(row)


def _enqueue(row: DecisionRound) -> None:
    enqueue(ROUND_JOB, row.pk, owner_key=f"completion:{row.cohort_id}")


def set_aside(pk: int) -> None:
    """A batch failed too often: staff read it and begin again, or an operator lets the round go on."""
    DecisionRound.objects.filter(pk=pk, finished_at=None).update(is_stuck=True)


def go_on(pk: int) -> None:
    DecisionRound.objects.filter(pk=pk).update(is_stuck=False)
