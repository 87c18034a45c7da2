"""What is known of many people at once, as the frozen facts that `lib.completion` decides on."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.utils import timezone

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.completion.sources import NOTHING, Known, known_of
from saem.apps.cohorts.models import AssessmentScore, Cohort, Enrolment, TrainingCourse
from saem.apps.cohorts.sessions.queries import plans_for, presences_for
from saem.lib.completion import DecidedBy, Facts, NoRuleError, Progress, RuleBook, Score
from saem.lib.completion.rules import located

MINUTES = 60
# Kinds of conditions about which the program and the rooms above are asked.
LEARNING = frozenset(("progress", "mastery", "project"))


def facts_of(enrolments: Sequence[Enrolment], books: Mapping[int, RuleBook], now: dt.datetime) -> dict[int, Facts]:
    """Facts by enrolment, in a constant number of queries; only what a person's book (`books`) asks about is read."""
    ids = [each.pk for each in enrolments]
    plans, presences, scores = plans_for(ids), presences_for(ids), scores_of(ids)
    asking = {pk for pk, book in books.items() if LEARNING & kinds_in(book)}
    known = dict.fromkeys(ids, NOTHING) | known_of(sorted(asking))
    trainings = TrainingCourse.objects.in_bulk({each.classroom.cohort_id for each in enrolments})
    return {
        each.pk: Facts(
            now=now,
            sessions=plans[each.pk],
            presences=presences[each.pk],
            progress=progress_of(each.classroom.cohort, known[each.pk]) if each.pk in asking else None,
            skills=skills_of(each.classroom.cohort, known[each.pk]) if each.pk in asking else {},
            projects=known[each.pk].projects,
            scores=scores[each.pk],
            credits=credits_of(trainings.get(each.classroom.cohort_id), books[each.pk], days_of(each)),
            closed=is_closed(each.classroom.cohort, now),
        )
        for each in enrolments
    }


def kinds_in(book: RuleBook) -> frozenset[str]:
    """The kinds of conditions that any of its rules has."""
    return frozenset(condition.kind for rule in book.rules for _path, condition in located(rule.condition))


def progress_of(cohort: Cohort, known: Known) -> Progress:
    """Steps of the program that are done; a project is done once one submission was scored."""
    steps = {f"{step.kind}:{step.id}" for step in program_of(cohort.version).steps}
    return Progress(done=len(steps & known.steps), total=len(steps))


def skills_of(cohort: Cohort, known: Known) -> dict[str, bool]:
    return {each.id: known.skills.get(each.id, False) for each in program_of(cohort.version).skills}


def scores_of(enrolments: Sequence[int]) -> dict[int, dict[str, Score]]:
    found: dict[int, dict[str, Score]] = defaultdict(dict)
    for row in AssessmentScore.objects.filter(enrolment__in=enrolments):
        found[row.enrolment_id][row.part] = Score(Fraction(row.points), Fraction(row.most), final=True)
    return found


def days_of(enrolment: Enrolment) -> dict[DecidedBy, dt.date]:
    """The days that may say which rule holds; a cohort without an end has none for that one."""
    cohort = enrolment.classroom.cohort
    days = {
        DecidedBy.COURSE_START: cohort.starts_on,
        DecidedBy.ENROLLED: timezone.localdate(enrolment.joined_at),
    }
    return days | ({DecidedBy.COURSE_END: cohort.ends_on} if cohort.ends_on else {})


def credits_of(training: TrainingCourse | None, book: RuleBook, days: Mapping[DecidedBy, dt.date]) -> int:
    """Credits that the training gives by the table of the day that decides; none where there is no table."""
    if training is None:
        return 0
    try:
        return book.credits_for(training.hours * MINUTES, days)
    except NoRuleError:
        return 0


def is_closed(cohort: Cohort, now: dt.datetime) -> bool:
    """Whether the last day of the course is over."""
    return cohort.ends_on is not None and timezone.localdate(now) > cohort.ends_on
