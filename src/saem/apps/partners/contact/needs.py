"""What a team wants of its mentor: asked before the matching, read by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from saem.apps.partners.models import Mentor, TeamNeed
from saem.apps.partners.noting import note
from saem.apps.people.models import User
from saem.apps.projects.models import Team

MOST_SHOWN = 300


@dataclass(frozen=True, kw_only=True)
class Need:
    """Codes of topics, languages and times; ids of mentors, the first wish first."""

    topics: list[str]
    languages: list[str]
    times: list[str]
    wishes: list[int]


def from_form(given: Mapping[str, Any]) -> Need:
    return Need(topics=given["topics"], languages=given["languages"], times=given["times"], wishes=given["wishes"])


def say(team: Team, need: Need, *, by: User) -> None:
    with transaction.atomic():
        values = {**vars(need), "changed_at": timezone.now(), "changed_by": by}
        row, _is_new = TeamNeed.objects.update_or_create(team=team, defaults=values)
        note("need_said", row, by=by, cohort_id=team.classroom.cohort_id)


def kept(team: Team) -> dict[str, Any]:
    """As the form takes it."""
    row = TeamNeed.objects.filter(team=team).first()
    if row is None:
        return {}
    wishes = {f"wish{place}": wish for place, wish in enumerate(row.wishes, start=1)}
    return {"topics": row.topics, "languages": row.languages, "times": row.times, **wishes}


def mentors_to_wish_for(team: Team) -> list[Mentor]:
    """Mentors of the cohort's institution who are cleared today and take teams at all."""
    cleared = Mentor.objects.cleared_on(timezone.localdate())
    rows = cleared.filter(host=team.classroom.cohort.institution_id, places__gt=0).exclude(declared_at=None)
    return list(rows.select_related("user", "home").order_by("user__display_name", "pk")[:MOST_SHOWN])
