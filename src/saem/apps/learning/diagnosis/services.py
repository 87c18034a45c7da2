"""Changes to a diagnosis: beginning it, and answering one item after the other.

A diagnosis leaves practice alone, both ways. Its answers do not move what practice knows of the learner, for a test
that also trains would be answered for the training; and they do not move the live difficulties, for a scale must not
move under the two measurements that are compared on it. They are attempts like any other, first tries with a purpose,
so the next refit may learn from all of them.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.models import Enrolment
from saem.apps.events.services import record
from saem.apps.learning.diagnosis import choosing
from saem.apps.learning.diagnosis.bank import DiagnosisBank, diagnosis_items
from saem.apps.learning.diagnosis.choosing import Entry
from saem.apps.learning.diagnosis.queries import Sitting, any_step_done, is_open, rows_of
from saem.apps.learning.diagnosis.rescoring import score
from saem.apps.learning.itembank.calibrations import complete
from saem.apps.learning.models import Attempt, Diagnosis, Purpose
from saem.lib.content.items import Answer, Judged, judge
from saem.lib.learners.adaptive import Nothing

CLOSED = "diagnosis.closed"
STALE = "diagnosis.stale"
LONGEST_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True)
class Outcome:
    """What an act came to; `notice` is the code of a sentence where it changed nothing."""

    row: Diagnosis | None
    notice: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


def start(sitting: Sitting) -> Outcome:
    """Begin with the first item. Beginning twice is beginning once."""
    with transaction.atomic():
        enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=sitting.enrolment.pk)
        rows = rows_of(enrolment)
        row = rows.get(sitting.moment)
        if row is not None:
            return Outcome(row)
        if not is_open(sitting.moment, rows, any_step_done=any_step_done(sitting.enrolment)):
            return Outcome(None, CLOSED)
        complete(sitting.version.program_id, diagnosis_items(sitting.version))
        row = Diagnosis.objects.create(
            enrolment=sitting.enrolment, version=sitting.version, moment=sitting.moment, given=[]
        )
        _go_on(row, sitting.bank, sitting.other)
        row.save(update_fields=["given"])
        _event("diagnosis.started", sitting, {})
    return Outcome(row)


def answer(sitting: Sitting, token: uuid.UUID, fields: Answer | None) -> Outcome:
    """Count one answer to the item that is waiting; no `fields` say that the learner does not know.

    An answer that cannot be read counts nothing and the item stays. A form whose item is no longer waiting (a double
    click, another tab) changes nothing.
    """
    waiting = waiting_of(sitting.row)
    if sitting.row is None or waiting is None or waiting["token"] != str(token):
        return Outcome(sitting.row, STALE)
    if not sitting.is_open:
        return Outcome(sitting.row, CLOSED)
    judged = Judged() if fields is None else judge(sitting.bank.items[waiting["item"]], waiting["seed"], fields)
    if judged.reason is not None:
        return Outcome(sitting.row, judged.reason, judged.params)
    with transaction.atomic():
        row = Diagnosis.objects.select_for_update(of=("self",)).select_related("version").get(pk=sitting.row.pk)
        waiting = waiting_of(row)
        if waiting is None or waiting["token"] != str(token):
            return Outcome(row, STALE)
        _count(sitting, row, waiting, fields, judged)
    return Outcome(row)


def waiting_of(row: Diagnosis | None) -> Entry | None:
    """The item that stands before the learner."""
    if row is None or row.finished_at is not None or not row.given:
        return None
    last: Entry = row.given[-1]
    return last if last["score"] is None else None


def _count(sitting: Sitting, row: Diagnosis, waiting: Entry, fields: Answer | None, judged: Judged) -> None:
    waiting["score"] = judged.score
    _attempt(sitting, row, waiting, fields, judged)
    facts = {"item": waiting["item"], "seed": waiting["seed"], "score": judged.score}
    _event("diagnosis.answered", sitting, facts)
    _go_on(row, sitting.bank, sitting.other)
    if row.finished_at is not None:
        _event("diagnosis.finished", sitting, {"items": len(row.given), "stopped_by": row.stopped_by})
    row.save(update_fields=["given", "ability", "error", "calibration", "stopped_by", "finished_at"])


def _go_on(row: Diagnosis, bank: DiagnosisBank, other: Diagnosis | None) -> None:
    """Put the next item behind those given, or end."""
    progress = choosing.progress_of(bank, row.given)
    seeds = {entry["item"]: entry["seed"] for entry in (other.given if other is not None else [])}
    row.stopped_by = choosing.stopped(progress)
    if not row.stopped_by:
        found = choosing.pick(bank, progress, met=seeds.keys(), draw=(row.pk, len(row.given)))
        if isinstance(found, Nothing):
            row.stopped_by = found.code
        else:
            chance = float(bank.tables.bank.chance(np.array([progress.posterior.mean]))[0, found.item])
            row.given.append(_entry(found.name, choosing.seed_other_than(seeds, found.name), chance, bank))
    if row.stopped_by:
        _finish(row, bank)


def _entry(item: str, seed: int, chance: float, bank: DiagnosisBank) -> Entry:
    asked = {"item": item, "seed": seed, "token": str(uuid.uuid4()), "at": timezone.now().isoformat()}
    return {**asked, **bank.parameters[item].as_json(), "chance": chance, "score": None}


def _finish(row: Diagnosis, bank: DiagnosisBank) -> None:
    """The result by the bank's calibration; the other moment's too, so that one learner has one scale at any time."""
    row.finished_at = timezone.now()
    score(row, bank.parameters, bank.calibration)
    others = Diagnosis.objects.select_for_update().filter(enrolment=row.enrolment_id, finished_at__isnull=False)
    for other in others.exclude(pk=row.pk).exclude(calibration=bank.calibration):
        score(other, bank.parameters, bank.calibration)
        other.save(update_fields=["ability", "error", "calibration"])


def _attempt(sitting: Sitting, row: Diagnosis, waiting: Entry, fields: Answer | None, judged: Judged) -> None:
    variant = {"enrolment": sitting.enrolment, "item": waiting["item"], "seed": waiting["seed"]}
    took = timezone.now() - dt.datetime.fromisoformat(waiting["at"])
    Attempt.objects.create(
        **variant,
        version=row.version,
        purpose=Purpose(row.moment),
        token=waiting["token"],
        answer=dict(fields or {}),
        score=judged.score,
        chosen=list(judged.chosen),
        is_first=not Attempt.objects.filter(**variant).exists(),
        took_ms=min(LONGEST_MS, max(0, int(took.total_seconds() * 1000))),
        chance=waiting["chance"],
    )


def _event(verb: str, sitting: Sitting, facts: Mapping[str, object]) -> None:
    enrolment = sitting.enrolment
    record(
        verb,
        actor=enrolment.user,
        object_kind="enrolment",
        object_id=enrolment.pk,
        cohort_id=enrolment.classroom.cohort_id,
        facts={"moment": sitting.moment.value, **facts, "content": sitting.version.content_hash},
    )
