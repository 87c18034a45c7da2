"""Markers agree: samples before anybody marks the rest, and levels that lie apart afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.apps.people.services import account_by_email
from saem.apps.projects.models import AgreedLevel, Marker, MarkerBar, MarkingSample, Team
from saem.apps.projects.reviews.noting import note_marking
from saem.apps.projects.reviews.queries import Room, Seat, bars_of, markers_of
from saem.errors import SaemError

MOST_SAMPLES = 5


@dataclass(frozen=True, kw_only=True)
class Agreed:
    level: int
    reason: str = ""


def choose_sample(room: Room, team: Team, *, is_sample: bool) -> None:
    """Make a team a sample, or none. Raises SaemError `moderation.too_many`, and `moderation.begun` once others have
    been marked: samples come before.
    """
    with transaction.atomic():
        held = Team.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=team.pk)
        if not is_sample:
            if MarkingSample.objects.filter(team=held).delete()[0]:
                note_marking("sample.taken", held, by=room.user)
            return
        others = MarkingSample.objects.filter(team__in=room.teams).exclude(team=held)
        if others.count() >= MOST_SAMPLES:
            raise SaemError("moderation.too_many", status=409, most=MOST_SAMPLES)
        if room.teams.filter(markings__finished_at__isnull=False, sample=None).exclude(pk=held.pk).exists():
            raise SaemError("moderation.begun", status=409)
        _sample, is_new = MarkingSample.objects.get_or_create(team=held, defaults={"chosen_by": room.user})
        if is_new:
            note_marking("sample.chosen", held, by=room.user)


def agree(seat: Seat, levels: Mapping[str, Agreed]) -> None:
    """Write what was agreed on.

    Raises SaemError `moderation.finish_first` before one's own marks are finished, `moderation.others_first` before
    those of all who mark the team are.
    """
    if not seat.is_finished:
        raise SaemError("moderation.finish_first", status=409)
    waiting = still_marking(seat)
    if waiting:
        raise SaemError("moderation.others_first", status=409, names=[user.display_name for user in waiting])
    with transaction.atomic():
        held = Team.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=seat.team.pk)
        before = {row.criterion: (row.level, row.reason) for row in AgreedLevel.objects.filter(team=held)}
        changed = {name: each for name, each in levels.items() if before.get(name) != (each.level, each.reason)}
        for name, each in changed.items():
            AgreedLevel.objects.update_or_create(
                team=held,
                criterion=name,
                defaults={
                    "level": each.level,
                    "reason": each.reason,
                    "decided_by": seat.room.user,
                    "decided_at": timezone.now(),
                },
            )
        if changed:
            told = {name: each.level for name, each in changed.items()}
            note_marking("marking.agreed", held, by=seat.room.user, levels=told)


def still_marking(seat: Seat) -> list[User]:
    """Whose marks are waited for: who has begun, and of a sample everybody who was appointed and may mark it."""
    begun = seat.team.markings.filter(finished_at=None, marks__isnull=False).select_related("marker").distinct()
    found = {row.marker.pk: row.marker for row in begun if row.marker is not None}
    if MarkingSample.objects.filter(team=seat.team).exists():
        done = set(seat.team.markings.filter(finished_at__isnull=False).values_list("marker", flat=True))
        for marker in markers_of(seat.room):
            own = replace(seat.room, user=marker.user, is_lead=False)
            if marker.user_id not in done and not bars_of(own, [seat.team]):
                found[marker.user_id] = marker.user
    # Who may not mark it any more is waited for in vain.
    barred = set(MarkerBar.objects.filter(team=seat.team).values_list("user", flat=True))
    return [user for key, user in found.items() if key not in barred]


def appoint_marker(room: Room, *, email: str, name: str, language: str = "ko") -> Marker:
    """Let somebody mark beside the teachers, with an account that is made where there is none; twice is once."""
    with transaction.atomic():
        user, _is_new = account_by_email(email, display_name=name, language=language)
        marker, is_new = Marker.objects.get_or_create(
            classroom=room.classroom, project=room.project.id, user=user, until=None,
            defaults={"appointed_by": room.user},
        )  # fmt: skip
        if is_new:
            _note(room, "marker.appointed", user)
    return marker


def dismiss_marker(room: Room, marker: Marker) -> None:
    """They see nothing of the class any more; what they finished counts on."""
    with transaction.atomic():
        if Marker.objects.filter(pk=marker.pk, until=None).update(until=timezone.now()):
            _note(room, "marker.dismissed", marker.user)


def _note(room: Room, verb: str, user: User) -> None:
    record(
        verb,
        actor=room.user,
        object_kind="classroom",
        object_id=room.classroom.pk,
        cohort_id=room.classroom.cohort_id,
        facts={"project": room.project.id, "user": user.pk},
    )
