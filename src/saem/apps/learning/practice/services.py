"""Changes to a learner's practice: an item given, an answer taken in, hints, giving up, going on.

The waiting item is done once it was solved or given up; then `why` has `done`, and `next` is what comes after it.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.events.services import record
from saem.apps.jobs.sandboxes import site_sandbox
from saem.apps.learning.claims import claimed
from saem.apps.learning.models import Attempt, ItemRecord, PracticeState, SkillMastery
from saem.apps.learning.practice.bank import can_be_shown, has_other_numbers, new_seed
from saem.apps.learning.practice.choosing import Given, choose_next, put
from saem.apps.learning.practice.coding import run_answer
from saem.apps.learning.practice.queries import Bench, first_tries
from saem.apps.learning.practice.rating import RATING, Knowing, is_mastered, knowing
from saem.lib.content import Item
from saem.lib.content.codes import Code
from saem.lib.content.items import KINDS, Judged, judge
from saem.lib.learners import Asked, State
from saem.lib.learners.adaptive import Met
from saem.lib.sandbox import SandboxError

log = logging.getLogger(__name__)

BUSY, UNAVAILABLE = "practice.busy", "practice.unavailable"
NOT_WAITING = "practice.not_waiting"
# Beside the fields of a form, under this name, an attempt keeps what the run of its code said.
RUN = "run"
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


@dataclass(frozen=True)
class _Judging:
    """Either what an answer is worth and what its code said, or the code of why that could not be found out now."""

    judged: Judged | None = None
    notice: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)


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
            _catch_up(bench, practice, known)
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
    judging = _judged(bench, asked, seed, fields)
    judged = judging.judged
    if judged is None or judged.reason is not None:
        return _unread(bench, item, seed, judging)
    kept_fields = {**fields, RUN: judging.said} if judging.said else dict(fields)
    return _take_in(bench, token, Variation(item, seed), kept_fields, judged)


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
            _catch_up(bench, practice, known)
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


def _judged(bench: Bench, item: Item, seed: int, fields: Mapping[str, Any]) -> _Judging:
    """What an answer is worth; code is run."""
    judged = judge(item, seed, fields)
    if judged.reason != Code.ANSWER_NEEDS_RUN:
        return _Judging(judged)
    with claimed(bench.enrolment) as is_ours:
        if not is_ours:
            return _Judging(notice=BUSY)
        try:
            tried = run_answer(bench.version, item, seed, fields["answer"][-1], site_sandbox())
        except SandboxError:
            log.exception("the sandbox could not run an answer")
            return _Judging(notice=UNAVAILABLE)
    return _Judging(tried.judged, said=tried.said)


def _unread(bench: Bench, item: str, seed: int, judging: _Judging) -> Answered:
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
        _catch_up(bench, practice, known)
        attempt = _attempt(bench, practice, token, fields, judged)
        if attempt.is_first:
            met = (*met, _learn(bench, practice, known, attempt))
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


def _learn(bench: Bench, practice: PracticeState, known: Knowing, attempt: Attempt) -> Met:
    """Bring up to date what is known of the learner, of the skills and of the item, by a first try."""
    item, at = bench.items[attempt.item], attempt.created_at.timestamp()
    asked = Asked(item.id, tuple(item.skills), at)
    before = practice.state
    practice.state = known.updated(before, asked, is_right=attempt.is_right)
    practice.known += 1
    _rate(bench, known, before, attempt)
    _note_mastery(bench, practice, known, list(dict.fromkeys(item.skills)), more=1)
    return Met(item.id, asked.skills, attempt.is_right, at, attempt.reason)


def _rate(bench: Bench, known: Knowing, before: State, attempt: Attempt) -> None:
    """The item's live record. Its row is locked, for others answer it too."""
    item = bench.items[attempt.item]
    row, _is_new = ItemRecord.objects.select_for_update().get_or_create(
        program_id=bench.version.program_id,
        item=item.id,
        defaults={"difficulty": item.difficulty, "variance": known.ratings.first_variance},
    )
    row.difficulty, row.variance = known.ratings.rate(
        row.difficulty,
        row.variance,
        state=before[RATING],
        asked=Asked(item.id, tuple(item.skills)),
        score=float(attempt.is_right),
    )
    row.responses += 1
    row.right += attempt.is_right
    for option in attempt.chosen:
        row.options[option] = row.options.get(option, 0) + 1
    row.changed_at = timezone.now()
    row.save(update_fields=["difficulty", "variance", "responses", "right", "options", "changed_at"])


def _note_mastery(bench: Bench, practice: PracticeState, known: Knowing, skills: Sequence[str], *, more: int) -> None:
    """Keep what the model says of these skills, after `more` responses than before."""
    rows = {row.skill: row for row in SkillMastery.objects.filter(enrolment=bench.enrolment, skill__in=skills)}
    changed, is_turn = [], False
    for skill in skills:
        found = known.mastery(practice.state, skill)
        row = rows.get(skill) or SkillMastery(enrolment=bench.enrolment, skill=skill)
        was_held = is_mastered(row, known.policy.mastered_at)
        row.value, row.low, row.high = found.value, found.low, found.high
        row.usable, row.why = found.usable, found.why[:60]
        row.responses += more
        row.changed_at = timezone.now()
        changed.append(row)
        is_turn |= was_held != is_mastered(row, known.policy.mastered_at)
    SkillMastery.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["enrolment", "skill"],
        update_fields=["value", "low", "high", "usable", "why", "responses", "changed_at"],
    )
    if is_turn:
        facts_changed([bench.enrolment.pk])


def _catch_up(bench: Bench, practice: PracticeState, known: Knowing) -> None:
    """Where another model has come into force, everything that is kept of the learner is said by it now."""
    if known.is_of(practice):
        return
    met = first_tries(bench, limit=None)
    practice.state, practice.model_id = known.worked_out(met), known.fitted
    skills = list(dict.fromkeys(skill for each in met for skill in each.skills))
    if skills:
        _note_mastery(bench, practice, known, skills, more=0)


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
