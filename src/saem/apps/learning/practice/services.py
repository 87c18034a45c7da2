"""Changes to a learner's practice: an item given, an answer taken in, hints, giving up, going on.

The waiting item is done once it was solved or given up; then `why` has `done`, and `next` is what comes after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from saem.apps.events.services import record
from saem.apps.learning.models import Attempt, PracticeState
from saem.apps.learning.practice.bank import can_be_shown, has_other_numbers, new_seed
from saem.apps.learning.practice.choosing import Given, choose_next, put
from saem.apps.learning.practice.judging import Judging, judged_answer
from saem.apps.learning.practice.knowledge import catch_up, learn
from saem.apps.learning.practice.queries import Bench, first_tries
from saem.apps.learning.practice.rating import knowing
from saem.lib.content.items import KINDS, Judged

NOT_WAITING = "practice.not_waiting"
SOLVED, GIVEN_UP = "solved", "given_up"
# An hour away from the desk is no hour of thinking.
LONGEST_MS = 3_600_000
MOST_HINTS = 20
RESTING = 10


@dataclass(frozen=True)
class Answered:
    """What became of an answer. Where nothing was counted, `notice` is the code of a sentence that says why."""

    practice: PracticeState
    attempt: Attempt | None = None
    notice: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Variation:
    """An item with its seed, as the page that was answered names it."""

    item: str
    seed: int


def give(bench: Bench) -> PracticeState:
    """The waiting item; a new one where none waits, or where the one that did is gone from the program."""
    practice, _is_new = PracticeState.objects.get_or_create(enrolment=bench.enrolment)
    if _is_there(bench, practice):
        return practice
    known = knowing(bench.version)
    with transaction.atomic():
        practice = _locked(bench)
        if not _is_there(bench, practice):
            met = first_tries(bench)
            catch_up(bench, practice, known)
            put(practice, choose_next(bench, known, practice.state, met, passed=_passed(practice)))
            practice.save()
    return practice


def answer(bench: Bench, *, token: UUID, item: str, seed: int, fields: Mapping[str, Any]) -> Answered:
    """Take in one answer to the waiting item. Judging and running come first; what they say is kept in one go.

    A token is taken in once. Later tries at a variant teach, but change nothing that is known of learner and item.
    """
    asked = bench.items.get(item)
    if asked is None or not can_be_shown(asked, seed):
        return Answered(give(bench), notice=NOT_WAITING)
    if KINDS[asked.kind].runs:
        # Nothing is run for a page that is out of date. What is judged at once is asked below, under the lock.
        practice = give(bench)
        kept = Attempt.objects.filter(enrolment=bench.enrolment, token=token).first()
        if kept is not None or not _is_waiting(practice, item, seed):
            return Answered(practice, kept, "" if kept else NOT_WAITING)
    judging = judged_answer(bench, asked, seed, fields)
    judged = judging.judged
    if judged is None or judged.reason is not None:
        return _unread(bench, item, seed, judging)
    return _take_in(bench, token, Variation(item, seed), judging.kept(fields), judged)


def show_hint(bench: Bench, item: str, seed: int) -> PracticeState:
    """One hint more, once the learner has tried."""
    with transaction.atomic():
        practice = _locked(bench)
        if _is_waiting(practice, item, seed) and practice.tries:
            total = len(bench.items[item].asked.hints) if item in bench.items else 0
            practice.hints = min(practice.hints + 1, total, MOST_HINTS)
            practice.save(update_fields=["hints"])
    return practice


def give_up(bench: Bench, item: str, seed: int) -> PracticeState:
    """Show the explanation. Nothing is held against the learner: what was answered stays as it is."""
    known = knowing(bench.version)
    with transaction.atomic():
        practice = _locked(bench)
        if _is_waiting(practice, item, seed):
            met = first_tries(bench)
            catch_up(bench, practice, known)
            _finish(practice, GIVEN_UP, choose_next(bench, known, practice.state, met, passed=_passed(practice)))
            practice.save()
            facts = {"item": item, "tries": practice.tries, "hints": practice.hints}
            _event("item.given_up", bench, facts)
    return practice


def go_on(bench: Bench, item: str, seed: int) -> PracticeState:
    """From an item that is done to the one that was chosen after it. Pressed twice it goes on once."""
    with transaction.atomic():
        practice = _locked(bench)
        if _is_at(practice, item, seed) and "done" in practice.why:
            following = practice.why.get("next")
            put(practice, Given(**following) if following else None)
            practice.save()
    return practice


def ask_again(bench: Bench, item: str, seed: int) -> PracticeState:
    """The same item with other numbers, once it is done: nobody draws until the numbers are easy."""
    with transaction.atomic():
        practice = _locked(bench)
        same = bench.items.get(item)
        fresh = new_seed()
        is_done = _is_at(practice, item, seed) and "done" in practice.why
        if same and is_done and has_other_numbers(same) and can_be_shown(same, fresh):
            why = {key: value for key, value in practice.why.items() if key not in {"done", "next"}}
            put(practice, Given(item, fresh, why))
            practice.save()
    return practice


def _unread(bench: Bench, item: str, seed: int, judging: Judging) -> Answered:
    """Why an answer was not counted: first of all, because its item no longer waits."""
    practice, judged = give(bench), judging.judged
    if not _is_waiting(practice, item, seed):
        return Answered(practice, notice=NOT_WAITING)
    if judged is None or judged.reason is None:
        return Answered(practice, notice=judging.notice)
    return Answered(practice, notice=judged.reason.value, params=judged.params)


def _take_in(bench: Bench, token: UUID, shown: Variation, fields: Mapping[str, Any], judged: Judged) -> Answered:
    item = shown.item
    known = knowing(bench.version)
    with transaction.atomic():
        practice = _locked(bench)
        kept = Attempt.objects.filter(enrolment=bench.enrolment, token=token).first()
        if kept is not None:
            return Answered(practice, kept)
        if not _is_waiting(practice, item, shown.seed):
            return Answered(practice, notice=NOT_WAITING)
        met = first_tries(bench)
        catch_up(bench, practice, known)
        attempt = _attempt(bench, practice, token, fields, judged)
        if attempt.is_first:
            met = (*met, learn(bench, practice, known, attempt))
        practice.tries += 1
        if attempt.is_right:
            _finish(practice, SOLVED, choose_next(bench, known, practice.state, met, passed=_passed(practice)))
        practice.save()
        _event("item.answered", bench, _facts(bench, attempt))
    return Answered(practice, attempt)


def _attempt(bench: Bench, practice: PracticeState, token: UUID, fields: Mapping[str, Any], judged: Judged) -> Attempt:
    took = (timezone.now() - practice.given_at).total_seconds() * 1000
    return Attempt.objects.create(
        enrolment=bench.enrolment,
        version=bench.version,
        item=practice.item,
        seed=practice.seed,
        token=token,
        answer=dict(fields),
        score=judged.score,
        chosen=list(judged.chosen),
        is_first=practice.tries == 0,
        hints=practice.hints,
        took_ms=int(min(max(took, 0), LONGEST_MS)),
        chance=practice.why.get("chance"),
        reason=practice.why.get("code", ""),
    )


def _facts(bench: Bench, attempt: Attempt) -> dict[str, object]:
    return {
        "item": attempt.item,
        "skills": list(bench.items[attempt.item].skills),
        "score": attempt.score,
        "is_first": attempt.is_first,
        "hints": attempt.hints,
        "milliseconds": attempt.took_ms,
        "reason": attempt.reason,
        "content": bench.version.content_hash,
    }


def _passed(practice: PracticeState) -> list[str]:
    """The items that were passed by or met last, the waiting one among them: they rest."""
    found = [each for each in (*practice.why.get("passed", []), practice.item) if each]
    return list(dict.fromkeys(reversed(found)))[:RESTING][::-1]


def _finish(practice: PracticeState, how: str, following: Given | None) -> None:
    practice.why = {**practice.why, "done": how, "next": vars(following) if following else None}


def _locked(bench: Bench) -> PracticeState:
    row, _is_new = PracticeState.objects.select_for_update().get_or_create(enrolment=bench.enrolment)
    return row


def _is_there(bench: Bench, practice: PracticeState) -> bool:
    item = bench.items.get(practice.item)
    return item is not None and can_be_shown(item, practice.seed)


def _is_at(practice: PracticeState, item: str, seed: int) -> bool:
    return bool(item) and (practice.item, practice.seed) == (item, seed)


def _is_waiting(practice: PracticeState, item: str, seed: int) -> bool:
    return _is_at(practice, item, seed) and "done" not in practice.why


def _event(verb: str, bench: Bench, facts: dict[str, object]) -> None:
    record(
        verb,
        actor=bench.enrolment.user,
        object_kind="enrolment",
        object_id=bench.enrolment.pk,
        cohort_id=bench.enrolment.classroom.cohort_id,
        facts=facts,
    )
