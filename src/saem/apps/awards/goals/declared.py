"""Badges that a cohort's program declares: what is not given yet is offered to staff, and taken over by one press."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from saem.apps.awards.badges.wording import set_template
from saem.apps.awards.certificates.queries import newest_template
from saem.apps.awards.goals import giving, levels
from saem.apps.awards.models import Goal, Level
from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Cohort
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib import content

Aim = tuple[str, str, int, str]


def aim_of(badge: content.Badge) -> dict[str, Any]:
    """What earns it, as `giving.set_goal` takes it; for a project's badge."""
    earned = badge.earned_by
    level = Level.SHARE if earned.percent is not None else Level.BASELINE
    return {
        "project": earned.project or "",
        "level": level,
        "percent": earned.percent or 0,
        "baseline": earned.beats or "",
    }


def words_of(badge: content.Badge) -> dict[str, str]:
    """The words of its template, in both languages."""
    texts = {"name": badge.name, "description": badge.description, "criteria": badge.criteria}
    return {f"{name}_{language}": text.in_(language) for name, text in texts.items() for language in ("ko", "en")}


def offered_in(cohort: Cohort, rules: Mapping[str, Version]) -> list[content.Badge]:
    """Those that no open goal asks for yet, and the one for completing where the cohort has no badge of its own.

    `rules` are those that grade the projects now.
    """
    open_goals = Goal.objects.filter(cohort=cohort, closed_at=None)
    taken: set[Aim] = set(open_goals.values_list("project", "level", "percent", "baseline"))
    has_own = newest_template(cohort) is not None
    return [
        each
        for each in program_of(cohort.version).badges
        if (not has_own if each.earned_by.completion else aim_key(each) not in taken and can_be_reached(each, rules))
    ]


def aim_key(badge: content.Badge) -> Aim:
    aim = aim_of(badge)
    return (aim["project"], aim["level"], aim["percent"], aim["baseline"])


def can_be_reached(badge: content.Badge, rules: Mapping[str, Version]) -> bool:
    """Whether the rule that grades now, which may be a newer one, knows its level."""
    project = badge.earned_by.project or ""
    if project not in rules:
        return False
    if badge.earned_by.percent is not None:
        return levels.gives_points(rules[project], project)
    return badge.earned_by.beats in {bar.id for bar in levels.baselines_of(rules[project], project)}


def take_over(cohort: Cohort, badge: content.Badge, *, by: User) -> Goal | None:
    """Give it in this cohort from now on: a goal with its words, or, for completing, None and the cohort's own badge.

    Raises SaemError: `goal.there_already`, `badge.there_already`.
    """
    if not badge.earned_by.completion:
        return giving.set_goal(cohort, by=by, words=words_of(badge), **aim_of(badge))
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        if newest_template(cohort) is not None:
            raise SaemError("badge.there_already", status=409)
        set_template(cohort, by=by, words={**words_of(badge), "hours": None})
    return None
