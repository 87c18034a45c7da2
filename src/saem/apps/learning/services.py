"""Changes to a student's lesson: opening it, saving code, running a cell, going back."""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.models import Enrolment
from saem.apps.events.services import record
from saem.apps.learning import runs
from saem.apps.learning.claims import claimed
from saem.apps.learning.keeping import bring_back, keep, keep_to_run, put
from saem.apps.learning.models import CellRecord, LessonProgress
from saem.apps.learning.queries import Place, count_of, records_of
from saem.apps.learning.states import cells_of
from saem.lib.sandbox import Sandbox, SandboxError

log = logging.getLogger(__name__)

BUSY = "learning.busy"
UNAVAILABLE = "learning.unavailable"


@dataclass(frozen=True)
class Change:
    """A cell after an act; `notice` is the code of a sentence where the act could not be done as wished."""

    cell: CellRecord
    notice: str = ""
    is_newly_passed: bool = False
    is_lesson_newly_done: bool = False


def open_lesson(place: Place) -> LessonProgress:
    """Remember that the student is here; the first time is an event."""
    with transaction.atomic():
        progress, is_new = LessonProgress.objects.get_or_create(
            enrolment=place.enrolment,
            lesson=place.lesson.id,
            defaults={"exercises_total": len(place.lesson.exercises)},
        )
        if is_new:
            _event("lesson.opened", place, {"lesson": place.lesson.id})
            if not place.page.cells:
                _finish(place, progress)
                progress.save()
                facts_changed([place.enrolment.pk])
    return progress


def save_code(place: Place, cell: str, code: str, *, revision: int | None) -> Change:
    """Autosave. A tab that shows an older text than the stored one does not overwrite it."""
    with transaction.atomic():
        row = _locked(place, cell)
        return Change(row, keep(row, code, revision=revision))


def reset_code(place: Place, cell: str, code: str) -> Change:
    """The author's code again; what stood there (`code`, as the student sees it) is kept."""
    author = place.cell(cell).code
    with transaction.atomic():
        row = _locked(place, cell)
        if author not in (code, row.code) or code != author:
            row.kept_code = code if code != author else row.code
            put(row, author)
            _event("cell.reset", place, {"lesson": place.lesson.id, "cell": cell})
    return Change(row)


def restore_code(place: Place, cell: str, code: str) -> Change:
    """Bring back what was kept, and keep what stood there instead."""
    with transaction.atomic():
        row = _locked(place, cell)
        bring_back(row, code)
    return Change(row)


def run_cell(place: Place, cell: str, code: str, *, revision: int | None, sandbox: Sandbox) -> Change:
    """Save the code, run it, store what came of it. Nothing is lost when it cannot be run now."""
    with transaction.atomic():
        row = _locked(place, cell)
        keep_to_run(row, code, revision=revision)
    with claimed(place.enrolment) as is_ours:
        if not is_ours:
            return Change(row, BUSY)
        records = records_of(place)
        try:
            ran = runs.run(place, cell, code, records, sandbox)
        except SandboxError:
            log.exception("the sandbox could not run a cell")
            return Change(row, UNAVAILABLE)
        return _record_run(place, cell, code, ran)


def _record_run(place: Place, cell: str, code: str, ran: runs.Ran) -> Change:
    now = timezone.now()
    with transaction.atomic():
        row = _locked(place, cell)
        is_newly_passed = ran.is_passed and row.passed_at is None
        row.status, row.output, row.checks, row.ran_code = ran.status, ran.output, ran.checks, code
        row.runs += 1
        row.ran_at = now
        row.passed_at = now if is_newly_passed else row.passed_at
        _count_failures(row, ran)
        row.save()
        is_newly_done = _update_progress(place, cell)
        facts = {
            "lesson": place.lesson.id,
            "cell": cell,
            "status": ran.status.value,
            "error": ran.error_code,
            "checks": {check["id"]: check["status"] for check in ran.checks},
            "milliseconds": ran.output["milliseconds"],
            "content": place.version.content_hash,
        }
        _event("cell.ran", place, facts)
        if is_newly_passed:
            _event("exercise.passed", place, {"lesson": place.lesson.id, "cell": cell, "runs": row.runs})
    return Change(row, "", is_newly_passed, is_newly_done)


def _count_failures(row: CellRecord, ran: runs.Ran) -> None:
    """A row of failures is a row of the same one: who meets a new error is getting on."""
    if not ran.is_failing:
        row.failures_in_row, row.failing_since = 0, None
    else:
        row.failures_in_row = row.failures_in_row + 1 if row.error_code == ran.error_code else 1
        row.failing_since = row.failing_since or timezone.now()
    row.error_code, row.error_params = ran.error_code, dict(ran.error_params)


def _update_progress(place: Place, cell: str) -> bool:
    """Bring the lesson's progress up to date; tells whether the lesson was finished just now."""
    progress, _is_new = LessonProgress.objects.select_for_update().get_or_create(
        enrolment=place.enrolment, lesson=place.lesson.id
    )
    rows = CellRecord.objects.filter(enrolment=place.enrolment, lesson=place.lesson.id).only(
        "cell", "status", "passed_at"
    )
    count = count_of(place, rows)
    progress.exercises_passed, progress.exercises_total = count.passed, count.exercises
    progress.last_at = timezone.now()
    progress.section = next(section.id for section in place.page.sections if cell in cells_of(section))
    is_newly_done = count.is_complete and progress.done_at is None
    if is_newly_done:
        _finish(place, progress)
    progress.save()
    if is_newly_done:
        facts_changed([place.enrolment.pk])
    return is_newly_done


def _finish(place: Place, progress: LessonProgress) -> None:
    progress.done_at = timezone.now()
    _event("lesson.done", place, {"lesson": place.lesson.id})


def _locked(place: Place, cell: str) -> CellRecord:
    row, _is_new = CellRecord.objects.select_for_update().get_or_create(
        enrolment=place.enrolment,
        lesson=place.lesson.id,
        cell=cell,
        defaults={"code": place.cell(cell).code},
    )
    return row


def _event(verb: str, place: Place, facts: dict[str, object]) -> None:
    enrolment: Enrolment = place.enrolment
    record(
        verb,
        actor=enrolment.user,
        object_kind="enrolment",
        object_id=enrolment.pk,
        cohort_id=enrolment.classroom.cohort_id,
        facts=facts,
    )
