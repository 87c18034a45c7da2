"""What comes of a round: what each pupil's reviews are worth, weighed levels of teams, and telling both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.models import Enrolment
from saem.apps.notices.services import Telling, notify_many
from saem.apps.projects.models import HIGHEST, LOWEST, Membership, PeerRound, PeerTask, Team
from saem.apps.projects.reviews.peers.dealing import note_round
from saem.apps.projects.reviews.peers.queries import round_tasks
from saem.apps.projects.reviews.queries import Room
from saem.apps.projects.reviews.results import standings_of
from saem.errors import SaemError
from saem.lib import content, reviewing


@dataclass(frozen=True, kw_only=True)
class ReviewerLine:
    """One pupil of a round: how many reviews of how many they returned, and what these are worth."""

    enrolment: Enrolment
    tasks: list[PeerTask]
    reliability: reviewing.Reliability | None

    @property
    def returned(self) -> int:
        return sum(task.returned_at is not None for task in self.tasks)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`levels` by (team, criterion), the reviewers weighed."""

    reviewers: list[ReviewerLine]
    levels: Mapping[tuple[str, str], float]


def outcome_of(room: Room, opened: PeerRound) -> Outcome:
    """Compared with samples and with what markers settled; only returned reviews count."""
    tasks = [task for task in round_tasks(opened) if task.dropped_at is None]
    given = _given(room.rubric, tasks)
    scales = {each.id: (float(LOWEST), float(HIGHEST)) for each in room.rubric.criteria}
    found = reviewing.reliabilities(given, _expert(room, tasks), scales)
    by_name = {each.reviewer: each for each in found}
    by_pupil: dict[int, list[PeerTask]] = {}
    for task in tasks:
        by_pupil.setdefault(task.enrolment_id, []).append(task)
    return Outcome(
        reviewers=[
            ReviewerLine(enrolment=rows[0].enrolment, tasks=rows, reliability=by_name.get(str(key)))
            for key, rows in by_pupil.items()
        ],
        levels=reviewing.weighted_marks(given, found, scales),
    )


def _given(rubric: content.Rubric, tasks: Sequence[PeerTask]) -> list[reviewing.Given]:
    names = {each.id for each in rubric.criteria}
    return [
        reviewing.Given(str(task.enrolment_id), str(task.team_id), mark.criterion, float(mark.level))
        for task in tasks
        if task.returned_at is not None
        for mark in task.marks.all()
        if mark.criterion in names
    ]


def _expert(room: Room, tasks: Sequence[PeerTask]) -> dict[tuple[str, str], float]:
    """The level that counts for each criterion that markers have settled."""
    teams = list({task.team_id: task.team for task in tasks}.values())
    return {
        (str(key), each.criterion.id): each.level
        for key, standing in standings_of(room, teams).items()
        for each in standing.outcomes
        if each.level is not None and not each.is_open
    }


def tell_round(room: Room, opened: PeerRound) -> None:
    """End the round: teams read their reviews, pupils what theirs are worth. Raises SaemError `peer.still_open`."""
    with transaction.atomic():
        held = PeerRound.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=opened.pk)
        if held.told_at is not None:
            return
        if held.is_open:
            raise SaemError("peer.still_open", status=409)
        held.told_at = timezone.now()
        held.save(update_fields=["told_at"])
        note_round("peer.told", held, by=room.user)
        _notify(room, held)


def close_now(room: Room, opened: PeerRound) -> None:
    """Nobody may write any more, before the deadline or at it."""
    with transaction.atomic():
        held = PeerRound.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=opened.pk)
        if held.is_open:
            held.closes_at = timezone.now()
            held.save(update_fields=["closes_at"])
            note_round("peer.closed", held, by=room.user)


def own_line(team: Team, enrolment: Enrolment, room: Room | None) -> ReviewerLine | None:
    """What a pupil's own reviews of the newest told round are worth; None where there are none."""
    opened = (
        PeerRound.objects.filter(classroom=team.classroom_id, project=team.project, told_at__isnull=False)
        .filter(tasks__enrolment=enrolment)
        .order_by("-told_at")
        .first()
    )
    if opened is None or room is None:
        return None
    lines = outcome_of(room, opened).reviewers
    return next((line for line in lines if line.enrolment.pk == enrolment.pk), None)


def _notify(room: Room, opened: PeerRound) -> None:
    members = Membership.objects.current().filter(team__in=room.teams).select_related("enrolment__user")
    notify_many(
        "peer.told",
        [
            Telling(
                recipient=row.enrolment.user,
                facts={"project": room.project.title.model_dump()},
                path=reverse("projects:team_peers", args=[row.team_id]),
                key=f"peer:{opened.pk}:told",
            )
            for row in members
        ],
    )
