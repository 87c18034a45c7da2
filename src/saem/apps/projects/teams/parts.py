"""What everybody has done in a team: counts of each person, and what happened in order."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from saem.apps.events.models import Event
from saem.apps.projects.models import AnchoredComment, Evidence, LogEntry, Membership, Team, TeamComment
from saem.apps.projects.teams.queries import stretches_of
from saem.apps.projects.workspace.experiments import submissions_of
from saem.lib import content

EVENTS_A_PAGE = 30


@dataclass(frozen=True, kw_only=True)
class Part:
    """One person: their roles in order, since when, until when, and how much of what."""

    nickname: str
    enrolment: int
    roles: list[Membership]
    is_member: bool
    evidence: int
    submissions: int
    comments: int
    log: int

    @property
    def since(self) -> dt.datetime:
        return self.roles[0].since

    @property
    def until(self) -> dt.datetime | None:
        return self.roles[-1].until


def parts_of(team: Team) -> list[Part]:
    """Everybody who is or was in the team, in six queries; those who left stay with what they did.

    A comment is a word about a stage, or at a place of what was handed in.
    """
    evidence = _counted(Evidence.objects.filter(milestone__team=team).values_list("enrolment", flat=True))
    about_stages = TeamComment.objects.filter(milestone__team=team, enrolment__isnull=False)
    at_places = AnchoredComment.objects.filter(evidence__milestone__team=team, enrolment__isnull=False)
    comments = _counted(
        each for found in (about_stages, at_places) for each in found.values_list("enrolment", flat=True)
    )
    log = _counted(LogEntry.objects.filter(team=team).values_list("enrolment", flat=True))
    submissions = _counted(submissions_of(team).values_list("enrolment", flat=True))
    people: dict[int, list[Membership]] = {}
    for stretch in stretches_of(team):
        people.setdefault(stretch.enrolment_id, []).append(stretch)
    return [
        Part(
            nickname=roles[0].enrolment.nickname,
            enrolment=key,
            roles=roles,
            is_member=roles[-1].until is None and roles[-1].enrolment.left_at is None,
            evidence=evidence[key],
            submissions=submissions[key],
            comments=comments[key],
            log=log[key],
        )
        for key, roles in people.items()
    ]


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event of the team in the order of time; `code` and `params` are of the message table."""

    at: dt.datetime
    who: str
    code: str
    params: dict[str, object]


def happenings_page(
    team: Team, project: content.Project, language: str, number: str | int | None
) -> tuple[Page[Event], list[Happening]]:
    """What happened in the team, newest first."""
    events = Event.objects.filter(object_kind="team", object_id=str(team.pk)).select_related("actor")
    page = Paginator(events.order_by("-at", "-pk"), EVENTS_A_PAGE).get_page(number)
    return page, [_happening(event, project, language) for event in page.object_list]


def _happening(event: Event, project: content.Project, language: str) -> Happening:
    who = event.actor.display_name if event.actor is not None else "–"
    params = {name: value for name, value in event.facts.items() if name == "number"}
    milestone = next((each for each in project.milestones if each.id == event.facts.get("milestone")), None)
    if milestone is not None:
        asked = next((each for each in milestone.evidence if each.id == event.facts.get("ask")), None)
        params |= {"stage": milestone.title.in_(language), "asked": asked.title.in_(language) if asked else "–"}
    return Happening(at=event.at, who=who, code=f"happened.{event.verb}", params=params)


def _counted(keys: Iterable[int | None]) -> Counter[int]:
    return Counter(key for key in keys if key is not None)
