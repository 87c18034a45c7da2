"""What is known of learner, skills and item, brought up to date by a first try within a transaction."""

from collections.abc import Sequence

from django.utils import timezone

from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.learning.models import Attempt, ItemRecord, PracticeState, SkillMastery
from saem.apps.learning.practice.queries import Bench, first_tries
from saem.apps.learning.practice.rating import RATING, Knowing, is_mastered
from saem.lib.learners import Asked, State
from saem.lib.learners.adaptive import Met


def learn(bench: Bench, practice: PracticeState, known: Knowing, attempt: Attempt) -> Met:
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


def catch_up(bench: Bench, practice: PracticeState, known: Knowing) -> None:
    """Where another model has come into force, everything that is kept of the learner is said by it now."""
    if known.is_of(practice):
        return
    met = first_tries(bench, limit=None)
    practice.state, practice.model_id = known.worked_out(met), known.fitted
    skills = list(dict.fromkeys(skill for each in met for skill in each.skills))
    if skills:
        _note_mastery(bench, practice, known, skills, more=0)
