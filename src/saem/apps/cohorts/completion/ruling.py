"""Declares by which rules a cohort decides: written as a book, or chosen in a form that writes the book."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.db import transaction

from saem.apps.cohorts.completion.rounds import cohort_changed
from saem.apps.cohorts.models import Cohort, CompletionRules
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib.completion import DecidedBy, NoRuleError, Problem, RuleBook, load_rules

FILE = "completion.yaml"
CREDITS = [{"hours": 15 * number, "credits": number} for number in range(1, 5)]


@dataclass(frozen=True, kw_only=True)
class Declared:
    """The rules that now hold, or None and what is wrong with the text."""

    rules: CompletionRules | None
    problems: tuple[Problem, ...] = ()


def declare(cohort: Cohort, text: str, *, seen: int, by: User) -> Declared:
    """Make a book the cohort's rules, and decide anew for everybody who has not completed; for many in a round of jobs.

    `seen` is the number of the version that the page showed. Raises SaemError `completion_rules_changed` where a
    colleague declared others meanwhile, `completion_no_rule_today` where no rule holds for the cohort's days.
    """
    loaded = load_rules(FILE, text)
    if loaded.book is None:
        return Declared(rules=None, problems=loaded.problems)
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        newest = rules_of(cohort)
        number = newest.number if newest is not None else 0
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        if newest is not None and newest.sha256 == sha256:
            return Declared(rules=newest)
        if number != seen:
            raise SaemError("completion_rules_changed", status=409)
        _holds(cohort, loaded.book)
        rules = CompletionRules.objects.create(
            cohort=cohort, number=number + 1, text=text, sha256=sha256, created_by=by
        )
        record(
            "completion.rules_declared",
            actor=by,
            object_kind="cohort",
            object_id=cohort.pk,
            cohort_id=cohort.pk,
            facts={"number": rules.number, "sha256": sha256},
        )
        cohort_changed(cohort, by=by)
    return Declared(rules=rules)


def rules_of(cohort: Cohort) -> CompletionRules | None:
    return cohort.completion_rules.order_by("-number").first()


def _holds(cohort: Cohort, book: RuleBook) -> None:
    """Whether some rule is valid on the cohort's day; a day that each person has of their own is not known yet."""
    if book.decided_by is DecidedBy.ENROLLED:
        return
    day = cohort.starts_on if book.decided_by is DecidedBy.COURSE_START else cohort.ends_on
    try:
        book.rule_for({book.decided_by: day} if day is not None else {})
    except NoRuleError as error:
        raise SaemError("completion_no_rule_today", status=409) from error


def book_from(choices: Mapping[str, Any], *, cohort: Cohort) -> str:
    """The text of a book with one rule from what a form asks: shares in percent, points, weights, projects."""
    # As text: YAML would write the second of two equal days as an alias of the first.
    first_day = cohort.starts_on.isoformat()
    conditions: list[dict[str, Any]] = []
    if choices["attendance"] is not None:
        conditions.append({"kind": "attendance", "id": "attendance", "percent": choices["attendance"]})
    if choices["progress"] is not None:
        conditions.append({"kind": "progress", "id": "progress", "percent": choices["progress"]})
    conditions += [
        {"kind": "project", "id": f"project-{project}", "project_id": project, "passed": True}
        for project in choices["projects"]
    ]
    if choices["points"] is not None:
        weights = [{"parts": {part: weight for part, weight in choices["weights"].items() if weight}}]
        conditions.append({"kind": "assessment", "id": "total", "points": choices["points"], "weights": weights})
    rule = {
        "id": "rule-1",
        "from": first_day,
        "earliest": "course_end" if choices["waits"] else "when_met",
        "attendance": {
            "excuses": {"official": "present", "illness": choices["illness"]},
            "missing_check_out": choices["missing_check_out"],
            "grace_minutes": choices["grace"],
        },
        "condition": {"kind": "all", "id": "everything", "of": conditions},
    }
    credits_table = {"id": "by-15-hours", "from": first_day, "steps": CREDITS}
    book = {"format": 1, "id": f"cohort-{cohort.pk}", "rules": [rule], "credits": [credits_table]}
    return yaml.safe_dump(book, allow_unicode=True, sort_keys=False)
