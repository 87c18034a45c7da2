"""An answer to an exit question: an attempt like any other, which the learner model learns from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from saem.apps.events.services import record
from saem.apps.learning.exits.queries import ExitQuestion, answer_to
from saem.apps.learning.models import Attempt, PracticeState, Purpose
from saem.apps.learning.practice.judging import judged_answer
from saem.apps.learning.practice.knowledge import catch_up, learn
from saem.apps.learning.practice.rating import knowing
from saem.lib.content.items import Judged

REASON = "exit"


@dataclass(frozen=True)
class Answered:
    """Where nothing was counted, `notice` is the code of a sentence that says why."""

    attempt: Attempt | None = None
    notice: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


def answer(question: ExitQuestion, *, token: UUID, fields: Mapping[str, Any]) -> Answered:
    """Take in the one answer; a second one, of a double click or of another tab, changes nothing."""
    kept = answer_to(question)
    if kept is not None:
        return Answered(kept)
    judging = judged_answer(question.bench, question.item, question.seed, fields)
    judged = judging.judged
    if judged is None:
        return Answered(notice=judging.notice)
    if judged.reason is not None:
        return Answered(notice=judged.reason.value, params=judged.params)
    return _take_in(question, token, judging.kept(fields), judged)


def _take_in(question: ExitQuestion, token: UUID, fields: Mapping[str, Any], judged: Judged) -> Answered:
    bench = question.bench
    known = knowing(bench.version)
    with transaction.atomic():
        # The row of practice is the learner's lock, here as there.
        practice, _is_new = PracticeState.objects.select_for_update().get_or_create(enrolment=bench.enrolment)
        kept = answer_to(question)
        if kept is not None:
            return Answered(kept)
        catch_up(bench, practice, known)
        attempt = Attempt.objects.create(
            enrolment=bench.enrolment,
            version=bench.version,
            item=question.item.id,
            seed=question.seed,
            purpose=Purpose.EXIT,
            token=token,
            answer=dict(fields),
            score=judged.score,
            chosen=list(judged.chosen),
            is_first=True,
            reason=REASON,
        )
        learn(bench, practice, known, attempt)
        practice.save()
        _event(question, attempt)
    return Answered(attempt)


def _event(question: ExitQuestion, attempt: Attempt) -> None:
    enrolment = question.bench.enrolment
    record(
        "item.answered",
        actor=enrolment.user,
        object_kind="enrolment",
        object_id=enrolment.pk,
        cohort_id=enrolment.classroom.cohort_id,
        facts={
            "item": attempt.item,
            "skills": list(question.item.skills),
            "score": attempt.score,
            "is_first": attempt.is_first,
            "reason": attempt.reason,
            "lesson": question.lesson,
            "content": question.bench.version.content_hash,
        },
    )
