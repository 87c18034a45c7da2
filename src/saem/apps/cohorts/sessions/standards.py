"""By which share of attendance people of a cohort are measured: the attendance condition of its newest rules."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.utils import timezone

from saem.apps.cohorts.models import Cohort, CompletionRules, Enrolment
from saem.lib.completion import AttendancePolicy, DecidedBy, NoRuleError, RuleBook, load_rules
from saem.lib.completion.rounding import Bound, bound_of
from saem.lib.completion.rules import AttendanceShare, Rule, located

# Shown where a cohort has no rules, as a line to look at and never as a judgement.
USUAL_PERCENT = Fraction(90)


@dataclass(frozen=True, kw_only=True)
class Standard:
    """How minutes count, and the share that is wanted; `bound` is None where no rule says so."""

    policy: AttendancePolicy
    bound: Bound | None = None
    percent: Fraction = USUAL_PERCENT
    warn_sessions: int = 1


NONE = Standard(policy=AttendancePolicy())


class Standards:
    """The rules of several cohorts, read once."""

    def __init__(self, cohorts: Collection[Cohort]) -> None:
        self.cohorts = {cohort.pk: cohort for cohort in cohorts}
        self.books = {pk: _book(text) for pk, text in _newest_texts(self.cohorts).items()}

    def have_rules(self, cohort: Cohort) -> bool:
        return self.books.get(cohort.pk) is not None

    def of(self, enrolment: Enrolment) -> Standard:
        """The standard of the day that decides for this person."""
        cohort = self.cohorts[enrolment.classroom.cohort_id]
        book = self.books.get(cohort.pk)
        if book is None:
            return NONE
        try:
            return _standard(book.rule_for(days_of(cohort, enrolment)))
        except NoRuleError:
            return NONE


def _newest_texts(cohorts: Collection[int]) -> dict[int, str]:
    rows = CompletionRules.objects.filter(cohort__in=cohorts).order_by("cohort", "number")
    return dict(rows.values_list("cohort_id", "text"))


@lru_cache(maxsize=64)
def _book(text: str) -> RuleBook | None:
    return load_rules("rules.yaml", text).book


def days_of(cohort: Cohort, enrolment: Enrolment) -> Mapping[DecidedBy, dt.date]:
    """The days that may say which rule holds, of those that are known."""
    days = {
        DecidedBy.COURSE_START: cohort.starts_on,
        DecidedBy.COURSE_END: cohort.ends_on,
        DecidedBy.ENROLLED: timezone.localdate(enrolment.joined_at),
    }
    return {kind: day for kind, day in days.items() if day is not None}


def _standard(rule: Rule) -> Standard:
    """The strictest attendance condition of the rule; one inside a choice of conditions is still what people aim at."""
    wanted = [condition for _path, condition in located(rule.condition) if isinstance(condition, AttendanceShare)]
    if not wanted:
        return Standard(policy=rule.attendance, warn_sessions=rule.warn_sessions)
    strictest = max(wanted, key=lambda condition: condition.percent)
    return Standard(
        policy=rule.attendance,
        bound=bound_of(strictest.percent, strictest.rounding),
        percent=strictest.percent,
        warn_sessions=rule.warn_sessions,
    )


def excuses_of(cohort: Cohort, usual: Iterable[str]) -> list[str]:
    """The kinds of excused absence that may be chosen: the usual ones, and those that the cohort's rules name."""
    book = Standards([cohort]).books.get(cohort.pk)
    named = [kind for rule in book.rules for kind in rule.attendance.excuses] if book is not None else []
    return list(dict.fromkeys([*usual, *named]))
