"""What this room knows for completion: lessons done, skills held."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from saem.apps.cohorts.completion.sources import Known
from saem.apps.learning.models import LessonProgress, PracticeState, SkillMastery
from saem.apps.learning.practice.rating import is_mastered, mastered_at


def known_of(enrolments: Sequence[int]) -> Mapping[int, Known]:
    """By enrolment, in three queries. A skill is held where its learner reads 숙달 on their own page."""
    steps: dict[int, set[str]] = defaultdict(set)
    done = LessonProgress.objects.filter(enrolment__in=enrolments).exclude(done_at=None)
    for enrolment, lesson in done.values_list("enrolment_id", "lesson"):
        steps[enrolment].add(f"lesson:{lesson}")
    models = dict(PracticeState.objects.filter(pk__in=enrolments).values_list("pk", "model__name"))
    skills: dict[int, dict[str, bool]] = defaultdict(dict)
    for row in SkillMastery.objects.filter(enrolment__in=enrolments):
        skills[row.enrolment_id][row.skill] = is_mastered(row, mastered_at(models.get(row.enrolment_id) or ""))
    return {each: Known(steps=frozenset(steps[each]), skills=skills[each]) for each in steps.keys() | skills.keys()}
