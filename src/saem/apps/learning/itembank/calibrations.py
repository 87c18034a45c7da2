"""The numbered calibrations of a program: the first when somebody begins a diagnosis, the next ones after a refit.

A diagnosis is chosen and scored by the newest one. Live difficulties move with every answer in practice; were results
read from them, the second diagnosis would be measured on another scale than the first, and each page would say
something else than the one before.
"""

from collections.abc import Collection, Mapping

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from saem.apps.catalog.models import Program
from saem.apps.cohorts.models import Classroom
from saem.apps.jobs.models import UNFINISHED, Job
from saem.apps.jobs.services import enqueue_many
from saem.apps.learning.itembank.parameters import ItemParameters, is_known, live, parameters_of, refitted
from saem.apps.learning.models import Calibration, Diagnosis, ItemRecord
from saem.lib import content

RESCORE = "diagnosis.rescore"
# Behind everything that somebody waits for.
PRIORITY = -10


def newest_calibration(program_id: int) -> Calibration | None:
    return Calibration.objects.filter(program=program_id).order_by("-number").first()


def read(items: Mapping[str, Mapping[str, float]]) -> dict[str, ItemParameters]:
    """The parameters that a calibration keeps, by item."""
    return {item: ItemParameters(**kept) for item, kept in items.items()}


def complete(program_id: int, items: Mapping[str, content.Item]) -> None:
    """See to it that the newest calibration has all of these items; call it in the transaction that gives the first.

    What it has already stays as it is, so no result changes.
    """
    if not _lacking(newest_calibration(program_id), items):
        return
    # The lock that refits take, too: two learners who begin at once make one calibration.
    Program.objects.select_for_update().get(pk=program_id)
    calibration = newest_calibration(program_id) or Calibration(program_id=program_id, number=1)
    added = _lacking(calibration, items)
    known = parameters_of({item: items[item] for item in added}, records_of(program_id))
    calibration.items |= {item: known[item].as_json() for item in added}
    calibration.save()


def _lacking(calibration: Calibration | None, items: Collection[str]) -> list[str]:
    return [item for item in items if calibration is None or item not in calibration.items]


def renew(program: Program) -> Calibration | None:
    """The next calibration, where the last refit says something else than the newest one; None where it does not.

    Call it in the refit's transaction, which holds the program. Has every finished diagnosis scored again by jobs, a
    class at a time.
    """
    before = newest_calibration(program.pk)
    if before is None:
        return None
    items = _fresh(before, records_of(program.pk))
    if items == before.items:
        return None
    after = Calibration.objects.create(program=program, number=before.number + 1, items=items)
    request_rescoring()
    return after


def _fresh(before: Calibration, records: Mapping[str, ItemRecord]) -> dict[str, dict[str, float]]:
    """Every item of the calibration before by what is known today; one that nobody knows more of keeps what it had.

    An author's new guess is no news: it would move results without an answer of anybody.
    """
    refit = refitted(records)
    known = {
        item: refit.get(item) or live(kept["difficulty"], records.get(item)) for item, kept in before.items.items()
    }
    return {item: known[item].as_json() if is_known(records.get(item)) else kept for item, kept in before.items.items()}


def records_of(program_id: int) -> dict[str, ItemRecord]:
    rows = ItemRecord.objects.filter(program=program_id)
    return {row.item: row for row in rows.only("item", "responses", "difficulty", "statistics")}


def request_rescoring() -> None:
    """Have the classes scored again whose finished diagnoses are not of the newest calibration.

    Call it inside a transaction. A class that waits or is at work already is not doubled; the night asks once more.
    """
    waiting = Job.objects.filter(kind=RESCORE, state__in=UNFINISHED).values("subject_id")
    rooms = Classroom.objects.filter(enrolments__diagnoses__in=outdated()).exclude(pk__in=waiting)
    subjects = rooms.order_by("pk").distinct().values_list("pk", flat=True)
    enqueue_many(RESCORE, list(subjects), owner_key=RESCORE, priority=PRIORITY)


def outdated() -> QuerySet[Diagnosis]:
    """The finished diagnoses whose result is not of their program's newest calibration."""
    newest = Calibration.objects.filter(program=OuterRef("version__program")).order_by("-number").values("pk")[:1]
    finished = Diagnosis.objects.filter(finished_at__isnull=False).annotate(newest=Subquery(newest))
    return finished.filter(~Q(calibration=F("newest")) | Q(calibration=None))
